import { reasonOf } from "../../errors/reason.ts";
import type { UnplacedFinding } from "../finding.ts";
import { schemaClosure } from "../schemas/schema-closure.ts";
import { validatorsOf } from "../schemas/schema-validator.ts";
import type { Catalog, Operation, SchemaRef } from "../types.ts";

/** Every schema that a request, an answer or a message is checked against. */
export function usedSchemas(catalog: Catalog): SchemaRef[] {
  const refs = new Map<string, SchemaRef>();
  const add = (ref: SchemaRef | undefined): void => {
    if (ref !== undefined) refs.set(`${ref.document}#${ref.pointer}`, ref);
  };
  for (const operation of catalog.operations) for (const ref of schemasOf(operation)) add(ref);
  for (const message of catalog.messages) add(message.payload);
  return [...refs.values()];
}

function* schemasOf(operation: Operation): Generator<SchemaRef | undefined> {
  for (const parameter of operation.parameters) yield parameter.schema;
  for (const media of Object.values(operation.requestBody?.content ?? {})) yield media.schema;
  for (const response of operation.responses) {
    for (const header of Object.values(response.headers)) yield header.schema;
    for (const media of Object.values(response.content)) yield media.schema;
  }
}

/** Compiles them all and reports those that can't be. */
export function compileSchemas(catalog: Catalog, findings: UnplacedFinding[]): void {
  const validators = validatorsOf(catalog);
  const seen = new Set<string>();
  for (const used of usedSchemas(catalog)) {
    for (const { id, document, pointer } of schemaClosure(catalog, used, undefined, "all", seen)) {
      seen.add(id);
      const ref = { document, pointer };
      try {
        validators.get(ref);
      } catch (cause) {
        const message = reasonOf(cause);
        const fix = "Correct the schema.";
        findings.push({ ...ref, severity: "error", code: "spec.schema.invalid", message, fix });
      }
    }
  }
}
