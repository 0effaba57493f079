import { operationsByCapability } from "../../specs/engine/catalog/lookup.ts";
import { mayCall } from "../../specs/engine/catalog/rights.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";

/**
 * What a party does once it has joined: whose role may submit deliveries begins with them, any other reads its own.
 * @param as flags that name its profile, with a space before them
 */
export function nextCommands(catalog: Catalog, roleId: string, as = ""): string {
  return maySubmit(catalog, roleId)
    ? `eco deliveries submit FILE${as}, then eco certify${as}`
    : `eco deliveries list${as}, or eco events listen --print${as}`;
}

function maySubmit(catalog: Catalog, roleId: string): boolean {
  const role = catalog.ecosystem.roles.find(({ id }) => id === roleId);
  // Who has no role that is known is told what most do.
  if (role === undefined) return true;
  const submitting = [
    ...operationsByCapability(catalog, "deliveries.submit"),
    ...operationsByCapability(catalog, "deliveries.submit-batch"),
  ];
  return submitting.some((operation) => mayCall(role, operation));
}
