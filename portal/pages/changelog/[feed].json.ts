import { feedPaths, feedRoute, jsonFeed } from "../../lib/feed.ts";

export const getStaticPaths = feedPaths;
export const GET = feedRoute(jsonFeed, "application/feed+json");
