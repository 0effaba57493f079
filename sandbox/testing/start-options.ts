import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { EcoError } from "../../specs/engine/errors/index.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";
import { plusDuration } from "../capabilities/time.ts";
import type { CreateSandboxOptions } from "../index.ts";
import { isObject, show } from "./match.ts";
import { refused } from "./refuse.ts";
import type { TestOptions } from "./test-sandbox.ts";

export interface StartSandboxOptions extends TestOptions, Partial<Omit<CreateSandboxOptions, "catalog">> {
  /** A directory of documents or one OpenAPI file, or what `loadCatalog` made of it. Default: the reference ecosystem. */
  readonly specs?: string | Catalog;
  /**
   * `process`: requests of this process to `url` are answered by the sandbox, through MSW. `http`: a server on a free
   * port of loopback. `none`: nothing is intercepted; compose `handlers` yourself, or `route` a page. Default `process`.
   */
  readonly host?: "process" | "http" | "none";
  /** Where the sandbox is pretended to be, but for `http`. Default `http://sandbox.localhost`. */
  readonly url?: string;
  /**
   * A file that is left by the first check that fails: the session from the start on, the state, the log. It replays with
   * `eco sandbox replay`, and the portal shows it. For what fails elsewhere, call `writeBundle`.
   */
  readonly bundle?: string;
}

/** Of what kind a value is, in words that complete "Give …". */
interface Kind {
  readonly give: string;
  fits(value: unknown): boolean;
}

const text: Kind = { give: "a text", fits: (value) => typeof value === "string" };
const list: Kind = { give: "a list", fits: Array.isArray };
const object: Kind = { give: "an object", fits: isObject };
const action: Kind = { give: "a function", fits: (value) => typeof value === "function" };
const duration: Kind = {
  give: "an ISO 8601 duration such as PT2H or P1D",
  fits: (value) =>
    typeof value === "string" && plusDuration("2000-01-01T00:00:00Z", value, "UTC") !== undefined,
};
const origin: Kind = {
  give: "an origin such as http://api.test, without a path",
  fits: (value) => typeof value === "string" && value.replace(/\/$/, "") === originOf(value),
};

/** All that `startSandbox` takes: who calls it from JavaScript has no compiler to say so. */
const OPTIONS: Readonly<Record<keyof StartSandboxOptions, Kind>> = {
  specs: {
    give: "the path of a folder or file, or the `catalog` that `loadCatalog` resolves to",
    fits: (value) => typeof value === "string" || (isObject(value) && Array.isArray(value["operations"])),
  },
  host: text,
  url: origin,
  bundle: { ...text, give: "the path of a file" },
  now: { ...text, give: "an RFC 3339 date-time such as 2026-03-16T08:00:00Z" },
  patience: duration,
  handlers: list,
  onFailure: action,
  store: object,
  validators: object,
  capabilities: list,
  seedRecords: action,
  allowLoopbackWebhooks: { give: "true or false", fits: (value) => typeof value === "boolean" },
  seed: text,
  randomness: {
    give: "`secure`, `seeded`, or randomness of your own",
    fits: (value) => value === "secure" || value === "seeded" || isObject(value),
  },
  tenant: text,
  wallClock: action,
  rateLimit: object,
  limits: list,
  bodyLimits: object,
  docsBase: text,
  cors: {
    give: "`loopback` or a list of origins",
    fits: (value) => value === "loopback" || Array.isArray(value),
  },
  controlToken: text,
  tenantToken: text,
  sender: action,
  caller: action,
  certifier: action,
  steps: object,
  faults: list,
  faultCounts: list,
  log: object,
  onExchange: action,
  onFault: action,
};
const HOSTS = ["process", "http", "none"];

/** @throws EcoError `ECO_USAGE` for an option or a host that there isn't, and for a value of another kind */
export function checkOptions(options: StartSandboxOptions): void {
  const given: unknown = options;
  if (!isObject(given))
    throw refused(`startSandbox takes no ${show(options)}`, 'Give an object, such as { specs: "./specs" }.');
  for (const [name, value] of Object.entries(options)) {
    if (!isOption(name)) throw unknown(`startSandbox has no option ${name}`, name, Object.keys(OPTIONS));
    const kind = OPTIONS[name];
    if (value !== undefined && !kind.fits(value))
      throw refused(`startSandbox takes no ${name} ${show(value)}`, `Give ${kind.give}.`);
  }
  const { host = "process", url } = options;
  if (!HOSTS.includes(host)) throw unknown(`startSandbox has no host ${host}`, host, HOSTS);
  if (host === "http" && url !== undefined)
    throw refused("startSandbox takes no url for the host http", "Leave it out, and ask `sandbox.url`.");
}

const isOption = (name: string): name is keyof StartSandboxOptions => Object.hasOwn(OPTIONS, name);

const unknown = (message: string, word: string, known: readonly string[]): EcoError =>
  refused(message, didYouMean(word, known) ?? `Use one of ${known.join(", ")}.`);

const originOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).origin : undefined);
