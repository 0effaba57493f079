import { documentByPath } from "./lookup.ts";
import { resolvePointer } from "./pointer.ts";
import type { Catalog, Operation, RoleDefinition } from "./types.ts";
import { textsOf } from "./untyped.ts";

/** The roles that an operation's `x-eco-roles` names; empty for all. */
export function rolesNamed(operation: Operation, catalog: Catalog): readonly string[] {
  const document = documentByPath(catalog, operation.document);
  return textsOf(resolvePointer(document?.content, `${operation.pointer}/x-eco-roles`));
}

/** Whether members of a role are given the scopes that one of an operation's alternatives asks for. */
export function mayCall(role: Pick<RoleDefinition, "scopes">, { security }: Operation): boolean {
  const has = (scope: string): boolean => role.scopes.includes(scope);
  return (
    security.length === 0 || security.some((schemes) => schemes.every(({ scopes }) => scopes.every(has)))
  );
}

/** The same, and the operation names their role, or none. */
export function roleMayCall(
  role: Pick<RoleDefinition, "id" | "scopes">,
  operation: Operation,
  catalog: Catalog,
): boolean {
  const named = rolesNamed(operation, catalog);
  return (named.length === 0 || named.includes(role.id)) && mayCall(role, operation);
}
