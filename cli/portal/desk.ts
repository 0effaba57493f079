import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { assertSound, type LoadResult, loadCatalog } from "../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { toEcoError } from "../errors/usage.ts";
import { openRating } from "../rating.ts";
import { type LocalServer, serveLocally } from "../serve-locally.ts";
import { Edition } from "./edition.ts";
import { inputsAsEnvironment, type PortalInputs } from "./inputs.ts";
import { portalHandler } from "./portal-handler.ts";
import { Program, portalTool } from "./program.ts";
import { Reload } from "./reload.ts";

export interface Development extends PortalInputs {
  readonly base: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Looks at what is beside the specs, each time before it is shown. @throws EcoError */
  readonly check: (catalog: Catalog) => Promise<void>;
}

/** What there is to tell meanwhile. */
export interface Watching {
  /** The portal can be opened. */
  ready(shown: Summary & { readonly url: string }): void;
  /** Pages show what has changed. @param changed paths, as the user would name them */
  shown(shown: Summary, changed: readonly string[]): void;
  /** What has changed can't be shown; what was shown before still is. */
  broken(error: EcoError): void;
}

export interface Summary {
  readonly catalog: Catalog;
  /** Of HTML. */
  readonly pages: number;
}

const COMMAND = "portal dev";

interface Loaded extends LoadResult {
  /** Why its rate cards can't be used, where they can't. */
  readonly unrated: EcoError | undefined;
}

interface Shown {
  readonly edition: Edition;
  /** What it was made from. */
  readonly loaded: Loaded;
}

/** A portal that is looked at while it changes: its server, what makes its pages, and its editions. */
export class Desk {
  readonly #options: Development;
  readonly #tell: Watching;
  readonly #reload = new Reload();
  readonly #first = Promise.withResolvers<Edition>();
  #folder = "";
  #server: LocalServer | undefined;
  #tool: Program | undefined;
  #assets: ReadonlySet<string> = new Set();
  #shown: Shown | undefined;
  /** The latest of which all is written: what is shown again where a newer one breaks. */
  #whole: Shown | undefined;
  #count = 0;
  #isClosed = false;

  constructor(options: Development, tell: Watching) {
    this.#options = options;
    this.#tell = tell;
  }

  /** Shows the documents as they are now. Rejects where they never were shown and can't be; later that is told. */
  async show(signal: AbortSignal, changed: readonly string[]): Promise<void> {
    if (this.#shown === undefined) return this.#open(signal);
    try {
      if (await this.#follow(this.#shown, signal)) this.#tell.shown(this.#summary(), changed);
    } catch (error) {
      if (!signal.aborted) this.#tell.broken(toEcoError(error, COMMAND));
    }
  }

  /** Ends all that runs, and leaves nothing behind. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#tool?.stop();
    await this.#server?.close();
    await Promise.all([this.#shown, this.#whole].map((one) => one?.edition.stop()));
    if (this.#folder !== "") await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #open(signal: AbortSignal): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), "eco-portal-"));
    const { base, port } = this.#options;
    const handler = portalHandler({
      base,
      current: async () => this.#shown?.edition ?? this.#first.promise,
      asset: async (file) => (this.#assets.has(file) ? readFile(join(this.#site, file)) : undefined),
      reload: this.#reload,
    });
    this.#server = await serveLocally(handler, port);
    const making = this.#makeProgram(signal);
    making.catch(() => undefined);
    const loaded = await this.#load();
    await making;
    this.#put({ edition: await this.#start(signal), loaded });
    this.#tell.ready({ ...this.#summary(), url: `${this.#server.origin}${base}` });
  }

  /** @returns whether there is a newer edition */
  async #follow(shown: Shown, signal: AbortSignal): Promise<boolean> {
    const loaded = await this.#load();
    const known = new Set(
      shown.loaded.findings.map(({ code, document, message }) => `${code} ${document} ${message}`),
    );
    assertSound(
      loaded.findings.filter(({ code, document, message }) => !known.has(`${code} ${document} ${message}`)),
    );
    // The scripts of pages take what was fit to rate by for checked.
    if (loaded.unrated !== undefined && shown.loaded.unrated === undefined) throw loaded.unrated;
    const edition = await this.#start(signal);
    // What was saved meanwhile may be half of something: it is shown once it was looked at.
    if ((await this.#load()).catalog.digest !== loaded.catalog.digest) {
      await edition.stop();
      return false;
    }
    this.#put({ edition, loaded });
    return true;
  }

  /** @throws EcoError where a document can't be read */
  async #load(): Promise<Loaded> {
    const { catalog, findings } = await loadCatalog(this.#options.specs, {
      cacheDir: join(this.#folder, ".eco/cache"),
    });
    await this.#options.check(catalog);
    const unrated = await openRating(catalog).then(
      () => undefined,
      (error: unknown) => toEcoError(error, COMMAND),
    );
    return { catalog, findings, unrated };
  }

  /** What makes the pages, bundled once for all editions, and the files that are the same in all of them. */
  async #makeProgram(signal: AbortSignal): Promise<void> {
    this.#tool = new Program(portalTool(), ["pages"], {
      env: {
        ...inputsAsEnvironment(this.#options),
        ECO_PORTAL_OUT: this.#site,
        ECO_PORTAL_PROGRAM: join(this.#folder, "program"),
        ECO_PORTAL_BASE: this.#options.base,
        ECO_PORTAL_CACHE: join(this.#folder, "cache"),
      },
      cwd: this.#folder,
    });
    signal.addEventListener("abort", () => this.#tool?.stop());
    await this.#tool.done;
    const names = await readdir(this.#site, { recursive: true });
    this.#assets = new Set(names.map((name) => name.replaceAll("\\", "/")));
  }

  get #site(): string {
    return join(this.#folder, "site");
  }

  #start(signal: AbortSignal): Promise<Edition> {
    this.#count += 1;
    const program = join(this.#folder, "program/prerender-entry.mjs");
    return Edition.start(program, join(this.#folder, `edition-${this.#count}`), this.#options, signal);
  }

  /** Puts an edition into the place of the former one, which stays behind it until this one is whole. */
  #put(shown: Shown): void {
    const former = this.#shown;
    this.#shown = shown;
    this.#first.resolve(shown.edition);
    this.#reload.tell(`${basename(this.#folder)}-${this.#count}`);
    if (former !== this.#whole) void former?.edition.stop();
    shown.edition.whole.then(
      () => this.#keep(shown),
      (error: unknown) => this.#goBack(shown, error),
    );
  }

  #keep(shown: Shown): void {
    const former = this.#whole;
    this.#whole = shown;
    if (former !== shown) void former?.edition.stop();
  }

  #goBack(broken: Shown, error: unknown): void {
    if (this.#shown !== broken || this.#isClosed) return;
    this.#tell.broken(toEcoError(error, COMMAND));
    if (this.#whole !== undefined) this.#put(this.#whole);
  }

  #summary(): Summary {
    const { edition, loaded } = this.#shown as Shown;
    return { catalog: loaded.catalog, pages: edition.pages };
  }
}
