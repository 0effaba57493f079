import type { Json, JsonObject } from "../store/store.ts";
import type { Answer, Capability, Decision, DecisionContext, FieldProblem, Refusal } from "./capability.ts";

export type FieldType = "text" | "number" | "boolean" | "object" | "list";

export interface InputField {
  readonly required: boolean;
  readonly description: string;
  readonly type: FieldType;
}

export type InputFields = Readonly<Record<string, InputField>>;

export const required = (type: FieldType, description: string): InputField => ({
  required: true,
  type,
  description,
});
export const optional = (type: FieldType, description: string): InputField => ({
  required: false,
  type,
  description,
});

/** What every list takes; spread into a list capability's input. */
export const pageFields: InputFields = {
  limit: optional("number", "How many items at most, 1 to 500; 50 where left out."),
  cursor: optional("text", "`nextCursor` of the former page."),
};

export interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly input: InputFields;
  readonly events?: readonly string[];
  decide(input: JsonObject, context: DecisionContext): Promise<Decision>;
}

/**
 * A capability that checks its input's presence and kind before deciding, so that a spec set whose own schemas are
 * laxer than ours can't reach a decision with half an input. Refuses with `ECO_REQUEST_INVALID`, all fields named.
 */
export function define(definition: Definition): Capability {
  const fields = Object.entries(definition.input);
  return {
    name: definition.name,
    summary: definition.summary,
    input: definition.input,
    events: definition.events ?? [],
    decide(input, context) {
      const isUsable = fields.every(([name, field]) => isFit(field, input[name]));
      return isUsable ? definition.decide(input, context) : Promise.resolve(refuseInput(definition, input));
    },
  };
}

function refuseInput(definition: Definition, input: JsonObject): Refusal {
  const wrong = Object.entries(definition.input).filter(([name, field]) => !isFit(field, input[name]));
  const errors = wrong.map(([name, field]) => problemOf(name, field, input[name]));
  return refuse("ECO_REQUEST_INVALID", `${definition.name} can't use this input.`, errors);
}

const isFit = ({ required, type }: InputField, value: Json | undefined): boolean =>
  value === undefined ? !required : typeOf(value) === type;

function problemOf(name: string, { description, type }: InputField, value: Json | undefined): FieldProblem {
  const detail = value === undefined ? `is required: ${description}` : `must be of type ${type}`;
  return { pointer: `#/${name}`, detail };
}

function typeOf(value: Json): FieldType | "null" {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "object";
}

export function refuse(code: string, detail: string, errors?: readonly FieldProblem[]): Refusal {
  return errors === undefined ? { kind: "refused", code, detail } : { kind: "refused", code, detail, errors };
}

export function answer(result: JsonObject, changes: Omit<Answer, "kind" | "result"> = {}): Answer {
  return { kind: "answer", result, ...changes };
}

/** 404 for what doesn't exist and for what the caller may not see alike, so that ids tell nothing. */
export const notFound = (what: string, id: string): Refusal =>
  refuse("ECO_NOT_FOUND", `No ${what} ${JSON.stringify(id)} that you may see.`);

/** Text of a field that `define` has checked; the empty string where it was left out. */
export function text(input: JsonObject, name: string): string {
  const value = input[name];
  return typeof value === "string" ? value : "";
}

export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectAt(input: JsonObject, name: string): JsonObject {
  const value = input[name];
  return isObject(value) ? value : {};
}

export function listAt(input: JsonObject, name: string): readonly Json[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}

/** The objects of a list, without what else stands in it; none where it is no list. */
export const objectsIn = (value: unknown): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** The fields of `input` that are there, of those named. */
export function pick(input: JsonObject, names: readonly string[]): JsonObject {
  const picked: { [name: string]: Json } = {};
  for (const name of names) {
    const value = input[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
