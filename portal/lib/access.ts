import type { Operation, RoleDefinition } from "../../specs/engine/catalog/types.ts";
import { at, object, texts } from "./json.ts";
import type { Site } from "./site.ts";

/** What a caller of an operation needs: one of these alternatives. No alternative: nothing. */
export interface Access {
  readonly open: boolean;
  readonly alternatives: readonly {
    readonly schemes: readonly string[];
    readonly scopes: readonly string[];
  }[];
  readonly roles: readonly RoleDefinition[];
}

/** Who may call an operation: roles that hold its scopes, less those that its `x-eco-roles` leaves out. */
export function accessOf(operation: Operation, site: Site): Access {
  const alternatives = operation.security.map((needed) => ({
    schemes: needed.map((one) => one.scheme.name),
    scopes: needed.flatMap((one) => one.scopes),
  }));
  const open = alternatives.length === 0 || alternatives.some((one) => one.schemes.length === 0);
  const only = texts(extension(operation, site, "x-eco-roles"));
  const roles = site.roles.filter(
    (role) =>
      (only.length === 0 || only.includes(role.id)) &&
      (open || alternatives.some((one) => one.scopes.every((scope) => role.scopes.includes(scope)))),
  );
  return { open, alternatives, roles };
}

/** Whether a member of the role may call the operation. */
export function mayCall(role: RoleDefinition, operation: Operation, site: Site): boolean {
  return accessOf(operation, site).roles.some((one) => one.id === role.id);
}

/** An `x-…` field of the operation as it stands in its document. */
export function extension(operation: Operation, site: Site, name: string): unknown {
  return object(at(site.document(operation.document)?.content, operation.pointer))[name];
}
