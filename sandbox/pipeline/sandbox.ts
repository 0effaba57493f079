import type { RequestHandler } from "msw";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { DecisionContext } from "../capabilities/capability.ts";
import { Observation, type ObservationParts } from "../certification/observation.ts";
import { CertificationWorker } from "../certification/worker.ts";
import { createControl } from "../control/create-control.ts";
import { controlPrefix, pathBelow } from "../control/prefix.ts";
import type { ControlServer } from "../control/server.ts";
import { Dispatcher } from "../events/dispatcher.ts";
import { createEventEncoder } from "../events/encoder.ts";
import { Resources } from "../resources/resources.ts";
import { Schemas } from "../resources/schemas.ts";
import { SessionRecorder } from "../session/recorder.ts";
import { createSession } from "../session/session.ts";
import { Answers } from "./answers.ts";
import { Background } from "./background.ts";
import type { Core } from "./core.ts";
import { encodeAll } from "./decide.ts";
import { DEFAULT_LOG_LIMITS, ExchangeLog } from "./exchange-log.ts";
import { Fault } from "./fault.ts";
import { IdempotencyKeys } from "./idempotency.ts";
import type { FaultReport, OperationReport, Sandbox, SandboxParts, SandboxSettings } from "./options.ts";
import { Pipeline } from "./pipeline.ts";
import { DEFAULT_SEED, secureRandomness, seededRandomness } from "./randomness.ts";
import { RateLimiter } from "./rate-limit.ts";
import { type OpenedState, openState, readState, resetState, type StateParts } from "./state.ts";
import type { TimerParts } from "./timers.ts";
import { Tokens } from "./tokens.ts";

const DEFAULT_RATE_LIMIT = { quota: 3_000_000, windowSeconds: 60 };
const TOKEN_CAPABILITY = "tokens.issue";

/**
 * Opens a sandbox on its store: seeds an empty one, goes on with what a former start left.
 * Throws `EcoError` where the store can't be used.
 */
export async function openSandbox(parts: SandboxParts, settings: SandboxSettings = {}): Promise<Sandbox> {
  const core = await openCore(parts, settings, (request) => pipeline.answer(request));
  const pipeline = new Pipeline(core);
  const overrides: RequestHandler[] = [];
  const control = createControl({ core, reset: () => pipeline.reset() });
  const controlPath = controlPrefix(parts.catalog.operations);
  // Loaded for the first who asks: most sandboxes are never controlled, and a page does without it.
  let server: Promise<ControlServer> | undefined;
  const controlServer = async (): Promise<ControlServer> => {
    const { ControlServer } = await import("../control/server.ts");
    return new ControlServer(control, { onFault: reportToStderr, ...settings });
  };
  let report: readonly OperationReport[] | undefined;
  const { background, certifications, dispatcher } = core;
  const alone = <T>(work: () => Promise<T>): Promise<T> =>
    pipeline.alone(() => background.alone(() => certifications?.alone(work) ?? work()));
  core.steps.takeOver?.({
    timers: () => background.timers(),
    forget: () => background.forget(),
    "fan-out": () => dispatcher.fanOut(),
    claim: () => dispatcher.send(),
    certification: async () => certifications?.driveNext(),
    control: async (told) => (await import("../control/tell.ts")).tell(control, told),
  });
  return {
    control,
    session: createSession(core, alone),
    controlPath,
    catalog: parts.catalog,
    store: parts.store,
    tenant: core.tenant,
    get report() {
      report ??= pipeline.report();
      return report;
    },
    inspect: () => pipeline.inspect(),
    async fetch(request) {
      if (overrides.length > 0) {
        const { getResponse } = await import("msw");
        const response = await getResponse(overrides, request.clone());
        if (response !== undefined) return response;
      }
      const below = pathBelow(controlPath, request.url);
      if (below === undefined) return pipeline.answer(request);
      server ??= controlServer();
      return (await server).answer(request, below);
    },
    use: (...handlers) => {
      overrides.unshift(...handlers);
    },
    resetHandlers: () => {
      overrides.length = 0;
    },
    async settle() {
      await core.background.settle();
      await core.certifications?.settle();
    },
    release: () => core.log.close(),
    async close() {
      core.log.close();
      await pipeline.idle();
      await core.certifications?.close();
      await core.background.close();
      await parts.store.close();
    },
  };
}

