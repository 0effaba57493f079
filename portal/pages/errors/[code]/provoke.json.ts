import type { APIRoute } from "astro";
import { provocationsOf } from "../../../lib/provoke/find.ts";
import type { Provocation } from "../../../lib/provoke/provocation.ts";
import { site } from "../../../lib/site.ts";

export const getStaticPaths = async () =>
  [...(await provocationsOf(await site()))].map(([code, provocation]) => ({
    params: { code },
    props: { provocation },
  }));

/** What the page does to come to its error; fetched when the reader wants to see it. */
export const GET: APIRoute<{ provocation: Provocation }> = ({ props }) => Response.json(props.provocation);
