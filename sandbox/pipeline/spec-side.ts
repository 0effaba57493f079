import type { Decider } from "../capabilities/capability.ts";
import { createEventEncoder, type EventEncoder } from "../events/encoder.ts";
import { Resources } from "../resources/resources.ts";
import { Schemas } from "../resources/schemas.ts";
import { Fault } from "./fault.ts";
import { OperationTable } from "./operation-table.ts";
import type { SandboxParts } from "./options.ts";

/** What follows from the spec set and the seed alone: made once, shared by all tenants. */
export interface SpecSide {
  readonly schemas: Schemas;
  readonly capabilities: ReadonlyMap<string, Decider>;
  readonly resources: Resources;
  readonly encoder: EventEncoder;
  readonly table: OperationTable;
}

export function specSide(parts: SandboxParts, seed: string): SpecSide {
  const { catalog, validators } = parts;
  const schemas = new Schemas(catalog);
  const capabilities = new Map(parts.capabilities.map((capability) => [capability.name, capability]));
  const resources = new Resources({ catalog, schemas, validators, seed, capabilities });
  const encoder = createEventEncoder(catalog, validators, (message, violations) => {
    const places = violations.map(({ pointer, message: detail }) => ({ pointer, detail }));
    return new Fault("ECO_ANSWER_INVALID", `The event ${message.type} breaks its schema`, places);
  });
  const table = new OperationTable({ parts, schemas, capabilities, resources });
  return { schemas, capabilities, resources, encoder, table };
}
