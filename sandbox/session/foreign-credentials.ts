import type { Catalog, SecurityScheme } from "../../specs/engine/catalog/types.ts";
import { basicCredentials } from "../values/basic-credentials.ts";
import type { HeaderList } from "./format.ts";

const HIDDEN = "redacted";

export interface Addressed {
  readonly url: string;
  readonly headers: HeaderList;
}

export interface OwnCredentials {
  /** Whether the sandbox issued this access token itself. */
  isToken(token: string): Promise<boolean>;
  /** Whether a client of this id lives in the sandbox. */
  isClient(id: string): Promise<boolean>;
  /** Whether a client's secret is this. */
  isSecret(secret: string): Promise<boolean>;
}

/**
 * Takes credentials out of a request that the sandbox didn't issue: somebody's real ones, sent here by mistake or because
 * the spec set asks for any. What stays has the form of what was there, so that the sandbox answers as it would have.
 */
export class ForeignCredentials {
  readonly #own: OwnCredentials;
  readonly #keys: readonly SecurityScheme[];
  readonly #cookieParameters: ReadonlySet<string>;

  constructor(catalog: Catalog, own: OwnCredentials) {
    this.#own = own;
    this.#keys = catalog.operations
      .flatMap(({ security }) => security.flat().map(({ scheme }) => scheme))
      .filter(({ type }) => type === "apiKey");
    this.#cookieParameters = new Set(
      catalog.operations.flatMap(({ parameters }) =>
        parameters.filter((parameter) => parameter.in === "cookie").map(({ name }) => name),
      ),
    );
  }

  async hide({ url, headers }: Addressed): Promise<Addressed> {
    const keys = this.#names("header");
    const hidden = headers.map(async ([name, value]): Promise<readonly [string, string]> => {
      if (name === "authorization") return [name, await this.#authorization(value)];
      if (name === "proxy-authorization") return [name, HIDDEN];
      if (keys.has(name)) return [name, await this.#key(value)];
      return [name, name === "cookie" ? await this.#cookies(value) : value];
    });
    return { url: await this.#query(url), headers: await Promise.all(hidden) };
  }

  #names(place: string): ReadonlySet<string> {
    const named = this.#keys.filter((scheme) => scheme.in === place);
    return new Set(named.map(({ parameterName = "" }) => parameterName.toLowerCase()));
  }

  async #authorization(value: string): Promise<string> {
    const [scheme = "", credential = ""] = value.split(/\s+/, 2);
    if (credential === "") return value;
    if (scheme.toLowerCase() === "basic") {
      return (await this.#own.isClient(basicCredentials(credential)?.user ?? ""))
        ? value
        : `${scheme} ${btoa(`${HIDDEN}:${HIDDEN}`)}`;
    }
    const isOwn = (await this.#own.isToken(credential)) || (await this.#own.isSecret(credential));
    return isOwn ? value : `${scheme} ${hiddenToken(credential)}`;
  }

  async #key(value: string): Promise<string> {
    return (await this.#own.isSecret(value)) ? value : HIDDEN;
  }

  async #cookies(value: string): Promise<string> {
    const keys = this.#names("cookie");
    const pairs = value.split(";").map(async (pair) => {
      const [name = "", ...rest] = pair.split("=");
      if (keys.has(name.trim().toLowerCase())) return `${name}=${await this.#key(rest.join("=").trim())}`;
      return this.#cookieParameters.has(name.trim()) ? pair : `${name}=${HIDDEN}`;
    });
    return (await Promise.all(pairs)).join(";");
  }

  async #query(url: string): Promise<string> {
    const keys = this.#names("query");
    if (keys.size === 0) return url;
    const changed = new URL(url);
    for (const name of new Set(changed.searchParams.keys())) {
      if (!keys.has(name.toLowerCase())) continue;
      changed.searchParams.set(name, await this.#key(changed.searchParams.get(name) ?? ""));
    }
    return changed.href;
  }
}

/** A JWT keeps its header, which says how it was to be checked, and loses what it says and what proves it. */
function hiddenToken(token: string): string {
  const parts = token.split(".");
  return parts.length === 3 ? `${parts[0]}.${HIDDEN}.${HIDDEN}` : HIDDEN;
}
