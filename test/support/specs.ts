import { type LoadResult, loadCatalog } from "../../specs/engine/catalog/load.ts";

const loaded = new Map<string, Promise<LoadResult>>();

/**
 * A spec set of the project, loaded once in each process: who shares a catalogue shares the validators that were compiled
 * for it, which take longer than most tests. Nobody changes what they are given.
 *
 * @param path from the root of the project
 */
export function loadedSpecs(path = "specs"): Promise<LoadResult> {
  let result = loaded.get(path);
  if (result === undefined) {
    result = loadCatalog(path);
    loaded.set(path, result);
  }
  return result;
}
