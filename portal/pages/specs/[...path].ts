import type { APIRoute } from "astro";
import { type RawFile, rawFiles } from "../../lib/raw-specs.ts";
import { site } from "../../lib/site.ts";

export async function getStaticPaths() {
  const files = await rawFiles(await site());
  return files.map((file) => ({ params: { path: file.path }, props: { file } }));
}

/** A document of the spec set, byte for byte. */
export const GET: APIRoute<{ file: RawFile }> = ({ props }) =>
  new Response(new Uint8Array(props.file.content), {
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
