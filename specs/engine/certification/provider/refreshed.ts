import { isPlainObject } from "../../catalog/pointer.ts";
import type { Operation } from "../../catalog/types.ts";
import type { ProviderRun } from "./checks.ts";
import { thingIn, withMembers, wrapperOf } from "./wrapped.ts";

/** A variation of a body with a fresh identity, but for the part of it that is varied. */
export function refreshed(run: ProviderRun, operation: Operation, value: unknown, pointer: string): unknown {
  const fresh = run.context.freshBody(operation);
  const wrapper = wrapperOf(fresh);
  const [varied, made] = [thingIn(value, wrapper), thingIn(fresh, wrapper)];
  if (!isPlainObject(value) || varied === undefined || made === undefined) return value;
  const above = wrapper === undefined ? "" : `/${wrapper}`;
  const names = run.context
    .identityOf(operation)
    .filter((name) => name in varied && name in made && !pointer.startsWith(`${above}/${name}`));
  return withMembers(value, Object.fromEntries(names.map((name) => [name, made[name]])), wrapper);
}
