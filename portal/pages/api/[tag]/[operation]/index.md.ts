import type { APIRoute } from "astro";
import { operationMarkdown } from "../../../../lib/operation-markdown.ts";
import { type OperationPage, operationPaths, site } from "../../../../lib/site.ts";

export const getStaticPaths = operationPaths;

/** The Markdown twin of an operation's page. */
export const GET: APIRoute<{ page: OperationPage }> = async ({ props }) =>
  new Response(operationMarkdown(props.page, await site()));
