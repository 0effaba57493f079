import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { packageRoot } from "../../specs/engine/package-root.ts";
import { sanitize } from "../output/sanitize.ts";

/** How much of what a program says is kept to explain its failure. */
const KEPT_LINES = 20;

/** Takes what a portal is made with: `build`, `pages` or `index`. */
export const portalTool = (): string => join(packageRoot(), "dist/lib/portal.js");

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Its working directory; that of eco where left out. */
  readonly cwd?: string;
  /** Told what it prints, as it comes. */
  readonly onText?: (text: string) => void;
}

/** A program that makes a portal, or a part of one, in a process of its own that ends with eco. */
export class Program {
  readonly child: ChildProcess;
  /**
   * Resolves when it has done its work.
   * Rejects with ECO_PORTAL_FAILED and what it said, or with ECO_INTERRUPTED where it was stopped.
   */
  readonly done: Promise<void>;
  #said = "";
  #isStopped = false;

  constructor(file: string, args: readonly string[], { env, cwd, onText }: ProgramOptions) {
    this.child = spawn(process.execPath, [file, ...args], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "advanced",
      // In a group with what it starts itself, so that all of it can be stopped.
      detached: process.platform !== "win32",
      windowsHide: true,
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env, NO_COLOR: "1" },
    });
    const hear = (text: string): void => {
      this.#said = `${this.#said}${text}`.split("\n").slice(-KEPT_LINES).join("\n");
      onText?.(text);
    };
    this.child.stdout?.setEncoding("utf8").on("data", hear);
    this.child.stderr?.setEncoding("utf8").on("data", hear);
    this.done = this.#ended();
    // Whoever only stops it doesn't wait for its work.
    this.done.catch(() => undefined);
  }

  /** Ends it at once, with what it started. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const { pid, exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null) {
      if (process.platform === "win32" || pid === undefined) this.child.kill();
      else process.kill(-pid, "SIGKILL");
    }
    await this.done.catch(() => undefined);
  }

  async #ended(): Promise<void> {
    const [status] = (await once(this.child, "close")) as [number | null];
    if (this.#isStopped)
      throw new EcoError("ECO_INTERRUPTED", "The portal is not made: what was there before still is.", {
        fix: "Run the same command again.",
      });
    if (status !== 0)
      throw new EcoError("ECO_PORTAL_FAILED", `The portal can't be built:\n${sanitize(this.#said.trim())}`);
  }
}
