import type { Operation } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Session } from "../session.ts";

/**
 * What a party can't do for itself everywhere: an ecosystem may leave it to its orchestrator.
 * @param what in words, as the subject of a sentence: `Leaving`
 * @throws EcoError ECO_OPERATION_UNKNOWN
 */
export function requireOffered({ client, catalog }: Session, capability: string, what: string): void {
  if (client.has(capability)) return;
  const { title, orchestrator } = catalog.ecosystem;
  throw new EcoError(
    "ECO_OPERATION_UNKNOWN",
    `${what} is nothing that ${title} offers: no operation is bound to \`${capability}\`.`,
    {
      fix: `Ask ${orchestrator === "" ? "the orchestrator" : orchestrator} to do it. In a spec set of your own, \`x-eco-capability: ${capability}\` binds the operation that does it.`,
    },
  );
}

/** Whether an operation has a place for a field of its capability: by its binding, or under the field's own name. */
export const takesField = ({ capability, parameters }: Operation, field: string): boolean =>
  capability?.request[field] !== undefined || parameters.some(({ name }) => name === field);
