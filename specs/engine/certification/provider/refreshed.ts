import { isPlainObject } from "../../catalog/pointer.ts";
import type { Operation } from "../../catalog/types.ts";
import type { ProviderRun } from "./checks.ts";

/** A variation of a body with a fresh identity, but for the part of it that is varied. */
export function refreshed(run: ProviderRun, operation: Operation, value: unknown, pointer: string): unknown {
  const fresh = run.context.freshBody(operation);
  if (!isPlainObject(value) || !isPlainObject(fresh)) return value;
  const names = run.context
    .identityOf(operation)
    .filter((name) => name in value && name in fresh && !pointer.startsWith(`/${name}`));
  return { ...value, ...Object.fromEntries(names.map((name) => [name, fresh[name]])) };
}
