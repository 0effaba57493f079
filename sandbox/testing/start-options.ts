import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { EcoError } from "../../specs/engine/errors/index.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";
import { plusDuration } from "../capabilities/time.ts";
import type { CreateSandboxOptions } from "../index.ts";
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

/** All that `startSandbox` takes: who calls it from JavaScript has no compiler to say so. */
const OPTIONS: Readonly<Record<keyof StartSandboxOptions, true>> = {
  specs: true,
  host: true,
  url: true,
  bundle: true,
  now: true,
  patience: true,
  handlers: true,
  onFailure: true,
  store: true,
  validators: true,
  capabilities: true,
  seedRecords: true,
  allowLoopbackWebhooks: true,
  seed: true,
  randomness: true,
  tenant: true,
  wallClock: true,
  rateLimit: true,
  limits: true,
  bodyLimits: true,
  docsBase: true,
  cors: true,
  controlToken: true,
  tenantToken: true,
  sender: true,
  caller: true,
  certifier: true,
  steps: true,
  faults: true,
  faultCounts: true,
  log: true,
  onExchange: true,
  onFault: true,
};
const HOSTS = ["process", "http", "none"];

/** @throws EcoError `ECO_USAGE` for an option or a host that there isn't, and for a patience that is no duration */
export function checkOptions(options: StartSandboxOptions): void {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(OPTIONS, name))
      throw wrong(`startSandbox has no option ${name}`, name, Object.keys(OPTIONS));
  }
  const { host = "process", patience } = options;
  if (!HOSTS.includes(host)) throw wrong(`startSandbox has no host ${host}`, host, HOSTS);
  if (patience === undefined || plusDuration("2000-01-01T00:00:00Z", patience, "UTC") !== undefined) return;
  const fix = "Give an ISO 8601 duration such as PT2H or P1D.";
  throw new EcoError("ECO_USAGE", `startSandbox takes no patience ${patience}. ${fix}`, { fix });
}

/** Test runners show the message alone. */
function wrong(message: string, word: string, known: readonly string[]): EcoError {
  const fix = didYouMean(word, known) ?? `Use one of ${known.join(", ")}.`;
  return new EcoError("ECO_USAGE", `${message}. ${fix}`, { fix });
}
