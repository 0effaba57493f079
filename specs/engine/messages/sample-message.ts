import type { Validators } from "../catalog/schemas/schema-validator.ts";
import type { Violation } from "../catalog/schemas/violation.ts";
import type { Catalog, Message } from "../catalog/types.ts";
import { sample } from "../certification/generate/sample.ts";
import { openSchema } from "../certification/generate/schema.ts";
import { replaceAt } from "../certification/generate/variation.ts";
import type { Random } from "../certification/random.ts";

export interface SampleMessageOptions {
  readonly validators: Validators;
  readonly random: Random;
  /** JSON pointer into the payload → value in its place. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** A CloudEvent's `id` and `time`, where the schema takes them and `set` doesn't say otherwise. */
  readonly fresh?: { readonly id: string; readonly time: string };
}

export type SampledMessage =
  | { readonly kind: "made"; readonly payload: unknown }
  /** What was made breaks the schema, with these overrides or without any. */
  | { readonly kind: "invalid"; readonly violations: readonly Violation[] };

/** A valid payload of a message: its first valid example, else one that is generated from its schema. */
export function sampleMessage(
  catalog: Catalog,
  message: Message,
  options: SampleMessageOptions,
): SampledMessage {
  const { validators, set = {}, fresh } = options;
  const violationsOf = validators.get(message.payload);
  const base = validPayload(catalog, message, options);
  if (base.kind === "invalid" && Object.keys(set).length === 0) return base;
  // Overrides may mend what the generator couldn't make.
  let payload = base.kind === "made" ? base.payload : base.made;
  for (const [pointer, value] of Object.entries(fresh === undefined ? {} : freshParts(payload, fresh))) {
    const changed = replaceAt(payload, pointer, value);
    if (violationsOf(changed).length === 0) payload = changed;
  }
  for (const [pointer, value] of Object.entries(set)) payload = replaceAt(payload, pointer, value);
  const violations = violationsOf(payload);
  return violations.length === 0 ? { kind: "made", payload } : { kind: "invalid", violations };
}

function validPayload(
  catalog: Catalog,
  message: Message,
  { validators, random }: SampleMessageOptions,
):
  | { readonly kind: "made"; readonly payload: unknown }
  | { readonly kind: "invalid"; readonly made: unknown; readonly violations: readonly Violation[] } {
  const violationsOf = validators.get(message.payload);
  const example = message.examples.find((one) => violationsOf(one).length === 0);
  if (example !== undefined) return { kind: "made", payload: example };
  const { schema, reader } = openSchema(catalog, message.payload);
  let made: unknown;
  for (const full of [true, false]) {
    made = sample(schema, { reader, random, full, direction: "answer" });
    if (violationsOf(made).length === 0) return { kind: "made", payload: made };
  }
  return { kind: "invalid", made, violations: violationsOf(made) };
}

/** Only what is there already: a payload that is no CloudEvent has neither. */
function freshParts(payload: unknown, fresh: { readonly id: string; readonly time: string }) {
  const has = (name: string) => typeof payload === "object" && payload !== null && name in payload;
  const isEvent = has("data") && (has("type") || has("specversion"));
  return isEvent
    ? { ...(has("id") ? { "/id": fresh.id } : {}), ...(has("time") ? { "/time": fresh.time } : {}) }
    : {};
}
