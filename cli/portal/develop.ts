import { relative, resolve } from "node:path";
import { runOnChange } from "../run-on-change.ts";
import { Desk, type Development, type Watching } from "./desk.ts";

/** What a portal is made from has one of these endings; folders have none. */
const DOCUMENT = /(^|[\\/])[^.\\/]+$|\.(ya?ml|json|md)$/i;
const HIDDEN = /(^|[\\/])\.[^.]/;

/**
 * Serves the portal of documents that somebody writes, on this machine, until the user stops it. Every change of them is
 * shown, as far as they can be read.
 *
 * @throws EcoError ECO_PORT_UNUSABLE, ECO_PORTAL_FAILED, or what is wrong with the documents at the start
 */
export async function developPortal(options: Development, tell: Watching): Promise<void> {
  const paths = [options.specs, options.content, options.record].filter((path) => path !== undefined);
  const desk = new Desk(options, tell);
  try {
    await runOnChange(
      { paths, matters: (path) => DOCUMENT.test(path) && !HIDDEN.test(within(paths, path)) },
      (signal, changed) => desk.show(signal, changed),
    );
  } finally {
    await desk.close();
  }
}

/** A path as it lies in the first of the folders that it is in. */
function within(folders: readonly string[], path: string): string {
  const ways = folders.map((folder) => relative(resolve(folder), path));
  return ways.find((way) => !way.startsWith("..")) ?? path;
}
