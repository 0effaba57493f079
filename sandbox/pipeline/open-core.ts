import { issuesTokens } from "../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/index.ts";
import type { Observation } from "../certification/observation.ts";
import { Dispatcher } from "../events/dispatcher.ts";
import { dispatchFaults } from "../faults/dispatch-faults.ts";
import { checkFaultRules, FaultRules } from "../faults/fault-rules.ts";
import type { Forwarder } from "../forwarding/forwarder.ts";
import { SessionRecorder } from "../session/recorder.ts";
import { part } from "../values/part.ts";
import { processClock } from "../values/process-clock.ts";
import { Answers } from "./answers.ts";
import { Background } from "./background.ts";
import type { Core } from "./core.ts";
import { encodeAll } from "./decide.ts";
import { DEFAULT_LOG_LIMITS, ExchangeLog } from "./exchange-log.ts";
import { Following } from "./following.ts";
import { IdempotencyKeys } from "./idempotency.ts";
import { contextMaker } from "./new-context.ts";
import type { FaultReport, SandboxParts, SandboxSettings } from "./options.ts";
import { DEFAULT_SEED, secureRandomness, seededRandomness } from "./randomness.ts";
import { RateLimiter } from "./rate-limit.ts";
import { responseOf } from "./reply.ts";
import type { SpecSide } from "./spec-side.ts";
import { isPristine, type OpenedState, openState, readState, resetState } from "./state.ts";
import type { TimerParts } from "./timers.ts";
import { Tokens } from "./tokens.ts";

// Not every sandbox has them: a page calls nobody, and drives no certifications.
const watching = part("watching clients", () => import("../certification/observation.ts"));
const worker = part("driving certifications", () => import("../certification/worker.ts"));
const forwarding = part("forwarding", () => import("../forwarding/forwarder.ts"));

const DEFAULT_RATE_LIMIT = { quota: 3_000_000, windowSeconds: 60 };
export const DEFAULT_TENANT = "main";

/**
 * Opens one tenant on its store: seeds an empty one, goes on with what a former start left.
 * @param send answers what the sandbox sends to itself, once it is open
 * @throws EcoError where the store, or a fault rule of the start, can't be used
 */
export async function openCore(
  parts: SandboxParts,
  { schemas, capabilities, resources, encoder }: SpecSide,
  settings: SandboxSettings,
  send: (request: Request) => Promise<Response>,
): Promise<Core> {
  const { catalog } = parts;
  const { seed = DEFAULT_SEED, tenant = DEFAULT_TENANT, faults: atStart = [] } = settings;
  if (atStart.length > 0) await checkFaultRules(atStart, catalog);
  const recorder = recorderOf(parts, settings, seed);
  const { store, randomness, wallClock } = recorder;
  const { steps = recorder } = settings;
  const { seedRecords = async () => ({ writes: [] }), standingRecords = () => [] } = parts;
  const base = { store, tenant, catalog, seed, randomness, encoder, wallClock };
  const stateParts = { ...base, seedRecords, standingRecords };
  const opened = await openState(stateParts);
  const tokens = await openTokens(catalog, opened, { store, tenant, wallClock });
  const read = store.reader(tenant);
  const newContext = contextMaker(parts, { seed, tenant, randomness, tokens, read });
  const faults = await FaultRules.open({
    ...base,
    atStart,
    counts: settings.faultCounts ?? [],
    tell: (told, work) => steps.control(randomness.requestId(), told, work),
  });
  const limiter = new RateLimiter(settings.rateLimit ?? DEFAULT_RATE_LIMIT, wallClock);
  limiter.restore(settings.limits ?? []);
  const core: WithoutBackground = {
    parts,
    settings,
    tenant,
    store,
    read,
    schemas,
    capabilities,
    resources,
    encoder,
    recorder,
    randomness,
    steps,
    limiter,
    tokens,
    faults,
    wallClock,
    newContext,
    keys: new IdempotencyKeys(store, tenant),
    log: new ExchangeLog(settings.log ?? DEFAULT_LOG_LIMITS),
    report: settings.onFault ?? reportToStderr,
    pristine: () => isPristine(stateParts),
  };
  const backstage = await backgroundOf(core, send, opened);
  const { following } = backstage;
  return { ...core, ...backstage, reset: async () => following.begin((await resetState(stateParts)).key) };
}

type Backstage =
  | "dispatcher"
  | "background"
  | "forwarder"
  | "certifications"
  | "observation"
  | "following"
  | "reset";
type WithoutBackground = Omit<Core, Backstage>;

