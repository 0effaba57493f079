import type { APIRoute } from "astro";
import { searchNames } from "../lib/search-names.ts";

/** What the search loads to forgive a slip of the keyboard: every name of its own that a page has. */
export const GET: APIRoute = async () => Response.json(await searchNames());
