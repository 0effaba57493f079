import type { Catalog, WorkflowRef } from "../../specs/engine/catalog/types.ts";
import type { CertificationJob } from "../capabilities/certifications/records.ts";
import { isObject, listAt } from "../capabilities/define.ts";
import { everyRecord } from "../capabilities/page.ts";
import { type ClientRecord, collections, partyKey } from "../capabilities/records.ts";
import type { Store, StoredRecord } from "../store/store.ts";
import type { JourneyRuns } from "./certifier.ts";
import type { Conductor } from "./conductor.ts";
import { seenExchanges } from "./exchanges.ts";
import type { Observation } from "./observation.ts";

export interface ConductorsParts {
  readonly store: Store;
  readonly tenant: string;
  readonly catalog: Catalog;
  readonly observation: Observation;
  readonly wallClock: () => number;
  send(request: Request): Promise<Response>;
}

/** The journeys that are being conducted, by certification. */
export class Conductors {
  readonly #parts: ConductorsParts;
  readonly #conducting = new Map<string, Conductor>();

  constructor(parts: ConductorsParts) {
    this.#parts = parts;
  }

  /** Conducts the journeys of every submission whose window is open; after a restart from their first step. */
  async follow(jobs: readonly StoredRecord<CertificationJob>[]): Promise<void> {
    for (const { id, value } of jobs) {
      if (value.observation === "open" && value.parts.includes("journeys") && !this.#conducting.has(id)) {
        await this.#begin(value, true);
      }
    }
    for (const [id, conductor] of this.#conducting) {
      if (jobs.some((job) => job.id === id)) continue;
      conductor.close();
      this.#conducting.delete(id);
    }
  }

  /** The runs of a submission's journeys, now that its client isn't observed any more; undefined where it has none. */
  async end(job: CertificationJob): Promise<JourneyRuns | undefined> {
    if (!job.parts.includes("journeys")) return undefined;
    const conductor = this.#conducting.get(job.certificationId) ?? (await this.#begin(job, false));
    conductor.close();
    return (workflow) => conductor.runOf(workflow);
  }

  forget(id: string): void {
    this.#conducting.delete(id);
  }

  close(): void {
    for (const conductor of this.#conducting.values()) conductor.close();
  }

  /** @param live whether its client is being observed: else its journeys are read from what was seen, when asked for */
  async #begin(job: CertificationJob, live: boolean): Promise<Conductor> {
    const { store, tenant, catalog, observation, send, wallClock } = this.#parts;
    const { Conductor } = await import("./conductor.ts");
    const read = store.reader(tenant);
    const clientIds = new Set<string>();
    for await (const { id } of everyRecord<ClientRecord>(read, collections.clients, partyKey(job.party))) {
      clientIds.add(id);
    }
    const conductor = new Conductor({
      catalog,
      clientIds,
      inputs: inputsOf(job),
      seen: () => seenExchanges(read, job.certificationId),
      changed: () => observation.changed(),
      send: (request) => send(observation.ignore(request)),
      wallClock,
    });
    this.#conducting.set(job.certificationId, conductor);
    if (live) conductor.start(workflowsOf(job, catalog));
    return conductor;
  }
}

/** The journeys that a submission declares; all where it names none. */
function workflowsOf(job: CertificationJob, { workflows }: Catalog): readonly WorkflowRef[] {
  const wanted = listAt(job.manifest, "workflows").map(String);
  return workflows.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
}

/** Values for the inputs of workflows, as the manifest gives them. */
const inputsOf = ({ manifest }: CertificationJob): Record<string, Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(isObject(manifest["inputs"]) ? manifest["inputs"] : {}).flatMap(([id, inputs]) =>
      isObject(inputs) ? [[id, inputs]] : [],
    ),
  );
