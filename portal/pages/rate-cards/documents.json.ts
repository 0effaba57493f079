import type { APIRoute } from "astro";
import { site } from "../../lib/site.ts";

/** What the calculator needs in the page: the documents that rating compiles, and the names of parties. */
export const GET: APIRoute = async () => {
  const { ofKind, catalog } = await site();
  const names = Object.fromEntries(catalog.ecosystem.parties.map((party) => [party.id, party.name]));
  return Response.json({ rateCards: ofKind("rate-card"), agreements: ofKind("agreement"), names });
};
