import { existsSync, statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import { watchPath } from "../run-on-change.ts";

/** Saving touches several files, and some editors take one away for a moment. */
const QUIET_MS = 300;
const DOCUMENT = /\.(ya?ml|json)$/i;

/**
 * Says which documents of the spec set have changed since the sandbox read them: it goes on with what it read. A file is
 * named again only when it comes or goes.
 */
export async function tellChangedSpecs(
  specs: string,
  out: Pick<Output, "warn">,
  signal: AbortSignal,
): Promise<void> {
  const root = statSync(specs).isDirectory() ? specs : dirname(specs);
  const told = new Map<string, boolean>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    const news = [...changed].filter((path) => told.get(path) !== existsSync(path)).sort();
    changed.clear();
    for (const path of news) told.set(path, existsSync(path));
    const names = news.map((path) => `${relative(root, path)}${told.get(path) ? "" : " (gone)"}`);
    if (names.length > 5) names.splice(5, names.length, `${names.length - 5} more`);
    if (names.length === 0) return;
    out.warn(
      sanitizeLine(
        `The specs have changed: ${names.join(", ")}. The sandbox goes on with what it read when it started; start it again to serve them as they are. \`eco specs lint\` says before whether they can be used.`,
      ),
    );
  };
  const watcher = await watchPath(specs, (path) => {
    if (!DOCUMENT.test(path)) return;
    changed.add(resolve(path));
    clearTimeout(timer);
    timer = setTimeout(tell, QUIET_MS);
  });
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    void watcher.close();
  });
  if (signal.aborted) await watcher.close();
}
