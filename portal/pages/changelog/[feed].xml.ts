import type { APIRoute, GetStaticPaths } from "astro";
import { atomFeed, type Feed, feeds } from "../../lib/feed.ts";

export const getStaticPaths = (async () =>
  (await feeds()).map((feed) => ({
    params: { feed: feed.href.slice("/changelog/".length) },
    props: { of: feed },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ props }) =>
  new Response(await atomFeed(props["of"] as Feed), { headers: { "content-type": "application/atom+xml" } });
