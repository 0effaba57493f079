import type { APIRoute } from "astro";
import { earnOf } from "../../lib/earn/derived.ts";
import { site } from "../../lib/site.ts";

/** What the reader's own figures are worked out from, at `/earn/model.json`; nothing where nobody can earn anything. */
export async function getStaticPaths() {
  return earnOf(await site()) === undefined ? [] : [{ params: { model: "model" } }];
}

export const GET: APIRoute = async () => Response.json(earnOf(await site())?.model ?? null);
