import type { APIRoute } from "astro";
import { textOfRecord } from "../../specs/engine/published-record/read.ts";
import { publishedRecord } from "../lib/record.ts";

/** The published record as it is, at `/record.json`; nothing where there is none. */
export async function getStaticPaths() {
  return (await publishedRecord()) === undefined ? [] : [{ params: { record: "record" } }];
}

export const GET: APIRoute = async () => {
  const record = await publishedRecord();
  return new Response(record === undefined ? null : textOfRecord(record));
};
