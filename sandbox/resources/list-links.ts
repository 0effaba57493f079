import { writePath } from "../../specs/engine/catalog/exchange/paths.ts";
import { serialiseSearch } from "../../specs/engine/catalog/exchange/serialise-parameter.ts";
import type { ListParameter } from "./list-parameters.ts";
import type { What } from "./list-said.ts";
import type { ListPage, ListRequest } from "./listing.ts";
import type { SchemaNode } from "./schemas.ts";
import type { Step } from "./step.ts";

type Relation = "self" | "first" | "prev" | "next" | "last";

const RELATIONS: readonly Relation[] = ["self", "first", "prev", "next", "last"];
const OF_SAID: Partial<Record<What, Relation>> = {
  "self-link": "self",
  "first-link": "first",
  "previous-link": "prev",
  "next-link": "next",
  "last-link": "last",
};

/** Links from one page of a list to others: the request as it came, asking for another page. */
export class PageLinks {
  readonly #step: Step;
  readonly #page: ListPage;
  readonly #request: ListRequest;
  /** The parameter that says which page. */
  readonly #turning: ListParameter | undefined;

  constructor(step: Step, page: ListPage, request: ListRequest) {
    this.#step = step;
    this.#page = page;
    this.#request = request;
    const { parameters } = step.plan.list;
    this.#turning = (["cursor", "page", "offset"] as const)
      .map((kind) => parameters.find(({ meaning }) => meaning.kind === kind))
      .find((parameter) => parameter !== undefined);
  }

  /** As a schema wants it: whole, or from the root on where its example begins there. */
  to(what: What, { schema }: SchemaNode): string | undefined {
    const relation = OF_SAID[what];
    const target = relation && this.#target(relation);
    if (target === undefined) return undefined;
    return /^\/[^/]/.test(String(schema["example"] ?? "")) ? target : this.#whole(target);
  }

  relations(): readonly { readonly rel: string; readonly href: string }[] {
    return RELATIONS.flatMap((rel) => {
      const target = this.#target(rel);
      return target === undefined ? [] : [{ rel, href: this.#whole(target) }];
    });
  }

  /** RFC 8288; empty where there is no other page. */
  header(): string {
    return RELATIONS.filter(
      (rel) => rel !== "self" && (rel === "next" || this.#page.first > 0 || this.#page.cursor),
    )
      .flatMap((rel) => {
        const target = this.#target(rel);
        return target === undefined ? [] : [`<${this.#whole(target)}>; rel="${rel}"`];
      })
      .join(", ");
  }

  #whole(target: string): string {
    return `${this.#step.origin}${target}`;
  }

  #target(relation: Relation): string | undefined {
    const { first, cursor, total } = this.#page;
    const limit = Math.max(this.#request.limit, 1);
    switch (relation) {
      case "self":
        return this.#at(undefined);
      case "next":
        return cursor === undefined ? undefined : this.#at(first + this.#page.items.length);
      case "first":
        return this.#turning === undefined ? undefined : this.#at(0);
      case "prev":
        return first === 0 || this.#turns() ? undefined : this.#at(Math.max(first - limit, 0));
      case "last":
        return this.#turns() ? undefined : this.#at(Math.floor(Math.max(total - 1, 0) / limit) * limit);
    }
  }

  /** Cursors lead on, never back. */
  #turns(): boolean {
    return this.#turning === undefined || this.#turning.meaning.kind === "cursor";
  }

  /** The request for the page that begins at a place; as it came without one. */
  #at(place: number | undefined): string | undefined {
    const { plan, parts } = this.#step;
    const { operation } = plan;
    const body = operation.method !== "GET" && operation.method !== "HEAD";
    if (body) return undefined;
    const query: Record<string, unknown> = structuredClone({ ...parts.query });
    if (place !== undefined && !this.#turn(query, place)) return undefined;
    const path = operation.path.replace(/\{([^{}]+)\}/g, (_, name: string) =>
      encodeURIComponent(String(parts.path[name])),
    );
    // Brackets stand in no valid URI, though all read them.
    const search = serialiseSearch(operation, query).replaceAll("[", "%5B").replaceAll("]", "%5D");
    return `${path}${search}`;
  }

  #turn(query: Record<string, unknown>, place: number): boolean {
    const { limit } = this.#request;
    const parameter = this.#turning;
    if (parameter === undefined) return false;
    const { meaning, at } = parameter;
    const { cursor } = this.#page;
    switch (meaning.kind) {
      case "page":
        writePath(query, at, { value: Math.floor(place / Math.max(limit, 1)) + meaning.first, indices: [] });
        return true;
      case "offset":
        writePath(query, at, { value: place + meaning.first, indices: [] });
        return true;
      default:
        if (place === 0) {
          const [name] = at;
          delete query[name];
          return at.length === 1;
        }
        if (cursor === undefined) return false;
        writePath(query, at, { value: cursor, indices: [] });
        return true;
    }
  }
}
