import { isPlainObject, type PlainObject } from "../catalog/pointer.ts";
import { findStepChannel, type StepChannel } from "../catalog/read/asyncapi-channels.ts";
import { EcoError } from "../errors/index.ts";
import { resolveList, type WorkflowPlace } from "./documents.ts";
import { evaluateExpression, evaluateValue, type Scope } from "./expression.ts";
import { type CallResult, failedCall, judgeStep, schemaCriteria } from "./judge-step.ts";
import type { MessageExchange, ReceivedMessage, StepMessage } from "./messages.ts";
import type { CriterionResult, RunOptions } from "./types.ts";

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;

export interface EventStepParts {
  readonly options: RunOptions;
  readonly messages: MessageExchange;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Ids of messages that a step of the run took already. */
  readonly taken: Set<string>;
  /** Ids of the requests that the run made: what they caused is the run's own. */
  readonly causes: readonly string[];
}

/** Sends or receives a message, as Arazzo 1.1 has it. Whatever goes wrong becomes a failed criterion. */
export async function callChannel(
  parts: EventStepParts,
  place: WorkflowPlace,
  step: PlainObject,
  scope: Scope,
): Promise<CallResult> {
  try {
    const channel = findStepChannel(step, place.sources, parts.options.catalog);
    if (channel === undefined) {
      const name = String(step["channelPath"] ?? step["operationId"] ?? step["operationPath"]);
      throw new EcoError(
        "ECO_OPERATION_UNKNOWN",
        `No AsyncAPI document among the source descriptions of ${place.document.path} declares ${name}.`,
      );
    }
    return step["action"] === "send"
      ? await send(parts, place, step, scope, channel)
      : await receive(parts, step, scope, channel);
  } catch (cause) {
    return failedCall(cause, "the channel");
  }
}

async function send(
  { messages }: EventStepParts,
  place: WorkflowPlace,
  step: PlainObject,
  scope: Scope,
  channel: StepChannel,
): Promise<CallResult> {
  if (messages.send === undefined) {
    throw new EcoError("ECO_JOURNEY_FAILED", `Nothing here takes messages for the channel ${channel.name}.`, {
      fix: "Give the run messages of its own that can send.",
    });
  }
  const body = isPlainObject(step["requestBody"]) ? step["requestBody"]["payload"] : undefined;
  const headers: Record<string, string> = {};
  for (const { name, value, in: where } of resolveList(step["parameters"], place)) {
    if (typeof name === "string" && where === "header")
      headers[name.toLowerCase()] = String(evaluateValue(value, scope));
  }
  const type = channel.messages[0]?.message.type ?? channel.name;
  const message: StepMessage = { channel: channel.name, type, headers, payload: evaluateValue(body, scope) };
  await messages.send(message);
  const sent: CriterionResult = { kind: "message", condition: `sent on ${channel.name}`, passed: true };
  return { message, ...(await judgeStep(step, { ...scope, message }, { before: [sent] })) };
}

async function receive(
  parts: EventStepParts,
  step: PlainObject,
  scope: Scope,
  channel: StepChannel,
): Promise<CallResult> {
  const { options } = parts;
  const wanted = wantedOf(step, scope, channel, parts.causes);
  const timeoutMs = timeoutOf(step, options);
  const condition = `a message of ${channel.name}${wanted.correlationId === undefined ? "" : ` with the correlation id ${wanted.correlationId}`} within ${timeoutMs} ms`;
  const found = await waitFor(parts, channel, wanted, timeoutMs);
  if (found === undefined) {
    const detail = `None came; the channel carries ${wanted.types.join(", ")}`;
    return { criteria: [{ kind: "message", condition, passed: false, detail }], outputs: {}, passed: false };
  }
  parts.taken.add(found.id);
  const message: StepMessage = {
    channel: channel.name,
    type: found.type,
    headers: found.headers,
    payload: found.payload,
  };
  const before: CriterionResult[] = [
    { kind: "message", condition, passed: true },
    ...checkPayload(options, channel, message),
  ];
  return { message, ...(await judgeStep(step, { ...scope, message }, { before })) };
}

interface Wanted {
  readonly types: readonly string[];
  readonly correlationId?: string;
  readonly causedBy: readonly string[];
}

function wantedOf(step: PlainObject, scope: Scope, channel: StepChannel, causes: readonly string[]): Wanted {
  const types = channel.messages.map(({ message }) => message.type);
  if (step["correlationId"] === undefined) return { types, causedBy: causes };
  const correlationId = evaluateValue(step["correlationId"], scope);
  if (correlationId === undefined || correlationId === null) {
    throw new EcoError(
      "ECO_EXPRESSION_INVALID",
      `The correlation id ${String(step["correlationId"])} has no value.`,
    );
  }
  if (channel.messages.every(({ correlation }) => correlation === undefined)) {
    throw new EcoError(
      "ECO_EXPRESSION_INVALID",
      `The step waits for a correlation id, and ${channel.document} says of no message of ${channel.name} where it is.`,
      { fix: "Give the messages a correlationId with its location." },
    );
  }
  return { types, correlationId: String(correlationId), causedBy: [] };
}

async function waitFor(
  { messages, sleep, taken, options }: EventStepParts,
  channel: StepChannel,
  { types, correlationId, causedBy }: Wanted,
  timeoutMs: number,
): Promise<ReceivedMessage | undefined> {
  const bySubject = channel.messages.every(
    ({ correlation }) => correlation === undefined || correlation === "$message.payload#/subject",
  );
  const subject = bySubject ? correlationId : undefined;
  let pauseMs = FIRST_PAUSE_MS;
  for (let waitedMs = 0; ; waitedMs += pauseMs, pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const all = await messages.received({ types, causedBy, ...(subject === undefined ? {} : { subject }) });
    const found = all.find(
      (message) =>
        !taken.has(message.id) &&
        types.includes(message.type) &&
        (correlationId === undefined || correlationIdOf(message, channel) === correlationId),
    );
    if (found !== undefined || waitedMs >= timeoutMs || options.signal?.aborted === true) return found;
    await sleep(Math.min(pauseMs, timeoutMs - waitedMs));
  }
}

function correlationIdOf(message: ReceivedMessage, channel: StepChannel): string | undefined {
  const declared = channel.messages.find((one) => one.message.type === message.type)?.correlation;
  if (declared === undefined) return undefined;
  // AsyncAPI writes `$message.header#/name`, where Arazzo has `$message.header.name`.
  const expression = declared.replace(/^\$message\.header#\//, "$message.header.");
  const value = evaluateExpression(expression, {
    inputs: {},
    outputs: {},
    steps: {},
    workflows: {},
    sourceDescriptions: {},
    components: {},
    message: { ...message, channel: channel.name },
  });
  return value === undefined || value === null ? undefined : String(value);
}

function timeoutOf(step: PlainObject, options: RunOptions): number {
  const { timeout } = step;
  return typeof timeout === "number" && timeout >= 0 ? timeout : (options.timeoutMs ?? 30_000);
}

function checkPayload(
  { validators }: RunOptions,
  channel: StepChannel,
  { type, payload }: StepMessage,
): CriterionResult[] {
  const message = channel.messages.find((one) => one.message.type === type)?.message;
  if (validators === undefined || message === undefined) return [];
  return schemaCriteria(
    `the message is as ${message.id} declares it`,
    validators.get(message.payload)(payload),
  );
}
