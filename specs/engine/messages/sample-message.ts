import { isPlainObject } from "../catalog/pointer.ts";
import type { Validators } from "../catalog/schemas/schema-validator.ts";
import type { Violation } from "../catalog/schemas/violation.ts";
import type { Catalog, Message } from "../catalog/types.ts";
import { apart } from "../certification/generate/apart.ts";
import { sample } from "../certification/generate/sample.ts";
import { branchesOf, openSchema, propertiesOf } from "../certification/generate/schema.ts";
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
  const ways = [false, true].flatMap((withoutExamples) =>
    [true, false].map((full) => ({ reader, random, full, withoutExamples, direction: "answer" }) as const),
  );
  let made: unknown;
  for (const way of ways) {
    made = sample(schema, way);
    if (violationsOf(made).length === 0) return { kind: "made", payload: made };
  }
  for (const payload of ofAlternatives(catalog, message, { validators, random })) {
    if (violationsOf(payload).length === 0) return { kind: "made", payload };
  }
  return { kind: "invalid", made, violations: violationsOf(made) };
}

/** Payloads of each alternative, as far as can be kept apart from the others. */
function* ofAlternatives(
  catalog: Catalog,
  { payload: { document, pointer } }: Message,
  { validators, random }: Pick<SampleMessageOptions, "validators" | "random">,
): Generator<unknown> {
  const { schema, reader } = openSchema(catalog, { document, pointer });
  const branches = Array.isArray(reader.flat(schema)["oneOf"]) ? branchesOf(reader.flat(schema), reader) : [];
  const others = branches.map((branch, index) => ({
    names: Object.keys(propertiesOf(branch)),
    accepts: (value: unknown) =>
      validators.get({ document, pointer: `${pointer}/oneOf/${index}` })(value).length === 0,
  }));
  for (const [index, branch] of branches.entries()) {
    for (const full of [true, false]) {
      const made = sample(branch, { reader, random, full, direction: "answer" });
      yield made;
      if (!isPlainObject(made)) continue;
      const own = propertiesOf(branch);
      const mayHave = (name: string): boolean => !Object.hasOwn(own, name);
      yield apart(made, others.toSpliced(index, 1), mayHave);
    }
  }
}

/** Only what is there already: a payload that is no CloudEvent has neither. */
function freshParts(payload: unknown, fresh: { readonly id: string; readonly time: string }) {
  const has = (name: string) => typeof payload === "object" && payload !== null && name in payload;
  const isEvent = has("data") && (has("type") || has("specversion"));
  return isEvent
    ? { ...(has("id") ? { "/id": fresh.id } : {}), ...(has("time") ? { "/time": fresh.time } : {}) }
    : {};
}
