import type { Operation, RoleDefinition } from "../../specs/engine/catalog/types.ts";

/** Whether members of a role are given the scopes that one of an operation's alternatives asks for. */
export function mayCall(role: Pick<RoleDefinition, "scopes">, { security }: Operation): boolean {
  const has = (scope: string): boolean => role.scopes.includes(scope);
  return (
    security.length === 0 || security.some((schemes) => schemes.every(({ scopes }) => scopes.every(has)))
  );
}
