import { atomFeed, feedPaths, feedRoute } from "../../lib/feed.ts";

export const getStaticPaths = feedPaths;
export const GET = feedRoute(atomFeed, "application/atom+xml");
