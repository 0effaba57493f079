import type { APIRoute, GetStaticPaths } from "astro";
import { type Feed, feeds, jsonFeed } from "../../lib/feed.ts";

export const getStaticPaths = (async () =>
  (await feeds()).map((feed) => ({
    params: { feed: feed.href.slice("/changelog/".length) },
    props: { of: feed },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ props }) =>
  new Response(await jsonFeed(props["of"] as Feed), { headers: { "content-type": "application/feed+json" } });
