import type {
  PartnerManifest,
  ProviderTarget,
  ReceiverTarget,
  Report,
} from "../../specs/engine/certification/index.ts";
import type { CertificationJob } from "../capabilities/certification-records.ts";
import { collections } from "../capabilities/records.ts";
import { ENDPOINTS, type WebhookEndpoint } from "../events/endpoint.ts";
import { type Steps, sideBySide } from "../pipeline/steps.ts";
import type { TimerParts } from "../pipeline/timers.ts";
import { readClock } from "../store/clock.ts";
import type { JsonObject, StoredRecord } from "../store/store.ts";

const RECORD_RUN = "certifications.record-run";
const ATTEMPTS = 8;
const PAGE = 100;

/** A run to be driven against a partner's addresses. */
export interface CertificationRun {
  readonly parts: readonly string[];
  readonly seed: string;
  readonly partner: PartnerManifest;
  readonly target?: ProviderTarget;
  readonly webhook?: ReceiverTarget;
}

/** Drives a run and reports on it; rejects when it can't be driven, or is aborted. */
export type Certifier = (run: CertificationRun, signal: AbortSignal) => Promise<Report>;

export interface WorkerParts {
  readonly certifier: Certifier;
  readonly wallClock: () => number;
  /** How a decision without a caller is taken and applied: as a timer's. */
  readonly decisions: TimerParts;
  /** Default: at once. */
  readonly steps?: Steps;
}

/**
 * Drives the runs that submissions ask for, beside the requests and one at a time. Talking to the partner is an effect
 * and so outside of any decision; what came of it is recorded by one. A run that a stop cut short is driven again, with
 * its seed, by the next start.
 */
export class CertificationWorker {
  readonly #parts: WorkerParts;
  readonly #stop = new AbortController();
  /** Jobs whose result couldn't be kept: reported once, and left to the next start. */
  readonly #stuck = new Set<string>();
  #running: Promise<void> | undefined;
  #held = false;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  /** Resolves when no run waits. */
  settle(): Promise<void> {
    if (this.#parts.steps?.takeOver !== undefined) return Promise.resolve();
    this.#running ??= this.#runAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Runs `work` while no run is being driven. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.#held = true;
    try {
      await this.#running;
      return await work();
    } finally {
      this.#held = false;
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #runAll(): Promise<void> {
    while (!this.#stop.signal.aborted && !this.#held && (await this.driveNext()));
  }

  /** Drives the run that waits longest; false where none does. */
  async driveNext(): Promise<boolean> {
    const { onFault } = this.#parts.decisions;
    const job = await this.#next().catch((error: unknown) => onFault(error, RECORD_RUN, "background"));
    if (job === undefined) return false;
    try {
      await this.#drive(job);
    } catch (error) {
      onFault(error, RECORD_RUN, job.id);
      this.#stuck.add(job.id);
    }
    return true;
  }

  async #next(): Promise<StoredRecord<CertificationJob> | undefined> {
    const { store, tenant } = this.#parts.decisions;
    const query = { collection: collections.certificationJobs, limit: PAGE };
    const waiting = await store.reader(tenant).list<CertificationJob>(query);
    return waiting.find(({ id }) => !this.#stuck.has(id));
  }

  async #drive({ id, value }: StoredRecord<CertificationJob>): Promise<void> {
    const { signal } = this.#stop;
    const result = await this.#runOf(value)
      .then((run) => this.#parts.certifier(run, signal))
      // What holds no JSON (undefined members) is left out, as it would be in a report file.
      .then((report): JsonObject => ({ report: JSON.parse(JSON.stringify(report)) }))
      .catch((error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }));
    if (signal.aborted) return;
    const { steps = sideBySide } = this.#parts;
    await steps.run("certification", id, () => this.#record({ certificationId: id, ...result }));
  }

  async #runOf(job: CertificationJob): Promise<CertificationRun> {
    const webhook = job.endpointId === null ? undefined : await this.#receiver(job.endpointId);
    return {
      parts: job.parts.map(String),
      seed: job.seed,
      partner: { ...job.manifest, id: job.party },
      ...(webhook === undefined ? {} : { webhook }),
      // Made by the submission, in this shape.
      ...(job.target === null ? {} : { target: job.target as unknown as ProviderTarget }),
    };
  }

  /** The endpoint as it is now, with the secrets that sign for it. */
  async #receiver(id: string): Promise<ReceiverTarget> {
    const { store, tenant } = this.#parts.decisions;
    const endpoint = await store.reader(tenant).get<WebhookEndpoint>(ENDPOINTS, id);
    const [current, previous] = endpoint?.value.secrets ?? [];
    if (endpoint === undefined || current === undefined) {
      throw new Error(`The webhook endpoint ${id} was deleted before the run.`);
    }
    return {
      url: endpoint.value.url,
      secret: current.secret,
      ...(previous === undefined ? {} : { previousSecret: previous.secret }),
    };
  }

  async #record(input: JsonObject): Promise<void> {
    const { store, tenant, capabilities, newContext, newRequestId, changesetOf } = this.#parts.decisions;
    const requestId = newRequestId();
    const capability = capabilities.get(RECORD_RUN);
    if (capability === undefined) throw new Error(`The capability ${RECORD_RUN} is missing.`);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { now } = await readClock(store.reader(tenant), this.#parts.wallClock());
      const context = newContext(RECORD_RUN, now, requestId);
      const decision = await capability.decide(input, context);
      // Another process was faster, or the certification is decided or gone.
      if (decision.kind === "refused") return;
      const outcome = await store.apply(changesetOf(decision, context));
      if (outcome.kind === "applied") return;
    }
    throw new Error("Too many requests change the certification at this moment.");
  }
}
