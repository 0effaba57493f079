import { isPlainObject, type PlainObject, pointerOf, resolvePointer } from "../catalog/pointer.ts";
import { VERDICTS } from "./change.ts";
import { type Comparison, newAt, oldAt, tell } from "./comparison.ts";
import { saysTheSame } from "./substance.ts";

/**
 * Components that nothing refers to, in neither version: what changes there reaches nobody who calls, yet a name that
 * was generated from it may be gone.
 */
export function compareUnusedComponents(comparison: Comparison): void {
  const { old, new: now } = comparison.documents;
  const used = new Set([...usedIn(old.content), ...usedIn(now.content)]);
  const [before, after] = [componentsIn(old.content), componentsIn(now.content)];
  const subject = { kind: "document", id: old.path } as const;
  const spot = { comparison, subject, where: "", direction: "either" } as const;
  for (const pointer of new Set([...before.keys(), ...after.keys()])) {
    if (used.has(pointer)) continue;
    const [was, is] = [before.get(pointer), after.get(pointer)];
    const name = pointer.split("/").slice(2).join("/");
    const place = is === undefined ? oldAt(comparison, pointer) : newAt(comparison, pointer);
    const word = was === undefined ? "is new" : is === undefined ? "is no longer there" : "changed";
    const same =
      was !== undefined &&
      is !== undefined &&
      saysTheSame({ value: was, document: old.content }, { value: is, document: now.content });
    if (!same)
      tell(
        spot,
        "component.unused",
        VERDICTS.text,
        `The component ${name}, to which nothing refers, ${word}.`,
        place,
      );
  }
}

/** What is named elsewhere than by a reference: schemes of security, which have a comparison of their own. */
const NAMED = new Set(["securitySchemes", "examples"]);

function componentsIn(content: PlainObject): Map<string, unknown> {
  const sections = isPlainObject(content["components"]) ? content["components"] : {};
  return new Map(
    Object.entries(sections).flatMap(([section, members]) =>
      NAMED.has(section) || !isPlainObject(members)
        ? []
        : Object.entries(members).map(([name, member]): [string, unknown] => [
            pointerOf("components", section, name),
            member,
          ]),
    ),
  );
}

/** Pointers of the components that the rest of a document reaches. */
function usedIn(content: PlainObject): Set<string> {
  const used = new Set<string>();
  const { components: _later, ...rest } = content;
  const waiting: unknown[] = [rest];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    if (!isPlainObject(node)) return;
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === "string") reach(key, value);
      else visit(value);
    }
  };
  const reach = (key: string, text: string): void => {
    // Mappings of discriminators, and references of every kind.
    const [, pointer] = /^#(\/components\/[^/]+\/[^/]+)/.exec(text) ?? [];
    const named = pointer ?? (key === "$ref" ? undefined : pointerOf("components", "schemas", text));
    if (named === undefined || used.has(named)) return;
    const target = resolvePointer(content, named);
    if (target === undefined || (pointer === undefined && !/^[A-Za-z0-9._-]+$/.test(text))) return;
    used.add(named);
    waiting.push(target);
  };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) visit(next);
  return used;
}
