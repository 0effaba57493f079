import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { CertificationJob } from "../capabilities/certifications/records.ts";
import { everyRecord } from "../capabilities/page.ts";
import { collections } from "../capabilities/records.ts";
import { decideUnasked } from "../pipeline/decide-unasked.ts";
import { type Steps, sideBySide } from "../pipeline/steps.ts";
import type { TimerParts } from "../pipeline/timers.ts";
import type { JsonObject, StoredRecord } from "../store/store.ts";
import type { Certifier } from "./certifier.ts";
import { Conductors } from "./conductors.ts";
import { seenExchanges } from "./exchanges.ts";
import type { Observation } from "./observation.ts";
import { journeyGap, runOfJob, seedOf } from "./run-of-job.ts";

const BEGIN_RUN = "certifications.begin-run";
const RECORD_RUN = "certifications.record-run";
const DUTY = "certifications";
/** Runs of different partners go on side by side, so that one that answers slowly keeps nobody waiting for long. */
const SIDE_BY_SIDE = 4;

export interface WorkerParts {
  readonly catalog: Catalog;
  readonly certifier: Certifier;
  readonly observation: Observation;
  readonly wallClock: () => number;
  /** How a decision without a caller is taken and applied: as a timer's. */
  readonly decisions: TimerParts;
  /** Answers a request that the sandbox sends itself. */
  send(request: Request): Promise<Response>;
  /** Default: at once. */
  readonly steps?: Steps;
}

type Job = StoredRecord<CertificationJob>;

/**
 * Drives the runs that submissions ask for, beside the requests. Talking to the partner is an effect and so outside of
 * any decision; what came of it is recorded by one. A run that a stop cut short is begun again by the next start, with
 * other requests; one that was cut short too often is incomplete.
 */
export class CertificationWorker {
  readonly #parts: WorkerParts;
  readonly #conductors: Conductors;
  readonly #stop = new AbortController();
  /** Jobs whose result couldn't be kept: reported once, and left to the next start. */
  readonly #stuck = new Set<string>();
  #held = false;
  /** One process of those that share the sandbox drives its runs. */
  #leads = false;
  /** Parties whose runs are under way: each has one at a time. */
  readonly #driving = new Set<string>();
  #running: Promise<unknown> | undefined;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#conductors = new Conductors({ ...parts, ...parts.decisions });
  }

  /** Resolves when no run waits; clients may still be observed. */
  async settle(): Promise<void> {
    if (this.#parts.steps?.takeOver !== undefined) return;
    await this.#watch();
    if (!this.#leads) return;
    this.#running ??= Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => this.#runAll())).finally(() => {
      this.#running = undefined;
    });
    await this.#running;
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
    this.#conductors.close();
    await this.#running;
  }

  /** Looks which clients are to be observed, and conducts their journeys, unless another process does. */
  async #watch(): Promise<void> {
    const { store, tenant } = this.#parts.decisions;
    try {
      await this.#parts.observation.refresh();
      const jobs = await this.#jobs();
      this.#leads = jobs.length > 0 && (await store.leads(tenant, DUTY));
      await this.#conductors.follow(this.#leads ? jobs : []);
    } catch (error) {
      // Whoever closes the sandbox waits for runs, not for a look.
      if (!this.#stop.signal.aborted)
        this.#parts.decisions.onFault(error, "certifications.observe", "background");
    }
  }

  async #runAll(): Promise<void> {
    while (!this.#stop.signal.aborted && !this.#held && (await this.driveNext()));
  }

  /** Drives the run that waits longest; false where none does. */
  async driveNext(): Promise<boolean> {
    const { onFault } = this.#parts.decisions;
    const job = await this.#next().catch((error: unknown) => onFault(error, RECORD_RUN, "background"));
    if (job === undefined) return false;
    const { party } = job.value;
    try {
      await this.#drive(job);
    } catch (error) {
      onFault(error, RECORD_RUN, job.id);
      this.#stuck.add(job.id);
    } finally {
      this.#driving.delete(party);
    }
    return true;
  }

  /** However many are observed: the run of one whose client has finished isn't to wait behind them. */
  #jobs(): Promise<readonly Job[]> {
    const { store, tenant } = this.#parts.decisions;
    return Array.fromAsync(
      everyRecord<CertificationJob>(store.reader(tenant), collections.certificationJobs),
    );
  }

  async #next(): Promise<Job | undefined> {
    const jobs = await this.#jobs();
    const next = jobs.find(
      ({ id, value }) =>
        value.observation !== "open" && !this.#stuck.has(id) && !this.#driving.has(value.party),
    );
    if (next !== undefined) this.#driving.add(next.value.party);
    return next;
  }

  async #drive({ id }: Job): Promise<void> {
    const { steps = sideBySide } = this.#parts;
    const begun = await steps.run("certification", id, () =>
      this.#decide(BEGIN_RUN, { certificationId: id }),
    );
    if (!begun) return;
    const { store, tenant } = this.#parts.decisions;
    const job = await store.reader(tenant).get<CertificationJob>(collections.certificationJobs, id);
    if (job === undefined) return;
    const { signal } = this.#stop;
    const result = await this.#result(job.value).catch((error: unknown) => ({
      failure: reasonOf(error),
    }));
    if (signal.aborted) return;
    this.#conductors.forget(id);
    const kept = { certificationId: id, seed: seedOf(job.value), ...result };
    await steps.run("settle", id, () => this.#decide(RECORD_RUN, kept));
  }

  async #result(job: CertificationJob): Promise<JsonObject> {
    const { decisions, catalog, certifier } = this.#parts;
    const read = decisions.store.reader(decisions.tenant);
    const exchanges = await seenExchanges(read, job.certificationId);
    const journeys = await this.#conductors.end(job);
    const { run, gaps } = await runOfJob(job, { exchanges, journeys }, read, catalog);
    const report = await certifier(run, this.#stop.signal);
    // What holds no JSON (undefined members) is left out, as it would be in a report file.
    return { report: JSON.parse(JSON.stringify(report)), gaps: [...gaps, ...journeyGap(report)] };
  }

  #decide(name: string, input: JsonObject): Promise<boolean> {
    return decideUnasked(this.#parts.decisions, this.#parts.wallClock, name, input);
  }
}