/** @param send answers what the sandbox sends to itself, once it is open */
async function openCore(
  parts: SandboxParts,
  settings: SandboxSettings,
  send: (request: Request) => Promise<Response>,
): Promise<Core> {
  const { catalog, validators } = parts;
  const { seed = DEFAULT_SEED, tenant = "main" } = settings;
  const recorder = recorderOf(parts, settings, seed);
  const { store, randomness, wallClock, sender, certifier } = recorder;
  const { steps = recorder } = settings;
  const encoder = createEventEncoder(catalog, validators, (message, violations) => {
    const places = violations.map(({ pointer, message: detail }) => ({ pointer, detail }));
    return new Fault("ECO_ANSWER_INVALID", `The event ${message.type} breaks its schema`, places);
  });
  const stateParts: StateParts = {
    store,
    tenant,
    catalog,
    seed,
    randomness,
    encoder,
    wallClock,
    seedRecords: parts.seedRecords ?? (async () => ({ writes: [] })),
    standingRecords: parts.standingRecords ?? (() => []),
  };
  const opened = await openState(stateParts);
  const tokens = await openTokens(catalog, opened, { store, tenant, wallClock });
  const report = settings.onFault ?? reportToStderr;
  const read = store.reader(tenant);
  const schemas = new Schemas(catalog);
  const capabilities = new Map(parts.capabilities.map((capability) => [capability.name, capability]));
  const dispatcher = new Dispatcher({
    store,
    tenant,
    encoder,
    wallClock,
    steps,
    sender,
    onError: (error) => report({ requestId: "background", where: "dispatch", error }),
  });
  const newContext = contextMaker(parts, { seed, tenant, randomness, tokens, read });
  const timers: TimerParts = {
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
  const limiter = new RateLimiter(settings.rateLimit ?? DEFAULT_RATE_LIMIT, wallClock);
  limiter.restore(settings.limits ?? []);
  const background = new Background({ dispatcher, report, wallClock, timers, steps });
  const resources = new Resources({ catalog, schemas, validators, seed, capabilities });
  const observation = observationOf(
    settings,
    { store, tenant, catalog, wallClock, steps },
    tokens,
    resources,
  );
  await observation?.refresh();
  const certifications =
    certifier === undefined || observation === undefined
      ? undefined
      : new CertificationWorker({
          certifier,
          observation,
          catalog,
          wallClock,
          decisions: timers,
          steps,
          send,
        });
  return {
    parts,
    settings,
    tenant,
    store,
    read,
    schemas,
    capabilities,
    resources,
    encoder,
    dispatcher,
    background,
    certifications,
    observation,
    randomness,
    steps,
    recorder,
    limiter,
    keys: new IdempotencyKeys(store, tenant),
    tokens,
    log: new ExchangeLog(settings.log ?? DEFAULT_LOG_LIMITS),
    wallClock,
    report,
    newContext,
    async reset() {
      const { key } = await resetState(stateParts);
      await tokens?.rekey(key);
    },
  };
}

/** Undefined where nothing drives certifications, or nobody has a token to be known by. */
function observationOf(
  settings: SandboxSettings,
  parts: Pick<ObservationParts, "store" | "tenant" | "catalog" | "wallClock" | "steps">,
  tokens: Tokens | undefined,
  resources: Resources,
): Observation | undefined {
  if (settings.certifier === undefined || tokens === undefined) return undefined;
  const answers = new Answers(settings, resources);
  return new Observation({
    ...parts,
    async callerOf(token) {
      const verified = await tokens.verify(token);
      return "kind" in verified ? undefined : verified;
    },
    problem: (passing, operation, problem) =>
      answers.problem(Object.assign(passing, { headers: {}, operation }), problem),
  });
}

/** Everything that could come out differently another time goes through the recorder. */
function recorderOf({ store }: SandboxParts, settings: SandboxSettings, seed: string): SessionRecorder {
  const { wallClock = Date.now, randomness = "secure", sender, certifier } = settings;
  const made = randomness === "seeded" ? seededRandomness(seed) : secureRandomness(seed, wallClock);
  const parts = { store, wallClock, sender, certifier };
  return new SessionRecorder({ ...parts, randomness: typeof randomness === "object" ? randomness : made });
}

async function openTokens(
  catalog: Catalog,
  { key }: OpenedState,
  { store, tenant, wallClock }: Pick<Core, "store" | "tenant" | "wallClock">,
): Promise<Tokens | undefined> {
  const issues = catalog.operations.some(({ capability }) => capability?.name === TOKEN_CAPABILITY);
  if (!issues) return undefined;
  return Tokens.open(key, {
    issuer: `urn:eco:${catalog.ecosystem.id}:sandbox`,
    wallClock,
    storedKey: async () => (await readState({ store, tenant }))?.key,
  });
}

function contextMaker(
  { catalog, validators, store }: SandboxParts,
  {
    seed,
    tenant,
    randomness,
    tokens,
    read,
  }: Pick<Core, "randomness" | "tokens" | "read" | "tenant"> & { readonly seed: string },
): Core["newContext"] {
  const validate: DecisionContext["validate"] = (schema, value) =>
    validators
      .get(
        schema,
        "request",
      )(value)
      .map(({ pointer, message }) => ({ pointer: `#${pointer}`, detail: message }));
  return ({ requestId, operationId, clock, caller }) => {
    const newId = randomness.idsOf(requestId);
    let secrets = 0;
    return {
      read,
      dispatches: (query) => store.dispatches(tenant, query),
      catalog,
      ...(caller === undefined ? {} : { caller }),
      now: clock.now,
      clock: { mode: clock.mode, offsetMs: clock.offsetMs },
      newId,
      newSecret: () => randomness.secret(requestId, secrets++),
      requestId,
      operationId,
      seed,
      validate,
      signToken: async (claims) => {
        if (tokens === undefined) throw new Error("This spec set has no operation that issues tokens.");
        return tokens.sign(claims, newId("tok"));
      },
    };
  };
}

function reportToStderr({ requestId, where, error }: FaultReport): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`eco sandbox: fault in ${where} (${requestId}): ${text}`);
}
