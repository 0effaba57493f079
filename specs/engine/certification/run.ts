import { validatorsOf } from "../catalog/schemas/schema-validator.ts";
import { EcoError } from "../errors/index.ts";
import { buildReport } from "./build-report.ts";
import type { Observation, PreparedPart, RunContext } from "./check.ts";
import { checkDefinitions, levelDefinitions, matchesGlob } from "./definitions.ts";
import { curlOf } from "./http/curl.ts";
import { createRedactor, type Redactor } from "./http/redact.ts";
import { createWire } from "./http/wire.ts";
import {
  type CheckDefinition,
  type Exchange,
  type Finding,
  type Outcome,
  type Part,
  parts,
  type Report,
} from "./model.ts";
import type { CertificationOptions } from "./options.ts";
import { preparePart } from "./parts.ts";
import { createRandom } from "./random.ts";

/** Exchanges of one finding that are kept; the last ones show the violation. */
const KEPT_EXCHANGES = 6;

function possibleParts(options: CertificationOptions): Part[] {
  const possible: Record<Part, boolean> = {
    client: options.recording !== undefined,
    provider: options.target !== undefined,
    receiver: options.webhook !== undefined,
    journeys: options.sandbox !== undefined,
    money: options.recording !== undefined || options.partner?.figures !== undefined,
    governance: options.partner !== undefined,
  };
  return parts.filter((part) => possible[part]);
}

function secretsOf(options: CertificationOptions): string[] {
  const { target, webhook } = options;
  const credentials = [
    target?.credentials,
    target?.expiredCredentials,
    target?.limitedCredentials,
    target?.otherCredentials,
  ].flatMap((headers) => Object.values(headers ?? {}));
  const keys = [webhook?.secret, webhook?.previousSecret, webhook?.retiredSecret].filter(
    (one) => one !== undefined,
  );
  return [...credentials, ...keys, ...Object.values(options.sandbox?.headers ?? {})];
}

/** The definitions that a run covers, in the order in which they run. */
function selectChecks(options: CertificationOptions, chosen: readonly Part[]): CheckDefinition[] {
  const all = options.definitions ?? checkDefinitions(options.catalog);
  const globs = options.checks ?? ["*"];
  const unknown = globs.filter((glob) => !all.some((one) => matchesGlob(glob, one.id)));
  if (unknown.length > 0) {
    const names = unknown.map((one) => `"${one}"`).join(", ");
    throw new EcoError("ECO_USAGE", `No check is named ${names}.`, {
      fix: "Name checks by id or glob, for example receiver.signature.*; the portal's certification page lists them.",
    });
  }
  const wanted = all.filter((one) => globs.some((glob) => matchesGlob(glob, one.id)));
  return chosen.flatMap((part) => wanted.filter((one) => one.part === part));
}

function outcomeOf(observation: Observation, definition: CheckDefinition): Outcome {
  if (observation.result === "held") return "passed";
  if (observation.result === "skipped" || observation.result === "waiting") return observation.result;
  return definition.severity === "must" ? "failed" : "warning";
}

function toFinding(
  definition: CheckDefinition,
  seen: Observation,
  durationMs: number,
  redactor: Redactor,
): Finding {
  const evidence = (seen.evidence ?? []).slice(-KEPT_EXCHANGES).map((one) => redactor.exchange(one));
  const last = evidence.at(-1);
  return {
    check: definition.id,
    part: definition.part,
    severity: definition.severity,
    title: definition.title,
    ...(seen.subject === undefined ? {} : { subject: seen.subject }),
    outcome: outcomeOf(seen, definition),
    message: redactor.text(seen.message),
    ...(seen.reason === undefined ? {} : { reason: seen.reason }),
    ...(seen.deadline === undefined ? {} : { deadline: seen.deadline }),
    ...(seen.pointer === undefined ? {} : { pointer: seen.pointer }),
    ...(seen.example === undefined ? {} : { example: redactor.value(seen.example) }),
    evidence,
    ...(last === undefined ? {} : { curl: curlOf(last.request) }),
    fix: definition.fix,
    source: definition.source,
    cases: seen.cases ?? 1,
    durationMs,
  };
}

