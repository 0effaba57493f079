import { type CanonicalFields, type CanonicalNames, hasField } from "../../canonical-fields.ts";
import { didYouMean } from "../../suggest.ts";
import type { UnplacedFinding } from "../finding.ts";
import { documentByPath } from "../lookup.ts";
import { isPlainObject, pointerOf, resolvePointer } from "../pointer.ts";
import { createReport, type Report } from "../report.ts";
import { partsOf } from "../schemas/schema-parts.ts";
import type { CapabilityBinding, Catalog, Message, Operation } from "../types.ts";

/** What the lint knows of a capability: its input fields and the domain events that it may cause. */
export interface KnownCapability {
  readonly input: Readonly<Record<string, { readonly required: boolean }>>;
  readonly events: readonly string[];
}

/** Everything that a spec set may bind to. */
export interface KnownMeanings {
  readonly capabilities: Readonly<Record<string, KnownCapability>>;
  /** What they answer, and what their events carry. A capability without a result is bound to no operation. */
  readonly names: CanonicalNames;
}

/** Reports bindings to capabilities, fields and events that don't exist, and required fields found nowhere. */
export function checkCapabilities(catalog: Catalog, known: KnownMeanings, findings: UnplacedFinding[]): void {
  for (const operation of catalog.operations) checkOperation(catalog, operation, known, findings);
  for (const message of catalog.messages) checkMessage(message, known, findings);
}

function checkMessage(message: Message, known: KnownMeanings, findings: UnplacedFinding[]): void {
  const { event, bind = {}, document, pointer } = message;
  if (event === undefined) return;
  const report = createReport(document, findings);
  const events = [...new Set(Object.values(known.capabilities).flatMap((capability) => capability.events))];
  if (!events.includes(event)) {
    const message = `No capability causes ${event}.`;
    report.error(`${pointer}/x-eco-event`, "spec.event.unknown", message, oneOf(event, events));
    return;
  }
  const fields = memberOf(known.names.events, event);
  if (fields === undefined) return;
  const all: CanonicalFields = { ...fields, ...EVERY_EVENT };
  for (const [place, field] of Object.entries(bind)) {
    if (hasField(all, field)) continue;
    report.error(
      `${pointer}/x-eco-bind${pointerOf(place)}`,
      "spec.bind.field",
      `The event ${event} has no field ${field}.`,
      oneOf(field, namesBeside(all, field)),
    );
  }
}

/** What every event has, whatever it is about. */
const EVERY_EVENT: CanonicalFields = {
  id: { type: "string" },
  time: { type: "string" },
  subject: { type: "string" },
};

const memberOf = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** The nearest names for what may be a slip, and else all that there are. */
const oneOf = (word: string, names: readonly string[]): string =>
  didYouMean(word, names) ?? `Use one of ${names.toSorted().join(", ")}.`;

/** The fields of the object in which `field` was looked for: of its nearest ancestor that there is. */
function namesBeside(fields: CanonicalFields, field: string): readonly string[] {
  const steps = field.split(".");
  for (let length = steps.length - 1; length >= 0; length--) {
    const parent = steps.slice(0, length).join(".");
    const inside = parent === "" ? "" : `${parent}.`;
    const names = Object.keys(fields).filter(
      (name) => name.startsWith(inside) && !name.slice(inside.length).includes("."),
    );
    if (names.length > 0) return names;
  }
  return [];
}

function checkOperation(
  catalog: Catalog,
  operation: Operation,
  { capabilities, names }: KnownMeanings,
  findings: UnplacedFinding[],
): void {
  const binding = operation.capability;
  if (binding === undefined) return;
  const report = createReport(operation.document, findings);
  const capability = memberOf(capabilities, binding.name);
  if (capability === undefined) {
    report.error(
      `${operation.pointer}/x-eco-capability`,
      "spec.capability.unknown",
      `There is no capability ${binding.name}.`,
      `${oneOf(binding.name, Object.keys(names.results))} \`eco specs capabilities\` says what each does.`,
    );
    return;
  }
  checkInput(catalog, operation, { binding, capability }, report);
  checkResult(operation, binding, memberOf(names.results, binding.name), report);
}

/** A field that the capability doesn't answer would be missing from every answer. */
function checkResult(
  { pointer }: Operation,
  { name, response }: CapabilityBinding,
  fields: CanonicalFields | undefined,
  report: Report,
): void {
  for (const [place, field] of Object.entries(response)) {
    if (fields === undefined || place === "" || hasField(fields, field)) continue;
    report.error(
      `${pointer}/x-eco-bind/response${pointerOf(place)}`,
      "spec.bind.field",
      `The capability ${name} answers without a field ${field}.`,
      `${oneOf(field, namesBeside(fields, field))} \`eco specs capabilities ${name}\` lists them all.`,
    );
  }
}

function checkInput(
  catalog: Catalog,
  operation: Operation,
  { binding, capability }: { readonly binding: CapabilityBinding; readonly capability: KnownCapability },
  report: Report,
): void {
  const inputs = Object.keys(capability.input);
  for (const field of Object.keys(binding.request)) {
    // An open field such as `usage` or `parties` takes any name below it.
    if (inputs.includes(field) || inputs.includes(field.split(".")[0] ?? "")) continue;
    report.error(
      `${operation.pointer}/x-eco-bind/request/${field}`,
      "spec.bind.field",
      `The capability ${binding.name} has no input ${field}.`,
      oneOf(field, inputs),
    );
  }
  const names = fieldNames(catalog, operation);
  for (const [field, { required }] of Object.entries(capability.input)) {
    const bound = Object.keys(binding.request).some((name) => name === field || name.startsWith(`${field}.`));
    if (!required || bound || names.has(field)) continue;
    report.error(
      operation.pointer,
      "spec.bind.missing",
      `${operation.id} has no place for ${field}, which ${binding.name} needs.`,
      `Bind it: \`x-eco-bind: {request: {${field}: $request.${usualPlace(operation)}}}\`.`,
    );
  }
}

/** Where an operation would be told something: in its path where that has a parameter, in its body where it takes one. */
function usualPlace({ path, requestBody }: Operation): string {
  const [, parameter] = /\{([^{}]+)\}/.exec(path) ?? [];
  if (requestBody !== undefined) return "body#/…";
  return parameter === undefined ? "query.…" : `path.${parameter}`;
}

/** Names that are found without a binding: parameters and the top fields of the body. */
function fieldNames(catalog: Catalog, operation: Operation): Set<string> {
  const names = new Set(operation.parameters.map((parameter) => parameter.name));
  const content = documentByPath(catalog, operation.document)?.content;
  const bodies = Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) =>
    schema === undefined ? [] : [resolvePointer(content, schema.pointer)],
  );
  for (const { properties } of partsOf(content, bodies)) {
    for (const name of isPlainObject(properties) ? Object.keys(properties) : []) names.add(name);
  }
  return names;
}
