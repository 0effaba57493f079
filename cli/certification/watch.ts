import { type FSWatcher, statSync, watch } from "node:fs";
import { resolve, sep } from "node:path";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { untilStopped } from "../until-stopped.ts";

/** Saving a project touches several files within this time. */
const QUIET_MS = 300;
const IGNORED = /(^|[\\/])(node_modules|\.git)([\\/]|$)/;

/** `changed` is told what has changed, where the system says it. */
function open(path: string, changed: (path?: string) => void): FSWatcher {
  try {
    // Without this a path that isn't there would be watched for ever.
    statSync(path);
    return watch(path, { recursive: true }, (_event, name) =>
      changed(name === null ? undefined : resolve(path, name)),
    );
  } catch (cause) {
    throw new EcoError("ECO_FILE_UNREADABLE", `${path} can't be watched: ${reasonOf(cause)}.`, {
      cause,
    });
  }
}

/**
 * Runs `work` now and again whenever something at the paths has changed and been quiet for a moment, until the user
 * stops it. What the runs write themselves is to be ignored. A change during a run leads to one more run after it, never to two at once.
 */
export async function runOnChange(
  paths: readonly string[],
  work: (signal: AbortSignal) => Promise<void>,
  ignore: readonly string[],
): Promise<void> {
  const stop = new AbortController();
  let wake: (() => void) | undefined;
  let pending = false;
  let timer: NodeJS.Timeout | undefined;
  const own = ignore.map((one) => resolve(one));
  // A folder on the way to them may be made for them; whatever else comes into it is told by itself.
  const isOwn = (path: string): boolean =>
    own.some((one) => path === one || path.startsWith(one + sep) || one.startsWith(path + sep));
  const changed = (path?: string): void => {
    if (path !== undefined && (IGNORED.test(path) || isOwn(path))) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      pending = true;
      wake?.();
    }, QUIET_MS);
  };
  const watchers = paths.map((path) => open(path, changed));
  const stopped = untilStopped().then(() => {
    stop.abort();
    wake?.();
  });
  try {
    while (!stop.signal.aborted) {
      pending = false;
      await work(stop.signal).catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
      });
      if (!pending && !stop.signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      wake = undefined;
    }
    await stopped;
  } finally {
    clearTimeout(timer);
    for (const one of watchers) one.close();
  }
}
