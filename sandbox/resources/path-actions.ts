import type { Operation } from "../../specs/engine/catalog/types.ts";

/** What an operation without a capability does, as its path, verb and schemas suggest. */
export type ResourceAction =
  | "create"
  | "list"
  | "read"
  /** The thing that has what the path says: `GET /users/by-email/{email}`. */
  | "look-up"
  | "replace"
  | "change"
  | "remove"
  /** All things of a collection, or those that the query names: `DELETE /bookings`. */
  | "clear"
  /** A single thing under a fixed path: read, written, removed as a whole. */
  | "read-single"
  | "write-single"
  | "remove-single"
  /** A step on the thing that the path leads to: `POST /orders/{id}/cancel`. */
  | "act";

/**
 * A path by what it leads to: without a slash at its end, without the format that it asks for (`/calls/{id}.json`), and
 * with keys (`/Orders('{id}')` of OData) and steps (`/calls/{id}:cancel`) as segments of their own.
 */
export const canonical = (path: string): string =>
  path
    .replace(/\/$/, "")
    .replace(/(?<=[^/]):([A-Za-z][\w-]*)$/, "/$1")
    .replace(/\.(json|xml|ya?ml|csv|html)$/i, "")
    .replaceAll(/(?<=[^/])\('?(\{[^{}]+\})'?\)/g, "/$1");

/** What a method does to the one thing under a path. */
export function singleAction(method: Operation["method"]): ResourceAction {
  switch (method) {
    case "GET":
    case "HEAD":
    case "QUERY":
      return "read-single";
    case "PUT":
    case "PATCH":
      return "write-single";
    case "DELETE":
      return "remove-single";
    default:
      return "act";
  }
}

/** What a method does to an item of a collection. */
export function itemAction(method: Operation["method"]): ResourceAction {
  switch (method) {
    case "GET":
    case "HEAD":
    case "QUERY":
      return "read";
    case "PUT":
      return "replace";
    case "PATCH":
    case "POST":
      return "change";
    case "DELETE":
      return "remove";
    default:
      // What others do with a thing nobody here knows: it has to be there, and is shown as they declare.
      return "read";
  }
}

/** Names of the parameters in a path, in their order. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name);
}
