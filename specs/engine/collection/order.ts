import type { Operation } from "../catalog/types.ts";
import type { CollectedRequest } from "./types.ts";

/** The folder of what removes things: it is the last, since other folders may still work with them. */
export const CLEAN_UP = "Clean up";

export const folderOf = ({ method, tags, document }: Operation): string =>
  method === "DELETE" ? CLEAN_UP : (tags[0] ?? document.replace(/^.*\/|\.[a-z]+$/gi, ""));

/** Within a folder what is made is read after that, then changed. */
function rank({ method, path }: Operation): number {
  const toItem = path.includes("{");
  if (method === "GET" || method === "HEAD") return toItem ? 2 : 1;
  return toItem ? 3 : 0;
}

const depth = ({ path }: Operation): number => path.split("/").length;

/** Folders in the order of the documents, and requests in one in which a reader can run them from top to bottom. */
export function inOrder(operations: readonly Operation[]): Operation[] {
  const folders = [...new Set(operations.map(folderOf).filter((one) => one !== CLEAN_UP)), CLEAN_UP];
  const place = new Map(folders.map((folder, at) => [folder, at]));
  const folderAt = (one: Operation): number => place.get(folderOf(one)) ?? folders.length;
  return operations.toSorted((a, b) => {
    const byFolder = folderAt(a) - folderAt(b);
    if (byFolder !== 0) return byFolder;
    // What lies deeper goes first, where what it lies in is removed too.
    if (a.method === "DELETE") return depth(b) - depth(a);
    return rank(a) - rank(b) || depth(a) - depth(b);
  });
}

/** Requests by folder, in their order. */
export const foldersOf = (requests: readonly CollectedRequest[]): [string, CollectedRequest[]][] => [
  ...Map.groupBy(requests, ({ folder }) => folder),
];
