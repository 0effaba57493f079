import type { APIRoute } from "astro";
import { type OperationPage, operationPaths, site } from "../../../../lib/site.ts";
import { tryForm } from "../../../../lib/try-form.ts";

export const getStaticPaths = operationPaths;

/** The form by which the page lets its reader call the operation; fetched when it is opened. */
export const GET: APIRoute<{ page: OperationPage }> = async ({ props }) =>
  Response.json(tryForm(props.page.operation, await site()));
