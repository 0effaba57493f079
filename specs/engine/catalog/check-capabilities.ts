import type { UnplacedFinding } from "./finding.ts";
import { follow } from "./follow.ts";
import { documentByPath } from "./lookup.ts";
import { isPlainObject, resolvePointer } from "./pointer.ts";
import { createReport } from "./report.ts";
import type { Catalog, Operation } from "./types.ts";

/** What the lint knows of a capability: its input fields and the domain events that it may cause. */
export interface KnownCapability {
  readonly input: Readonly<Record<string, { readonly required: boolean }>>;
  readonly events: readonly string[];
}

/** Reports bindings to capabilities, fields and events that don't exist, and required fields found nowhere. */
export function checkCapabilities(
  catalog: Catalog,
  known: Readonly<Record<string, KnownCapability>>,
  findings: UnplacedFinding[],
): void {
  for (const operation of catalog.operations) checkOperation(catalog, operation, known, findings);
  const events = new Set(Object.values(known).flatMap((capability) => capability.events));
  for (const message of catalog.messages) {
    if (message.event === undefined || events.has(message.event)) continue;
    createReport(message.document, findings).error(
      `${message.pointer}/x-eco-event`,
      "spec.event.unknown",
      `No capability causes ${message.event}.`,
      `Use one of ${[...events].sort().join(", ")}.`,
    );
  }
}

function checkOperation(
  catalog: Catalog,
  operation: Operation,
  known: Readonly<Record<string, KnownCapability>>,
  findings: UnplacedFinding[],
): void {
  const binding = operation.capability;
  if (binding === undefined) return;
  const report = createReport(operation.document, findings);
  const capability = Object.hasOwn(known, binding.name) ? known[binding.name] : undefined;
  if (capability === undefined) {
    report.error(
      `${operation.pointer}/x-eco-capability`,
      "spec.capability.unknown",
      `There is no capability ${binding.name}.`,
      `Use one of ${Object.keys(known).sort().join(", ")}.`,
    );
    return;
  }
  const inputs = Object.keys(capability.input);
  for (const field of Object.keys(binding.request)) {
    // An open field such as `usage` or `parties` takes any name below it.
    if (inputs.includes(field) || inputs.includes(field.split(".")[0] ?? "")) continue;
    report.error(
      `${operation.pointer}/x-eco-bind/request/${field}`,
      "spec.bind.field",
      `The capability ${binding.name} has no input ${field}.`,
      `Use one of ${inputs.join(", ")}.`,
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
      `Bind it: \`x-eco-bind: {request: {${field}: $request.body#/…}}\`.`,
    );
  }
}

/** Names that are found without a binding: parameters and the top fields of the body. */
function fieldNames(catalog: Catalog, operation: Operation): Set<string> {
  const names = new Set(operation.parameters.map((parameter) => parameter.name));
  const content = documentByPath(catalog, operation.document)?.content;
  const visit = (schema: unknown, seen: ReadonlySet<unknown>): void => {
    const node = follow(content, schema, "")?.node;
    if (!isPlainObject(node) || seen.has(node)) return;
    for (const name of isPlainObject(node["properties"]) ? Object.keys(node["properties"]) : [])
      names.add(name);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const parts = node[keyword];
      if (Array.isArray(parts)) for (const part of parts) visit(part, new Set([...seen, node]));
    }
  };
  for (const media of Object.values(operation.requestBody?.content ?? {})) {
    if (media.schema !== undefined) visit(resolvePointer(content, media.schema.pointer), new Set());
  }
  return names;
}
