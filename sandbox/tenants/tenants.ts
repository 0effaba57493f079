import { EcoError } from "../../specs/engine/errors/index.ts";
import { everyRecord } from "../capabilities/page.ts";
import { invalidValue } from "../control/refused.ts";
import type { CreatedTenant, NewTenant, TenantView } from "../control/tenants.ts";
import type { SandboxSettings } from "../pipeline/options.ts";
import { DEFAULT_SEED } from "../pipeline/randomness.ts";
import type { Sandbox, SandboxTenants } from "../pipeline/sandbox.ts";
import { TIMERS } from "../pipeline/timers.ts";
import type { Store, StoredRecord } from "../store/store.ts";
import { isoOf } from "../values/iso.ts";
import { isTenantId, REGISTRY, TENANTS, type TenantRecord, tenantToken } from "./tenant-record.ts";

/** A tenant that nobody called for so long, and that has nothing to do, is closed; the next call opens it again. */
const IDLE_MS = 60_000;

export interface TenantsParts {
  readonly store: Store;
  /** Of the sandbox that the tenants live in. */
  readonly settings: SandboxSettings;
  readonly wallClock: () => number;
  /** What a tenant's paths begin with: `/_tenants`. */
  readonly prefix: string;
  open(settings: SandboxSettings): Promise<Sandbox>;
}

interface Open {
  readonly sandbox: Promise<Sandbox>;
  /** Of its record: one that is removed and created again has another. */
  readonly sequence: number;
  /** What the store told when its record was looked at. */
  seen: number;
  usedAtMs: number;
  calls: number;
}

/**
 * Sandboxes beside each other on one store and one spec set: each has its own state, clock, keys, faults, limits and log.
 * They are opened when they are called.
 */
export class Tenants implements SandboxTenants {
  readonly #parts: TenantsParts;
  readonly #open = new Map<string, Open>();

  constructor(parts: TenantsParts) {
    this.#parts = parts;
  }

