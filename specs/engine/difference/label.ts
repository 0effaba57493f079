import { pointerTokens } from "../catalog/pointer.ts";

/** What people call the place of a schema: `Delivery.legs[].price`, `price` inside a schema that has no name. */
export function labelOf(pointer: string): string {
  const tokens = pointerTokens(pointer);
  const named = tokens[0] === "components" && tokens[1] === "schemas" ? tokens[2] : undefined;
  const start = named === undefined ? tokens.findLastIndex(isRoot) + 1 : 3;
  const path = pathFrom(tokens.slice(start), named);
  if (path === "") return "the value";
  return path === "[]" ? "the item" : path;
}

const isRoot = (token: string, index: number, tokens: readonly string[]): boolean =>
  (token === "schema" || token === "itemSchema" || token === "payload" || token === "headers") &&
  tokens[index - 1] !== "properties";

function pathFrom(tokens: readonly string[], root = ""): string {
  let path = root;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    if (token === "properties") path = under(path, tokens[++at] ?? "");
    else if (token === "items") path += "[]";
    else if (token === "additionalProperties" || token === "patternProperties") path += "{*}";
    else if (["oneOf", "anyOf", "allOf"].includes(token)) at += 1;
    else if (token === "prefixItems") path += `[${tokens[++at] ?? ""}]`;
  }
  return path;
}

/** `legs[].price` of `legs[]` and `price`. */
export const under = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
