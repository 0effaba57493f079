import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { packageRoot } from "../../specs/engine/package-root.ts";
import type { EditionAsk, EditionNews } from "../../specs/engine/portal-edition.ts";
import { inputsAsEnvironment, type PortalInputs } from "./inputs.ts";
import { Program, portalTool } from "./program.ts";

/** Made last, of all pages together. */
const SEARCH = "pagefind";

interface Asked extends PromiseWithResolvers<Uint8Array> {
  readonly file: string;
}

/**
 * The portal of the documents as they were at one moment. It can be read before it is written: any page is made for
 * whoever asks, and search waits until there is something to search.
 */
export class Edition {
  /** Resolves when all of it is in its folder. Rejects as its programs do. */
  readonly whole: Promise<void>;
  readonly #folder: string;
  readonly #ready = Promise.withResolvers<void>();
  /** Those that have no answer yet. */
  readonly #asks = new Map<number, Asked>();
  #files: ReadonlySet<string> = new Set();
  #searchFiles: ReadonlySet<string> = new Set();
  #program: Program;
  #asked = 0;
  #isWritten = false;

  /** Rejects with ECO_PORTAL_FAILED where its pages can't be known, with ECO_INTERRUPTED after the signal. */
  static async start(
    program: string,
    folder: string,
    inputs: PortalInputs,
    signal: AbortSignal,
  ): Promise<Edition> {
    await mkdir(folder, { recursive: true });
    const edition = new Edition(program, folder, inputs);
    const stop = (): void => void edition.stop();
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    try {
      await Promise.race([edition.#ready.promise, edition.whole]);
      return edition;
    } catch (error) {
      await edition.stop();
      throw error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  private constructor(program: string, folder: string, inputs: PortalInputs) {
    this.#folder = folder;
    this.#program = new Program(program, [], {
      env: { ...inputsAsEnvironment(inputs), ECO_ROOT: packageRoot(), ECO_PORTAL_OUT: folder },
      // Where it finds the catalogue that was compiled here.
      cwd: dirname(folder),
    });
    this.#program.child.on("message", (news: EditionNews) => this.#hear(news));
    this.whole = this.#finish();
    this.whole.catch((error: unknown) => {
      for (const { reject } of this.#asks.values()) reject(error);
    });
  }

  /** How many pages it has. */
  get pages(): number {
    return [...this.#files].filter((file) => file.endsWith(".html")).length;
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  /** A file as a built portal has it, `api/index.html`; undefined where it has none. Rejects once it was stopped. */
  async read(file: string): Promise<Uint8Array | undefined> {
    if (this.has(file)) return this.#isWritten ? this.#readWritten(file) : this.#ask(file);
    if (!file.startsWith(`${SEARCH}/`)) return undefined;
    await this.whole;
    return this.#searchFiles.has(file) ? this.#readWritten(file) : undefined;
  }

  /** Ends it, and removes what it has written. */
  async stop(): Promise<void> {
    await this.#program.stop();
    await this.whole.catch(() => undefined);
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #ask(file: string): Promise<Uint8Array> {
    const asked = { file, ...Promise.withResolvers<Uint8Array>() };
    const ask: EditionAsk = { ask: ++this.#asked, file };
    this.#asks.set(ask.ask, asked);
    // What can't be sent any more is answered with all that is left when the program has ended.
    this.#program.child.send(ask, () => undefined);
    return asked.promise;
  }

  #hear(news: EditionNews): void {
    if (news.kind === "ready") {
      this.#files = new Set(news.files);
      this.#ready.resolve();
    } else if (news.kind === "made") {
      this.#asks.get(news.ask)?.resolve(news.content);
      this.#asks.delete(news.ask);
    } else {
      this.#isWritten = true;
      for (const { file, resolve } of this.#asks.values()) resolve(this.#readWritten(file));
      this.#asks.clear();
    }
  }

  #readWritten(file: string): Promise<Uint8Array> {
    return readFile(join(this.#folder, file));
  }

  async #finish(): Promise<void> {
    await this.#program.done;
    this.#program = new Program(portalTool(), ["index"], { env: { ECO_PORTAL_OUT: this.#folder } });
    await this.#program.done;
    const names = await readdir(join(this.#folder, SEARCH), { recursive: true, withFileTypes: true });
    this.#searchFiles = new Set(
      names
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(this.#folder.length + 1)
            .replaceAll("\\", "/"),
        ),
    );
  }
}