async function* observe(definition: CheckDefinition, part: PreparedPart): AsyncGenerator<Observation> {
  const away = part.unreachable?.();
  // The reachability check itself says why; everything after it would only repeat it slowly.
  if (away !== undefined) return yield { result: "skipped", reason: "unreachable", message: away };
  const check = part.checks[definition.id];
  if (check === undefined) {
    const message = `The certification documents declare the check "${definition.id}", which this version doesn't know.`;
    throw new EcoError("ECO_SPEC_INVALID", message, {
      fix: "Remove the check from the specs' certification documents, or update the toolkit.",
    });
  }
  let seen = 0;
  for await (const observation of check()) {
    seen += 1;
    yield observation;
  }
  const later = part.unreachable?.();
  if (seen > 0) return;
  yield later === undefined
    ? {
        result: "skipped",
        reason: "not-applicable",
        message: "The specification has nothing that this check looks at.",
      }
    : { result: "skipped", reason: "unreachable", message: later };
}

interface State {
  readonly findings: Finding[];
  readonly redactor: Redactor;
  readonly context: RunContext;
}

async function* runPart(
  part: Part,
  checks: readonly CheckDefinition[],
  state: State,
): AsyncGenerator<Finding> {
  const { options, now } = state.context;
  const prepared = await preparePart(part, state.context);
  const until = now() + (options.budgetMs ?? 120_000);
  // The table's order is the order of running: reachability first, summing up last.
  const order = Object.keys(prepared.checks);
  const sorted = [...checks].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  for (const [index, definition] of sorted.entries()) {
    options.signal?.throwIfAborted();
    options.observer?.({ kind: "check-started", check: definition.id, index, total: sorted.length });
    let begun = now();
    const late = begun > until;
    const observations = late ? [overBudget(options.budgetMs ?? 120_000)] : observe(definition, prepared);
    for await (const observation of observations) {
      const finding = toFinding(definition, observation, Math.max(0, now() - begun), state.redactor);
      begun = now();
      state.findings.push(finding);
      options.observer?.({ kind: "finding", finding });
      yield finding;
    }
  }
}

function overBudget(budgetMs: number): Observation {
  return {
    result: "skipped",
    reason: "budget",
    message: `The part took longer than its budget of ${budgetMs} ms.`,
  };
}

function createContext(
  options: CertificationOptions,
  findings: readonly Finding[],
  redactor: Redactor,
): RunContext {
  const now = options.now ?? Date.now;
  const sleep = options.sleep ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const onExchange = (exchange: Exchange): void =>
    options.observer?.({ kind: "exchange", check: "", exchange: redactor.exchange(exchange) });
  const wire = createWire({
    fetch: options.fetch,
    now,
    sleep,
    timeoutMs: options.timeoutMs ?? 5_000,
    maxBytes: 4 * 1024 * 1024,
    ...(options.observer === undefined ? {} : { onExchange }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const validators = options.validators ?? validatorsOf(options.catalog);
  const random = createRandom(options.seed);
  return { catalog: options.catalog, options, wire, random, now, sleep, validators, found: findings };
}

/**
 * Certifies a partner: yields each finding as it is made and returns the report. What the partner does wrong is a
 * finding, never a throw; it throws EcoError for unknown checks or parts without a target, and the reason of
 * `signal` when that is aborted.
 */
export async function* runCertification(options: CertificationOptions): AsyncGenerator<Finding, Report> {
  const possible = possibleParts(options);
  const chosen = options.parts ?? possible;
  const without = chosen.filter((part) => !possible.includes(part));
  if (without.length > 0 || chosen.length === 0) {
    const message =
      without.length > 0 ? `Nothing to certify ${without.join(", ")} with.` : "Nothing to certify.";
    throw new EcoError("ECO_INPUT_MISSING", message, {
      fix: "Give the API's URL for provider, the webhook URL and secret for receiver, a sandbox for journeys, a recording for client and money (or a manifest with `figures`), a manifest for governance.",
    });
  }
  const ordered = parts.filter((part) => chosen.includes(part));
  // Looks at the subjects of the other parts, so it comes last.
  ordered.sort((a, b) => Number(a === "governance") - Number(b === "governance"));
  const definitions = selectChecks(options, ordered);
  const findings: Finding[] = [];
  const redactor = createRedactor(secretsOf(options));
  const context = createContext(options, findings, redactor);
  const startedAtMs = context.now();
  for (const part of ordered) {
    const checks = definitions.filter((one) => one.part === part);
    if (checks.length > 0) yield* runPart(part, checks, { findings, redactor, context });
  }
  return buildReport({
    options,
    definitions,
    levels: options.levels ?? levelDefinitions(options.catalog),
    parts: ordered,
    findings,
    startedAtMs,
    endedAtMs: context.now(),
  });
}

/** `runCertification` for callers that want the report alone. */
export async function certify(options: CertificationOptions): Promise<Report> {
  const run = runCertification(options);
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value;
  }
}
