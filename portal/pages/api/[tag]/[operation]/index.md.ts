import type { APIRoute } from "astro";
import { operationMarkdown } from "../../../../lib/operation-markdown.ts";
import { type OperationPage, site } from "../../../../lib/site.ts";

export async function getStaticPaths() {
  const { tags } = await site();
  return tags.flatMap((tag) =>
    tag.operations.map((page) => ({
      params: { tag: tag.segment, operation: page.segment },
      props: { page },
    })),
  );
}

/** The Markdown twin of an operation's page. */
export const GET: APIRoute<{ page: OperationPage }> = async ({ props }) =>
  new Response(operationMarkdown(props.page, await site()));
