import type { APIRoute } from "astro";
import { type RawFile, rawFiles } from "../../lib/raw-specs.ts";
import { site } from "../../lib/site.ts";

export async function getStaticPaths() {
  const files = await rawFiles((await site()).root);
  return files.map((file) => ({ params: { path: file.path }, props: { file } }));
}

/** A document of the spec set, byte for byte. */
export const GET: APIRoute<{ file: RawFile }> = async ({ props }) => {
  const content = await props.file.read();
  return new Response(new Uint8Array(content), { headers: { "Content-Type": "text/plain; charset=utf-8" } });
};