  async list(): Promise<TenantView[]> {
    const stored = everyRecord<TenantRecord>(this.#parts.store.reader(REGISTRY), TENANTS);
    return Array.fromAsync(stored, ({ value }) => this.#view(value));
  }

  async create({ id, seed }: NewTenant): Promise<CreatedTenant> {
    if (!isTenantId(id) || id === this.#ownName) {
      const what = "must be 1 to 63 lower-case letters, digits and hyphens, not that of the sandbox itself";
      throw invalidValue("There can't be such a tenant.", "#/id", what);
    }
    const { settings, wallClock, store } = this.#parts;
    const value: TenantRecord = {
      id,
      createdAt: isoOf(wallClock()),
      seed: seed ?? settings.seed ?? DEFAULT_SEED,
    };
    await store.alone(REGISTRY, async ({ reader, apply }) => {
      if ((await reader.get(TENANTS, id)) !== undefined)
        throw new EcoError("ECO_TENANT_EXISTS", `There is a tenant ${id} already.`);
      // A process that was killed while it removed one of the same name has left everything behind.
      await store.reset(id);
      const write = { collection: TENANTS, id, value, expectedVersion: 0 };
      await apply({ tenant: REGISTRY, writes: [write], transactions: [], events: [] });
    });
    const { controlToken } = settings;
    const view = this.#view(value);
    return controlToken === undefined ? view : { ...view, controlToken: tenantToken(controlToken, id) };
  }

  async remove(id: string): Promise<void> {
    const { store } = this.#parts;
    const { version } = await this.#record(id);
    const write = { collection: TENANTS, id, value: null, expectedVersion: version };
    const outcome = await store.apply({ tenant: REGISTRY, writes: [write], transactions: [], events: [] });
    if (outcome.kind !== "applied") throw noTenant(id);
    await this.#close(id);
    await store.reset(id);
  }

  async sandbox(id: string): Promise<Sandbox> {
    return (await this.#opened(id)).sandbox;
  }

  /** Answers a request to a tenant. `path` is what follows the prefix: `/acme/v1/parties`. */
  async answer(request: Request, path: string): Promise<Response> {
    const end = path.indexOf("/", 1);
    const id = path.slice(1, end === -1 ? undefined : end);
    const open = await this.#opened(id);
    open.calls += 1;
    open.usedAtMs = this.#parts.wallClock();
    try {
      const url = new URL(request.url);
      url.pathname = end === -1 ? "/" : path.slice(end);
      const response = await (await open.sandbox).fetch(new Request(url, request));
      return this.#located(response, id, url.origin);
    } finally {
      open.calls -= 1;
      open.usedAtMs = this.#parts.wallClock();
    }
  }

  /** As the sandbox's own `settle`, for all that are open; closes those that are idle, and those that another process removed. */
  async settle(): Promise<void> {
    await Promise.all(
      [...this.#open].map(async ([id, open]) => {
        if (!(await this.#isThere(id, open))) return this.#close(id, open);
        const sandbox = await opened(open);
        if (sandbox === undefined) return;
        await sandbox.settle();
        const idleMs = this.#parts.wallClock() - open.usedAtMs;
        const isNeeded = open.calls > 0 || sandbox.control.session.recording;
        if (!isNeeded && idleMs >= IDLE_MS && !(await this.#hasWork(id))) await this.#close(id, open);
      }),
    );
  }

  release(): void {
    for (const open of this.#open.values()) void opened(open).then((sandbox) => sandbox?.release());
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.#close(id)));
  }

  get #ownName(): string {
    return this.#parts.settings.tenant ?? "main";
  }

  #view(record: TenantRecord): TenantView {
    return { ...record, path: `${this.#parts.prefix}/${record.id}` };
  }

  async #record(id: string): Promise<StoredRecord<TenantRecord>> {
    const record = await this.#find(id);
    if (record === undefined) throw noTenant(id);
    return record;
  }

  #find(id: string): Promise<StoredRecord<TenantRecord> | undefined> {
    return this.#parts.store.reader(REGISTRY).get<TenantRecord>(TENANTS, id);
  }

  /** Whether it is still the tenant that was opened: another process may have removed it. */
  async #isThere(id: string, open: Open): Promise<boolean> {
    const seen = this.#parts.store.changesElsewhere();
    if (seen === open.seen) return true;
    if ((await this.#find(id))?.sequence !== open.sequence) return false;
    open.seen = seen;
    return true;
  }

  async #opened(id: string): Promise<Open> {
    const known = this.#open.get(id);
    if (known !== undefined) {
      if (await this.#isThere(id, known)) return known;
      await this.#close(id, known);
    }
    const seen = this.#parts.store.changesElsewhere();
    const { value, sequence } = await this.#record(id);
    // Somebody else may have opened it meanwhile.
    const other = this.#open.get(id);
    if (other !== undefined) return other;
    const sandbox = this.#seeded(value, sequence);
    const open: Open = { sandbox, sequence, seen, usedAtMs: this.#parts.wallClock(), calls: 0 };
    this.#open.set(id, open);
    sandbox.catch(() => this.#forget(id, open));
    return open;
  }

  /** Opened, which seeds one that is empty: of one that was removed meanwhile, nothing is left behind. */
  async #seeded(value: TenantRecord, sequence: number): Promise<Sandbox> {
    const { id } = value;
    const sandbox = await this.#parts.open(this.#settingsOf(value));
    const record = await this.#find(id);
    if (record?.sequence === sequence) return sandbox;
    await sandbox.close();
    if (record === undefined) await this.#parts.store.reset(id);
    throw noTenant(id);
  }

  #settingsOf({ id, seed }: TenantRecord): SandboxSettings {
    const { limits: _, faultCounts: __, ...settings } = this.#parts.settings;
    const { controlToken } = settings;
    return {
      ...settings,
      tenant: id,
      seed,
      ...(controlToken === undefined ? {} : { tenantToken: tenantToken(controlToken, id) }),
    };
  }

  /** Whether time alone makes something happen in it. */
  async #hasWork(id: string): Promise<boolean> {
    const { store } = this.#parts;
    const [timer] = await store.reader(id).list({ collection: TIMERS, limit: 1 });
    const [dispatch] = await store.dispatches(id, { state: "pending", limit: 1 });
    return timer !== undefined || dispatch !== undefined;
  }

  async #close(id: string, open = this.#open.get(id)): Promise<void> {
    this.#forget(id, open);
    await (open && (await opened(open)))?.close();
  }

  /** Unless it was opened anew. */
  #forget(id: string, open: Open | undefined): void {
    if (this.#open.get(id) === open) this.#open.delete(id);
  }

  /** A tenant doesn't know where it lives: what it says of its own paths is put below its prefix. */
  #located(response: Response, id: string, origin: string): Response {
    if (response.status !== 201) return response;
    const location = response.headers.get("location") ?? "";
    const start = location.startsWith(`${origin}/`) ? origin : "";
    const path = location.slice(start.length);
    if (!path.startsWith("/")) return response;
    const headers = new Headers(response.headers);
    headers.set("location", `${start}${this.#parts.prefix}/${id}${path}`);
    return new Response(response.body, { status: response.status, headers });
  }
}

/** Undefined where it couldn't be opened: whoever called it hears why. */
const opened = ({ sandbox }: Open): Promise<Sandbox | undefined> => sandbox.catch(() => undefined);

const noTenant = (id: string): EcoError =>
  new EcoError("ECO_NOT_FOUND", `There is no tenant ${JSON.stringify(id)}.`);