/** What goes on beside the requests. */
async function backgroundOf(
  core: WithoutBackground,
  send: (request: Request) => Promise<Response>,
  { key }: OpenedState,
): Promise<Omit<Pick<Core, Backstage>, "reset">> {
  const { parts, store, tenant, encoder, wallClock, steps, recorder, report } = core;
  const dispatcher = new Dispatcher({
    store,
    tenant,
    encoder,
    wallClock,
    steps,
    faults: dispatchFaults(core.faults),
    sender: recorder.sender,
    onError: (error) => report({ requestId: "background", where: "dispatch", error }),
  });
  const timers = timersOf(core);
  const observation = await observationOf(core);
  await observation?.refresh();
  const follow = async (): Promise<void> => {
    if (following.isBehind) await following.look();
  };
  const background = new Background({ dispatcher, report, wallClock, timers, steps, follow });
  const following = new Following({
    store,
    read: core.read,
    key,
    refresh: () => core.faults.refresh(),
    async renewed(renewedKey) {
      await core.tokens?.rekey(renewedKey);
      await core.faults.restart();
      await observation?.refresh();
      background.timersChanged();
    },
  });
  const { certifier } = recorder;
  const { catalog } = parts;
  const drives = { catalog, wallClock, decisions: timers, steps, send };
  const certifications =
    certifier &&
    observation &&
    new (await worker()).CertificationWorker({ ...drives, certifier, observation });
  const forwarder = await forwarderOf(core, timers, () => {
    background.timersChanged();
    dispatcher.wake();
  });
  return { dispatcher, background, forwarder, observation, certifications, following };
}

async function forwarderOf(
  core: WithoutBackground,
  decisions: TimerParts,
  changed: () => void,
): Promise<Forwarder | undefined> {
  const { parts, tokens, log, steps, wallClock, recorder } = core;
  const { caller } = recorder;
  if (caller === undefined) return undefined;
  const { Forwarder } = await forwarding();
  const { catalog, validators } = parts;
  return new Forwarder({ catalog, validators, caller, tokens, log, steps, wallClock, decisions, changed });
}

/** How decisions are taken that nobody asked for. */
function timersOf(core: WithoutBackground): TimerParts {
  const { store, tenant, capabilities, randomness, newContext, encoder, report } = core;
  return {
    store,
    tenant,
    capabilities,
    newRequestId: () => randomness.causeId(),
    newContext: (operationId, now, requestId) =>
      newContext({ requestId, operationId, clock: { mode: "running", offsetMs: 0, now, version: 0 } }),
    changesetOf: (answer, context) => ({
      tenant,
      writes: answer.writes ?? [],
      expects: answer.expects ?? [],
      transactions: answer.transactions ?? [],
      events: encodeAll(answer, context, encoder),
    }),
    onFault: (error, where, requestId) => report({ error, where, requestId }),
  };
}

/** Undefined where nothing drives certifications, or nobody has a token to be known by. */
async function observationOf(core: WithoutBackground): Promise<Observation | undefined> {
  const { settings, tokens, parts, resources, store, tenant, wallClock, steps } = core;
  if (settings.certifier === undefined || tokens === undefined) return undefined;
  const answers = new Answers(settings, resources);
  const { Observation } = await watching();
  return new Observation({
    store,
    tenant,
    catalog: parts.catalog,
    wallClock,
    steps,
    async callerOf(token) {
      const verified = await tokens.verify(token);
      return "kind" in verified ? undefined : verified;
    },
    problem: async (passing, operation, problem) =>
      responseOf(
        await answers.problem(Object.assign(passing, { headers: {}, operation }), problem),
        passing.arrival.method,
      ),
  });
}

/** Everything that could come out differently another time goes through the recorder. */
function recorderOf({ store }: SandboxParts, settings: SandboxSettings, seed: string): SessionRecorder {
  const { wallClock = processClock, randomness = "secure", sender, caller, certifier } = settings;
  const made = randomness === "seeded" ? seededRandomness(seed) : secureRandomness(seed, wallClock);
  const parts = { store, wallClock, sender, caller, certifier };
  return new SessionRecorder({ ...parts, randomness: typeof randomness === "object" ? randomness : made });
}

async function openTokens(
  catalog: Catalog,
  { key }: OpenedState,
  { store, tenant, wallClock }: Pick<Core, "store" | "tenant" | "wallClock">,
): Promise<Tokens | undefined> {
  if (!catalog.operations.some(issuesTokens)) return undefined;
  return Tokens.open(key, {
    // Tenants of one seed may have the same key: a token says where it is from.
    issuer: `urn:eco:${catalog.ecosystem.id}:sandbox${tenant === DEFAULT_TENANT ? "" : `:${tenant}`}`,
    wallClock,
    storedKey: async () => (await readState({ store, tenant }))?.key,
  });
}

export function reportToStderr({ requestId, where, error }: FaultReport): void {
  const text = error instanceof Error ? worded(error) : String(error);
  console.error(`eco sandbox: fault in ${where} (${requestId}): ${text}`);
}

/** Where it is known what is wrong, and what to do, nobody needs to see from where in the program it was said. */
const worded = (error: Error): string =>
  error instanceof EcoError ? `${error.message} ${error.fix}` : (error.stack ?? error.message);
