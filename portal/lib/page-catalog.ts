import type { Catalog, MediaType, Operation } from "../../specs/engine/catalog/types.ts";
import { withoutWords } from "./without-words.ts";

/** The catalogue that a sandbox in a page is made of: without what only readers look at. */
export const catalogForPages = (catalog: Catalog): Catalog => ({
  ...catalog,
  documents: catalog.documents.map((document) =>
    document.kind === "openapi" || document.kind === "asyncapi"
      ? { ...document, content: withoutWords(document.content) }
      : document,
  ),
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
    responses: operation.responses.map((response) => ({
      ...response,
      description: "",
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([name, header]) => [name, { ...header, description: "" }]),
      ),
      content: bare(response.content),
    })),
  };
}

function bare(content: Readonly<Record<string, MediaType>>): Record<string, MediaType> {
  return Object.fromEntries(
    Object.entries(content).map(([type, media]) => [type, { ...media, examples: {} }]),
  );
}
