import type { Report } from "../../specs/engine/certification/index.ts";
import type { Certifier } from "../certification/certifier.ts";
import type { WebhookRequest, WebhookResult, WebhookSender } from "../events/sender.ts";
import type { PartnerCaller, PartnerReply } from "../forwarding/caller.ts";
import { bodyDifference, firstDifference } from "./difference.ts";
import { Differs } from "./differs.ts";
import { type CallLine, type CertificationLine, callOf, type Session, type WebhookLine } from "./format.ts";

/** Stands in the place of the endpoints and partners of a session: says what they said, to what they were sent. */
export class ReplayEffects {
  readonly #webhooks: WebhookLine[];
  readonly #calls: CallLine[];
  readonly #certifications: CertificationLine[];
  /** Whether the file was cut off: what came of the last things sent is missing then. */
  readonly #cut: boolean;
  readonly #failed = Promise.withResolvers<never>();

  constructor({ events, end }: Session) {
    this.#cut = end === undefined;
    this.#webhooks = events.filter((event) => event.kind === "webhook");
    this.#calls = events.filter((event) => event.kind === "call");
    this.#certifications = events.filter((event) => event.kind === "certification");
    this.#failed.promise.catch(() => {});
  }

  /** Rejects with the first thing sent that isn't what was sent then. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  readonly sender: WebhookSender = (request) => {
    const at = this.#webhooks.findIndex((line) => differenceOf(line, request) === undefined);
    const [line] = at === -1 ? [] : this.#webhooks.splice(at, 1);
    // What an endpoint answered is kept as it was given: the sender's own result.
    if (line !== undefined) return Promise.resolve(line.outcome as unknown as WebhookResult);
    const nearest = this.#nearest(request);
    return nearest === undefined && this.#cut ? new Promise(() => {}) : this.#differs(nearest, request);
  };

  readonly caller: PartnerCaller = (request) => {
    const asked = callOf(request);
    const at = this.#calls.findIndex((line) => firstDifference(line.request, asked) === undefined);
    const [line] = at === -1 ? [] : this.#calls.splice(at, 1);
    if (line !== undefined) return Promise.resolve(line.outcome as unknown as PartnerReply);
    const [nearest] = this.#calls;
    if (nearest === undefined && this.#cut) return new Promise(() => {});
    const found = nearest && firstDifference(nearest.request, asked);
    return this.#fail(
      new Differs({ what: "call", pointer: "", want: undefined, got: { ...asked }, ...found }),
    );
  };

  readonly certifier: Certifier = (run) => {
    const asked: unknown = JSON.parse(JSON.stringify(run));
    const at = this.#certifications.findIndex((line) => firstDifference(line.run, asked) === undefined);
    const [line] = at === -1 ? [] : this.#certifications.splice(at, 1);
    if (line === undefined) {
      const found = firstDifference(this.#certifications[0]?.run, asked);
      return this.#fail(
        new Differs({ what: "certification", pointer: "", want: undefined, got: asked, ...found }),
      );
    }
    if (line.report === undefined) return Promise.reject(new Error(line.failure));
    return Promise.resolve(line.report as unknown as Report);
  };

  /** What was sent then and not now. */
  left(): Differs | undefined {
    const [line] = [...this.#webhooks, ...this.#calls];
    if (line === undefined || this.#cut) return undefined;
    return new Differs({ what: line.kind, pointer: "", want: { ...line.request }, got: undefined });
  }

  /** Of those not sent yet, the one for the same endpoint and event, else the next one. */
  #nearest({ url, headers }: WebhookRequest): WebhookLine | undefined {
    const id = headers["webhook-id"];
    const same = this.#webhooks.find(
      ({ request }) =>
        request.url === url && request.headers.some(([name, value]) => name === "webhook-id" && value === id),
    );
    return same ?? this.#webhooks[0];
  }

  #differs(line: WebhookLine | undefined, request: WebhookRequest): Promise<never> {
    const found = line && differenceOf(line, request);
    return this.#fail(
      new Differs({ what: "webhook", pointer: "", want: undefined, got: { ...request }, ...found }),
    );
  }

  /** Never settles: the replay ends by `failed`. */
  #fail(differs: Differs): Promise<never> {
    this.#failed.reject(differs);
    return new Promise(() => {});
  }
}

function differenceOf(
  { request }: WebhookLine,
  { url, headers, body }: WebhookRequest,
): ReturnType<typeof firstDifference> {
  const inBody = bodyDifference(request.body, body);
  if (inBody !== undefined) return { ...inBody, pointer: `/body${inBody.pointer}` };
  return firstDifference(
    { url: request.url, headers: Object.fromEntries(request.headers) },
    { url, headers },
  );
}
