import type { Operation } from "../catalog/types.ts";
import { variablesIn } from "./markers.ts";
import type { CollectedRequest } from "./types.ts";

/** The folder of what removes or ends things: it is the last, since other folders may still work with them. */
export const CLEAN_UP = "Clean up";

/** What takes away what others work with: things, then one's own access, then everything. */
const ENDS_A_THING = /^(delete|remove|destroy|purge|cancel|revoke|archive|deactivate|terminate)/i;
const ENDS_ACCESS =
  /^(exit|leave|logout|signout|rotate|revoke|end)(party|user|session|account|credential|secret|token|$)/i;
const STARTS_OVER = /^reset/i;

/** How late it is in the cleaning up; 0 for what is no part of it. */
function ending({ method, id, path, summary }: Operation): number {
  if (method === "GET" || method === "HEAD") return /^(logout|signout)/i.test(lastWord(path)) ? 2 : 0;
  const names = [id.replace(/[^a-z]/gi, ""), lastWord(path), summary.replace(/ .*/, "")];
  if (names.some((name) => STARTS_OVER.test(name)) && !path.includes("{")) return 3;
  if (names.some((name) => ENDS_ACCESS.test(name))) return 2;
  return method === "DELETE" || names.some((name) => ENDS_A_THING.test(name)) ? 1 : 0;
}

const lastWord = (path: string): string =>
  path.split("/").findLast((segment) => !segment.includes("{")) ?? "";

export const folderOf = (operation: Operation): string =>
  ending(operation) > 0
    ? CLEAN_UP
    : (operation.tags[0] ?? operation.document.replace(/^.*\/|\.[a-z]+$/gi, ""));

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
    if (folderOf(a) === CLEAN_UP) return ending(a) - ending(b) || depth(b) - depth(a);
    return rank(a) - rank(b) || depth(a) - depth(b);
  });
}

/** Requests by folder, in their order. */
export const foldersOf = (requests: readonly CollectedRequest[]): [string, CollectedRequest[]][] => [
  ...Map.groupBy(requests, ({ folder }) => folder),
];

/**
 * The same requests with each folder after those whose answers it uses, and within a folder each request so. What
 * needs each other in a circle stays in its order, and the cleaning up stays the last.
 */
export function byNeed(requests: readonly CollectedRequest[]): CollectedRequest[] {
  const folders = foldersOf(requests);
  const cleaning = folders.filter(([name]) => name === CLEAN_UP).flatMap(([, inner]) => inner);
  const working = folders.filter(([name]) => name !== CLEAN_UP).map(([, inner]) => inner);
  return [
    ...afterSources(working, (inner) => inner).flatMap((inner) => afterSources(inner, (one) => [one])),
    ...cleaning,
  ];
}

/** @param requestsOf the requests of an item: one, or those of a folder */
function afterSources<T>(items: readonly T[], requestsOf: (item: T) => readonly CollectedRequest[]): T[] {
  const parts = items.map((item) => {
    const requests = requestsOf(item);
    const tells = new Set(requests.flatMap(({ captures }) => captures.map(({ variable }) => variable)));
    return {
      item,
      tells,
      needs: [...new Set(requests.flatMap(neededBy))].filter((name) => !tells.has(name)),
    };
  });
  const ordered: T[] = [];
  let left = parts;
  while (left.length > 0) {
    const isFree = (part: (typeof parts)[number]): boolean =>
      !left.some((other) => other !== part && part.needs.some((name) => other.tells.has(name)));
    const next = left.find(isFree) ?? left[0];
    if (next === undefined) break;
    ordered.push(next.item);
    left = left.filter((part) => part !== next);
  }
  return ordered;
}

/** Variables that a request can't go without: one in a query that is off is none. */
export function neededBy({ url, query, headers, body }: CollectedRequest): string[] {
  const sent = [...query, ...headers].filter(({ optional }) => optional !== true).map(({ value }) => value);
  const content = body === undefined ? [] : [JSON.stringify(body)];
  return [url, ...sent, ...content].flatMap(variablesIn);
}
