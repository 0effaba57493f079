import type { APIRoute } from "astro";
import { rawFiles } from "../../lib/raw-specs.ts";
import { site } from "../../lib/site.ts";

/** In the form that `sha256sum --check` reads. */
export const GET: APIRoute = async () => {
  const files = await rawFiles(await site());
  return new Response(files.map((file) => `${file.sha256}  ${file.path}\n`).join(""));
};
