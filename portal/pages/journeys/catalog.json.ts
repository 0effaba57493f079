import type { APIRoute } from "astro";
import type { MediaType, Operation } from "../../../specs/engine/catalog/types.ts";
import { site } from "../../lib/site.ts";

/** The catalogue as the sandbox in a page needs it: without examples, which only readers look at. */
export const GET: APIRoute = async () => {
  const { catalog } = await site();
  return Response.json({ ...catalog, operations: catalog.operations.map(withoutExamples) });
};

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
