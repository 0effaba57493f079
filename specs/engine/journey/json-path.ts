/** The values that a JSONPath query (RFC 9535) finds. Throws where it can't be read. */
export type JsonPath = (query: string, value: unknown) => readonly unknown[];

let loaded: Promise<JsonPath> | undefined;

/** The query engine, loaded on demand: few workflows need it. */
export function loadJsonPath(): Promise<JsonPath> {
  loaded ??= import("json-p3").then(
    ({ query }) =>
      (text, value) =>
        query(text, value as Parameters<typeof query>[1]).values(),
  );
  return loaded;
}
