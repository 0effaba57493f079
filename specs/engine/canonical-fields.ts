import { pointerTokens } from "./catalog/pointer.ts";
import type { Catalog, Operation, SchemaRef } from "./catalog/types.ts";
import {
  branchesOf,
  type FlatSchema,
  openSchema,
  propertiesOf,
  type SchemaReader,
  typesOf,
} from "./certification/generate/schema.ts";

/** One field that a binding can name. */
export interface CanonicalField {
  /** As JSON Schema names types; several with `|`. */
  readonly type: string;
  readonly description?: string;
  /** Below it stands what nobody declares: the measures of a usage, a document, a chain of any depth. */
  readonly open?: boolean;
}

/** By name: dots for depth, `*` for each item of a list: `charges.*.netMinor`. */
export type CanonicalFields = Readonly<Record<string, CanonicalField>>;

/** What capabilities answer and domain events carry, under the names that `x-eco-bind` takes. */
export interface CanonicalNames {
  readonly results: Readonly<Record<string, CanonicalFields>>;
  readonly events: Readonly<Record<string, CanonicalFields>>;
}

/** Deeper than this a field is `open`. */
const MAX_DEPTH = 5;

/** What stands below these has names of the ecosystem's own: its measures, and its roles in a delivery. */
const OWN_NAMES: readonly string[] = ["usage", "parties"];

/**
 * The canonical names, from a spec set that binds every capability and leaves results and events as they are. Each of
 * its answers is held against these schemas, so they say what is there.
 */
export function canonicalNames(catalog: Catalog): CanonicalNames {
  const results: Record<string, CanonicalFields> = {};
  for (const operation of catalog.operations) {
    const name = operation.capability?.name;
    if (name !== undefined) results[name] = { ...results[name], ...resultFields(catalog, operation) };
  }
  const events: Record<string, CanonicalFields> = {};
  for (const { event, bind, payload } of catalog.messages) {
    if (event === undefined || bind !== undefined) continue;
    events[event] = below(fieldsOf(catalog, payload), "data");
  }
  return { results: sorted(results), events: sorted(events) };
}

function resultFields(catalog: Catalog, { responses, capability }: Operation): CanonicalFields {
  const answers = responses.filter(({ status }) => status.startsWith("2"));
  const schemas = answers.flatMap(({ content }) => Object.values(content).map(({ schema }) => schema));
  const body: CanonicalFields = Object.assign(
    {},
    ...schemas.map((schema) => (schema === undefined ? {} : fieldsOf(catalog, schema))),
  );
  const bound = Object.entries(capability?.response ?? {});
  if (bound.length === 0) return body;
  return Object.fromEntries(
    bound.map(([place, field]) => [field, body[pointerTokens(place).join(".")] ?? { type: "any" }]),
  );
}

function fieldsOf(catalog: Catalog, ref: SchemaRef): CanonicalFields {
  const { schema, reader } = openSchema(catalog, ref);
  const found: Record<string, CanonicalField> = {};
  collect(schema, "", 0, { reader, found });
  return found;
}

interface Collecting {
  readonly reader: SchemaReader;
  readonly found: Record<string, CanonicalField>;
}

/** Everything that a value of the schema may hold, whichever of its forms it takes. */
function collect(schema: unknown, path: string, depth: number, into: Collecting): void {
  const flat = into.reader.flat(schema);
  const forms = [flat, ...branchesOf(flat, into.reader)];
  const isOwn = OWN_NAMES.includes(path.split(".").at(-1) ?? "") && typesOf(flat).includes("object");
  const isOpen = isOwn || depth >= MAX_DEPTH;
  if (path !== "") into.found[path] = describe(forms, isOpen);
  if (isOpen) return;
  for (const form of forms) {
    for (const [name, property] of Object.entries(propertiesOf(form)))
      collect(property, path === "" ? name : `${path}.${name}`, depth + 1, into);
    if (form["items"] !== undefined) collect(form["items"], `${path}.*`, depth + 1, into);
  }
}

function describe(forms: readonly FlatSchema[], open: boolean): CanonicalField {
  const types = [...new Set(forms.flatMap(typesOf))];
  const description = forms.map((form) => form["description"]).find((one) => typeof one === "string");
  const holds = forms.some(
    (form) => Object.keys(propertiesOf(form)).length > 0 || form["items"] !== undefined,
  );
  const isLeaf = types.length > 0 && !types.includes("object") && !types.includes("array");
  const declaresMore = forms.some((form) => typeof form["additionalProperties"] === "object");
  const isOpen = !isLeaf && (open || !holds || declaresMore);
  return {
    type: types.length === 0 ? "any" : types.join("|"),
    ...(description === undefined ? {} : { description }),
    ...(isOpen ? { open: true } : {}),
  };
}

function below(fields: CanonicalFields, name: string): CanonicalFields {
  const inner = Object.entries(fields).filter(([path]) => path.startsWith(`${name}.`));
  return Object.fromEntries(inner.map(([path, field]) => [path.slice(name.length + 1), field]));
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Whether a binding may name the field: it is declared, or stands below one that is open. */
export function hasField(fields: CanonicalFields, path: string): boolean {
  const steps = path.split(".").map((step) => (/^\d+$/.test(step) ? "*" : step));
  for (let length = steps.length; length > 0; length--) {
    const at = steps.slice(0, length).join(".");
    const field = Object.hasOwn(fields, at) ? fields[at] : undefined;
    if (field !== undefined) return length === steps.length || field.open === true;
  }
  return false;
}
