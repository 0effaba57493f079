import type { Catalog, MediaType, Operation } from "../../specs/engine/catalog/types.ts";

/** The catalogue that a sandbox in a page is made of: without what only readers look at. */
export const catalogForPages = (catalog: Catalog): Catalog => ({
  ...catalog,
  operations: catalog.operations.map(withoutExamples),
});

function withoutExamples(operation: Operation): Operation {
  return {
    ...operation,
    description: "",
    parameters: operation.parameters.map((parameter) => ({ ...parameter, description: "", examples: {} })),
    ...(operation.requestBody === undefined
      ? {}
      : { requestBody: { ...operation.requestBody, content: bare(operation.requestBody.content) } }),
    responses: operation.responses.map((response) => ({ ...response, content: bare(response.content) })),
  };
}

function bare(content: Readonly<Record<string, MediaType>>): Record<string, MediaType> {
  return Object.fromEntries(
    Object.entries(content).map(([type, media]) => [type, { ...media, examples: {} }]),
  );
}
