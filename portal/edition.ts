/**
 * Makes the pages of one edition: Astro bundles this program with all pages, once for as many editions as are wanted, and
 * each edition is a process of it. It answers for any page at once, and meanwhile writes them all into `ECO_PORTAL_OUT`.
 * `ECO_SPECS`, `ECO_ROOT`, `ECO_CONTENT` and `ECO_RECORD` say what the pages are made from.
 */

import { StaticPaths } from "astro:static-paths";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { createApp } from "astro/app/entrypoint";
import type { EditionAsk, EditionNews } from "../specs/engine/portal-edition.ts";
import { nameInputs } from "./lib/inputs.ts";

const { env } = process;
const { ECO_PORTAL_OUT: out = ".", ECO_SPECS: specs = "", ECO_ROOT: root = "" } = env;
nameInputs({ specs, content: env["ECO_CONTENT"], record: env["ECO_RECORD"] }, root);
// Whoever reads the pages is gone.
process.once("disconnect", () => process.exit());

const app = createApp();
const paths = new Map((await new StaticPaths(app).getAll()).map((path) => [fileOf(path), path]));
type Path = Awaited<ReturnType<InstanceType<typeof StaticPaths>["getAll"]>>[number];

tell({ kind: "ready", files: [...paths.keys()] });
// As in a build, a page that can't be made is the end of it.
process.on("message", async ({ ask, file }: EditionAsk) =>
  tell({ kind: "made", ask, content: await make(file) }),
);
for (const file of paths.keys()) {
  // Who asks comes first.
  await setImmediate();
  const made = await make(file);
  const place = join(out, file);
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, made);
}
tell({ kind: "written" });
process.disconnect?.();

function tell(news: EditionNews): void {
  process.send?.(news);
}

/** `/api/` → `api/index.html`, as Astro names the files of a build. */
function fileOf({ pathname, route }: Path): string {
  const name = pathname.replace(/^\/|\/$/gu, "");
  if (route.type === "endpoint") return name;
  if (name === "404") return "404.html";
  return name === "" ? "index.html" : `${name}/index.html`;
}

/** @throws Error for a page that can't be made */
async function make(file: string): Promise<Uint8Array> {
  const path = paths.get(file);
  if (path === undefined) throw new Error(`There is no ${file}.`);
  const { pathname, route } = path;
  // Any other address would be answered with a redirect to this.
  const isWhole = pathname.endsWith("/") || (route.type === "endpoint" && /\.\w+$/u.test(pathname));
  const address = `${import.meta.env.BASE_URL}${pathname.slice(1)}${isWhole ? "" : "/"}`;
  const response = await app.render(new Request(new URL(address, "http://localhost")), { routeData: route });
  if (response.status >= 300 && response.status !== 404)
    throw new Error(`${file} can't be made: it answers ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}
