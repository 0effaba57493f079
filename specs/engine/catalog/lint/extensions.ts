import { didYouMean } from "../../suggest.ts";
import { isPlainObject, pointerOf } from "../pointer.ts";
import type { Report } from "../report.ts";

/** The extensions that eco understands, and where they stand. */
export const knownExtensions: Readonly<Record<string, string>> = {
  "x-eco-capability": "on an operation: the capability it is bound to",
  "x-eco-bind":
    "on an operation: where the capability's fields stand in request and answer; on a message or webhook: where the event's stand",
  "x-eco-roles": "on an operation: the roles that may call it",
  "x-eco-event": "on a message or webhook: the domain event that causes it",
  "x-eco-purpose": "on a message: what it is for, where that matters to a receiver (`data-erasure`)",
  "x-eco-time-limit-ms": "on an operation or on `info`: within how many milliseconds it is answered",
  "x-eco-pattern-ignored": "in a schema: a pattern that the loader took out",
};

const names = Object.keys(knownExtensions);

/** Reports extensions that begin like ours and aren't: a typing error would otherwise switch a rule off in silence. */
export function checkExtensions(content: unknown, report: Report): void {
  const stack: { value: unknown; pointer: string }[] = [{ value: content, pointer: "" }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { value, pointer } = item;
    if (Array.isArray(value)) {
      for (const [index, child] of value.entries())
        stack.push({ value: child, pointer: pointer + pointerOf(index) });
    } else if (isPlainObject(value)) {
      for (const [key, child] of Object.entries(value)) {
        const at = pointer + pointerOf(key);
        if (/^x-eco([-_A-Z]|$)/.test(key) && !Object.hasOwn(knownExtensions, key)) {
          report.error(
            at,
            "spec.extension.unknown",
            `There is no extension ${key}.`,
            didYouMean(key, names) ?? `Use one of ${names.join(", ")}, or a prefix of your own.`,
          );
        }
        if (typeof child === "object" && child !== null) stack.push({ value: child, pointer: at });
      }
    }
  }
}
