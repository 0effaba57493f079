import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { ProviderTarget, ReceiverTarget, Report } from "../../specs/engine/certification/index.ts";
import type { CertificationJob, SeenExchange } from "../capabilities/certifications/records.ts";
import { isObject, listAt } from "../capabilities/define.ts";
import { ENDPOINTS, type WebhookEndpoint } from "../events/endpoint.ts";
import type { Reader } from "../store/store.ts";
import type { CertificationRun, JourneyRuns } from "./certifier.ts";
import { recordingOf, watchedSession } from "./exchanges.ts";
import { unmetProbes } from "./probes.ts";

/** A run to be driven, and what it can't show because the client gave no occasion, one sentence each. */
export interface PreparedRun {
  readonly run: CertificationRun;
  readonly gaps: readonly string[];
}

export interface Seen {
  readonly exchanges: readonly SeenExchange[];
  readonly journeys: JourneyRuns | undefined;
}

/**
 * What a submission asks for, with what its client did.
 * @throws Error where nothing of it can be run, with the reason
 */
export async function runOfJob(
  job: CertificationJob,
  seen: Seen,
  read: Reader,
  catalog: Catalog,
): Promise<PreparedRun> {
  const webhook = job.endpointId === null ? undefined : await receiverAt(job.endpointId, read);
  const recording = recordingOf(seen.exchanges);
  const silent = recording.length === 0;
  const ownFigures = isObject(job.manifest["figures"]);
  const unseenToo = (part: string): boolean => part !== "client" && (part !== "money" || ownFigures);
  const parts = job.parts.map(String).filter((part) => !silent || unseenToo(part));
  const gaps = job.parts.length > parts.length ? ["The client sent nothing while it was observed."] : [];
  if (parts.length === 0) throw new Error(gaps.join(" "));
  return {
    run: {
      parts,
      // Another attempt makes other requests: what was seen of the one before is of no use.
      seed: seedOf(job),
      partner: { ...job.manifest, id: job.party },
      ...(silent ? {} : { recording, clientSessions: [watchedSession(seen.exchanges)] }),
      ...(webhook === undefined ? {} : { webhook }),
      ...(seen.journeys === undefined ? {} : { journeys: seen.journeys }),
      // Made by the submission, in this shape.
      ...(job.target === null ? {} : { target: job.target as unknown as ProviderTarget }),
    },
    gaps: [...gaps, ...(parts.includes("client") ? unseen(job, seen.exchanges, catalog) : [])],
  };
}

export const seedOf = ({ seed, attempts }: CertificationJob): string =>
  attempts > 1 ? `${seed}.${attempts}` : seed;

function unseen(
  job: CertificationJob,
  exchanges: readonly SeenExchange[],
  { operations }: Catalog,
): string[] {
  const names = new Set([
    ...listAt(job.manifest, "calls").map(String),
    ...exchanges.map((one) => one.operationId),
  ]);
  const fired = new Set(exchanges.flatMap(({ probe }) => probe ?? []));
  return unmetProbes(
    fired,
    operations.filter(({ id }) => names.has(id)),
  );
}

/** Journeys none of which has a step of the partner would pass for nothing. */
export function journeyGap({ findings, run }: Report): string[] {
  const own = findings.filter(({ part, outcome }) => part === "journeys" && outcome !== "skipped");
  if (!run.parts.includes("journeys") || own.length > 0) return [];
  return [
    "No journey has a step of yours: name the workflows in the manifest, and your client id in their `inputs`.",
  ];
}

/** The endpoint as it is now, with the secrets that sign for it and the one before them. */
async function receiverAt(id: string, read: Reader): Promise<ReceiverTarget> {
  const endpoint = await read.get<WebhookEndpoint>(ENDPOINTS, id);
  const [current, previous] = endpoint?.value.secrets ?? [];
  if (endpoint === undefined || current === undefined) {
    throw new Error(`The webhook endpoint ${id} was deleted before the run.`);
  }
  const { url, retiredSecret } = endpoint.value;
  return {
    url,
    secret: current.secret,
    ...(previous === undefined ? {} : { previousSecret: previous.secret }),
    ...(retiredSecret === undefined ? {} : { retiredSecret }),
  };
}
