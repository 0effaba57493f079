import type { APIRoute } from "astro";
import type { MediaType, Operation } from "../../../specs/engine/catalog/types.ts";
import { site } from "../../lib/site.ts";

/** What a sandbox in a page is made of, and where the portal has its pages. */
export const GET: APIRoute = async () => {
  const { catalog, messages, operations } = await site();
  return Response.json({
    catalog: { ...catalog, operations: catalog.operations.map(withoutExamples) },
    events: Object.fromEntries(messages.map(({ message, href }) => [message.type, href])),
    operations: Object.fromEntries([...operations].map(([id, { href }]) => [id, href])),
  });
};

// They are what only readers look at.
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
