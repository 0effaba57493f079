import { _, type Ajv, type KeywordErrorDefinition, str } from "ajv";
import { twinsIn } from "./same-json.ts";

const error: KeywordErrorDefinition = {
  message: ({ params: { i, j } }) =>
    str`must NOT have duplicate items (items ## ${j} and ${i} are identical)`,
  params: ({ params: { i, j } }) => _`{i: ${i}, j: ${j}}`,
};

/** `uniqueItems` in time that grows with the list alone: the library's compares each item with all others. */
export function addUniqueItems(ajv: Ajv): void {
  ajv.removeKeyword("uniqueItems");
  ajv.addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    error,
    code(context) {
      const { gen, data, schema } = context;
      if (schema !== true) return;
      const find = gen.scopeValue("func", { ref: twinsIn, code: _`twinsIn` });
      const twins = gen.const("twins", _`${find}(${data})`);
      context.setParams({ j: _`${twins}[0]`, i: _`${twins}[1]` });
      context.fail(_`${twins} !== undefined`);
    },
  });
}

/** `twinsIn` for a module that is compiled ahead. */
export const TWINS_IN = `function twinsIn(items) {
  const known = new Map();
  for (const [index, item] of items.entries()) {
    const text = canonical(item);
    if (known.has(text)) return [known.get(text), index];
    known.set(text, index);
  }
}
function canonical(value) {
  if (typeof value !== "object" || value === null) return String(JSON.stringify(value));
  if (Array.isArray(value)) return "[" + value.map(canonical).join() + "]";
  return "{" + Object.keys(value).map((name) => JSON.stringify(name) + ":" + canonical(value[name])).sort().join() + "}";
}
`;
