import { once } from "node:events";
import { statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../specs/engine/errors/reason.ts";
import { untilStopped } from "./until-stopped.ts";

/** Saving a project touches several files within this time. */
const QUIET_MS = 300;
const IGNORED = /(^|[\\/])(node_modules|\.git)([\\/]|$)/;

export interface Watched {
  /** Files or folders. */
  readonly paths: readonly string[];
  /** Files or folders that the work itself writes. */
  readonly ignore?: readonly string[];
  /** Whether a change of this absolute path is one; of each where left out. */
  readonly matters?: (path: string) => boolean;
}

/** @param changed the absolute paths that have changed since the run before; none in the first */
type Work = (signal: AbortSignal, changed: readonly string[]) => Promise<void>;

/**
 * Runs `work` now and again whenever something at the paths has changed and been quiet for a moment, until the user
 * stops it. A change during a run leads to one more run after it, never to two at once.
 *
 * @throws EcoError ECO_FILE_UNREADABLE for a path that can't be watched, and whatever `work` throws
 */
export async function runOnChange({ paths, ignore = [], matters }: Watched, work: Work): Promise<void> {
  const stop = new AbortController();
  let wake: (() => void) | undefined;
  const stopped = untilStopped().then(() => {
    stop.abort();
    wake?.();
  });
  let timer: NodeJS.Timeout | undefined;
  let isPending = false;
  let changed = new Set<string>();
  const own = ignore.map((one) => resolve(one));
  // A folder on the way to them may be made for them; whatever else comes into it is told by itself.
  const isOwn = (path: string): boolean =>
    own.some((one) => path === one || path.startsWith(one + sep) || one.startsWith(path + sep));
  const tell = (path: string): void => {
    if (isOwn(path) || matters?.(path) === false) return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      isPending = true;
      wake?.();
    }, QUIET_MS);
  };
  const watchers = await Promise.all(paths.map((path) => watchPath(path, tell)));
  try {
    while (!stop.signal.aborted) {
      const since = [...changed];
      changed = new Set();
      isPending = false;
      await work(stop.signal, since).catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
      });
      if (!isPending && !stop.signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      wake = undefined;
    }
    await stopped;
  } finally {
    clearTimeout(timer);
    await Promise.all(watchers.map((one) => one.close()));
  }
}

/**
 * Tells the absolute path of what changes, comes or goes there. (Node's own watcher loses a file on Linux once an editor
 * has put a new one in its place, as most do.)
 * @throws EcoError ECO_FILE_UNREADABLE
 */
export async function watchPath(path: string, tell: (path: string) => void): Promise<FSWatcher> {
  const root = resolve(path);
  try {
    // Without this a path that isn't there would be watched for ever.
    statSync(root);
    const watcher = watch(root, {
      ignoreInitial: true,
      ignored: (one) => IGNORED.test(relative(root, one)),
    });
    watcher.on("all", (_event, one) => tell(resolve(one)));
    await once(watcher, "ready");
    return watcher;
  } catch (cause) {
    throw new EcoError("ECO_FILE_UNREADABLE", `${path} can't be watched: ${reasonOf(cause)}.`, {
      cause,
    });
  }
}
