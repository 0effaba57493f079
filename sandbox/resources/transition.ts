import type { SchemaNode, Schemas } from "./schemas.ts";

/** Letters that a verb and the state it leads to share: `cancel` and `cancelled`, `confirm` and `CONFIRMED`. */
const SHARED_LETTERS = 4;

/** The status that a step leads to by its name, as a change of the thing; undefined where no status fits. */
export function transition(
  step: string,
  item: Readonly<Record<string, unknown>>,
  schema: SchemaNode,
  schemas: Schemas,
): Record<string, unknown> | undefined {
  const verb = step.toLowerCase();
  for (const [name, node] of schemas.properties(schema)) {
    if (!/(status|state)$/i.test(name)) continue;
    const values: unknown = node.schema["enum"];
    if (!Array.isArray(values)) continue;
    const reached = values.find((value) => typeof value === "string" && leadsTo(verb, value.toLowerCase()));
    if (reached !== undefined && reached !== item[name]) return { [name]: reached };
  }
  return undefined;
}

function leadsTo(verb: string, state: string): boolean {
  const length = Math.max(SHARED_LETTERS - (verb.length < SHARED_LETTERS ? 1 : 0), 3);
  return verb.slice(0, length) === state.slice(0, length) && verb.length >= 3;
}
