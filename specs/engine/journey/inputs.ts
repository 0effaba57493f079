import { isPlainObject, type PlainObject, resolvePointer } from "../catalog/pointer.ts";
import type { Validators } from "../catalog/schemas/schema-validator.ts";
import { EcoError } from "../errors/index.ts";
import type { WorkflowPlace } from "./documents.ts";
import { evaluateValue, type Scope } from "./expression.ts";

type Values = Readonly<Record<string, unknown>>;

/** What the parameters of a step or an action hand to a workflow: its inputs by name. The last of a name wins. */
export function workflowInputs(parameters: readonly PlainObject[], scope: Scope): Record<string, unknown> {
  const inputs: Record<string, unknown> = {};
  for (const { name, value } of parameters) {
    if (typeof name === "string") inputs[name] = evaluateValue(value, scope);
  }
  return inputs;
}

/**
 * A workflow's inputs: what is given, and the defaults of its JSON Schema for the rest. With validators they are held
 * against the whole schema, else against the types of its properties.
 * @throws EcoError `ECO_INPUT_MISSING` naming every required input without a value, `ECO_INPUT_INVALID` for one that
 *   isn't as the schema has it
 */
export function completeInputs(place: WorkflowPlace, given: Values, validators?: Validators): Values {
  const schema = inputSchema(place);
  if (schema === undefined) return given;
  const values = withDefaults(schema, given, place.document.content);
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const missing = required.filter((name) => typeof name === "string" && values[name] === undefined);
  if (missing.length > 0) {
    throw new EcoError(
      "ECO_INPUT_MISSING",
      `The workflow ${place.id} needs a value for ${missing.join(", ")}.`,
      {
        fix: `Give ${missing.join(", ")} as input.`,
        details: { missing },
      },
    );
  }
  if (validators === undefined) checkTypes(place.id, schema, values);
  else checkSchema(place, values, validators);
  return values;
}

/** The JSON Schema of a workflow's inputs, references to components followed; undefined where there is none. */
export function inputSchema(place: WorkflowPlace): PlainObject | undefined {
  const node = place.node["inputs"];
  if (!isPlainObject(node)) return undefined;
  const target =
    typeof node["$ref"] === "string" ? resolvePointer(place.document.content, node["$ref"]) : node;
  return isPlainObject(target) ? target : undefined;
}

function withDefaults(schema: PlainObject, given: Values, content: PlainObject): Record<string, unknown> {
  const values: Record<string, unknown> = { ...given };
  const properties = isPlainObject(schema["properties"]) ? schema["properties"] : {};
  for (const [name, node] of Object.entries(properties)) {
    const property =
      isPlainObject(node) && typeof node["$ref"] === "string" ? resolvePointer(content, node["$ref"]) : node;
    if (!isPlainObject(property)) continue;
    if (values[name] === undefined && property["default"] !== undefined)
      values[name] = structuredClone(property["default"]);
    const value = values[name];
    // An object that is left out stays out unless one of its own fields has a default.
    if (!isPlainObject(property["properties"]) || !(value === undefined || isPlainObject(value))) continue;
    const inner = withDefaults(property, value ?? {}, content);
    if (Object.keys(inner).length > 0) values[name] = inner;
  }
  return values;
}

function checkSchema(place: WorkflowPlace, values: Values, validators: Validators): void {
  const ref = { document: place.document.path, pointer: `${place.pointer}/inputs` };
  const [first] = validators.get(ref)(values);
  if (first === undefined) return;
  const name = first.pointer === "" ? "" : ` ${first.pointer.slice(1)}`;
  throw new EcoError("ECO_INPUT_INVALID", `The input${name} of ${place.id} ${first.message}.`, {
    fix: `See ${first.schemaPointer}.`,
  });
}

function checkTypes(workflowId: string, schema: PlainObject, values: Values): void {
  const properties = isPlainObject(schema["properties"]) ? schema["properties"] : {};
  for (const [name, property] of Object.entries(properties)) {
    const value = values[name];
    const type = isPlainObject(property) ? property["type"] : undefined;
    if (value === undefined || type === undefined) continue;
    const types = Array.isArray(type) ? type : [type];
    if (types.some((candidate) => hasType(value, candidate))) continue;
    throw new EcoError(
      "ECO_INPUT_INVALID",
      `The input ${name} of ${workflowId} must be of type ${types.join(" or ")}.`,
    );
  }
}

function hasType(value: unknown, type: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "object") return isPlainObject(value);
  return typeof value === type;
}
