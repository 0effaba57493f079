import type { APIRoute } from "astro";
import { catalogForPages } from "../../lib/page-catalog.ts";
import { site } from "../../lib/site.ts";

/** What a sandbox in a page is made of, and where the portal has its pages. */
export const GET: APIRoute = async () => {
  const { catalog, messages, operations } = await site();
  return Response.json({
    catalog: catalogForPages(catalog),
    events: Object.fromEntries(messages.map(({ message, href }) => [message.type, href])),
    operations: Object.fromEntries([...operations].map(([id, { href }]) => [id, href])),
  });
};
