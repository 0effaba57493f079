import { _, type Ajv, type KeywordErrorDefinition, str } from "ajv";

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

/** The places of the first item that was there before, and of that one. */
export function twinsIn(items: readonly unknown[]): readonly [first: number, second: number] | undefined {
  const known = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const text = canonical(item);
    const first = known.get(text);
    if (first !== undefined) return [first, index];
    known.set(text, index);
  }
  return undefined;
}

/** One text for what JSON Schema holds to be equal: the order of members says nothing. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(JSON.stringify(value));
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const members = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`);
  return `{${members.sort().join()}}`;
}

/** The same for a module that is compiled ahead. */
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
