import type { ClockChange } from "../capabilities/controls/clock-change.ts";
import { everyRecord } from "../capabilities/page.ts";
import { plusDuration } from "../capabilities/time.ts";
import { ENDPOINTS, type WebhookEndpoint } from "../events/endpoint.ts";
import type { Sandbox } from "../pipeline/sandbox.ts";
import { TIMERS } from "../pipeline/timers.ts";
import type { JsonObject } from "../store/store.ts";
import { isoOf } from "../values/iso.ts";
import { everyPage } from "../values/pages.ts";

const PAGE = 500;

/** The virtual clock as a test holds it: it moves at once, and what became due has happened when a call resolves. */
export class VirtualTime {
  readonly #of: { readonly sandbox: Sandbox };

  constructor(of: { readonly sandbox: Sandbox }) {
    this.#of = of;
  }

  /** Virtual time, RFC 3339 in UTC. */
  async now(): Promise<string> {
    return (await this.#of.sandbox.control.clock.read()).now;
  }

  /** @param duration ISO 8601: `PT2H`, `P1D` */
  advance(duration: string): Promise<string> {
    return this.#change({ advance: duration });
  }

  /** @param instant RFC 3339, or a local time of the ecosystem's zone */
  set(instant: string): Promise<string> {
    return this.#change({ set: instant });
  }

  /** It stands still until it is moved. */
  freeze(): Promise<string> {
    return this.#change({ mode: "frozen" });
  }

  /** It runs with the wall clock again, from where it stands. */
  run(): Promise<string> {
    return this.#change({ mode: "running" });
  }

  /**
   * The instant after a duration.
   * @throws `TypeError` where it is no ISO 8601 duration
   */
  later(instant: string, duration: string): string {
    const later = plusDuration(instant, duration, this.#of.sandbox.catalog.ecosystem.timeZone);
    if (later !== undefined) return later;
    throw new TypeError(`${JSON.stringify(duration)} is no ISO 8601 duration such as PT2H or P1D.`);
  }

  /** When the next thing happens by itself: a timer, or a dispatch that is tried again. Undefined when nothing waits. */
  async nextDue(): Promise<string | undefined> {
    const now = await this.now();
    const due = [...(await this.#timers()), ...(await this.#retries())].filter((instant) => instant > now);
    return due.sort()[0];
  }

  async #change(change: ClockChange): Promise<string> {
    const { now } = await this.#of.sandbox.control.clock.set(change);
    await this.#of.sandbox.settle();
    return now;
  }

  async #timers(): Promise<string[]> {
    const read = this.#of.sandbox.store.reader(this.#of.sandbox.tenant);
    return Array.fromAsync(
      everyRecord<JsonObject & { readonly dueAt: string }>(read, TIMERS),
      ({ value }) => value.dueAt,
    );
  }

  /** What waits for a paused endpoint has no time of its own. */
  async #retries(): Promise<string[]> {
    const { store, tenant } = this.#of.sandbox;
    const read = store.reader(tenant);
    const paused = new Map<string, boolean>();
    const found: string[] = [];
    const pages = everyPage(PAGE, (page) => store.dispatches(tenant, { state: "pending", ...page }));
    for await (const page of pages) {
      for (const { endpointId, notBeforeMs } of page) {
        if (!paused.has(endpointId)) {
          const endpoint = await read.get<WebhookEndpoint>(ENDPOINTS, endpointId);
          paused.set(endpointId, endpoint?.value.status === "paused");
        }
        if (paused.get(endpointId) === false) found.push(isoOf(notBeforeMs));
      }
    }
    return found;
  }
}
