import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const projectRoot = join(import.meta.dirname, "../../..");
const binary = join(projectRoot, "cli/bin.js");

export interface EcoResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  /** stdout as the one JSON line of `--json`. */
  readonly json: Envelope;
}

export interface Envelope {
  readonly schema: string;
  readonly ok: boolean;
  readonly result: unknown;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly fix: string;
    readonly docs: string;
  };
  readonly warnings: readonly string[];
}

export interface EcoOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly cwd?: string;
  /** A program with its first arguments that starts eco in its place. */
  readonly under?: readonly [string, ...string[]];
}

/** A home of its own, so that no test sees the settings of another, or of whoever runs it. */
export interface Home extends AsyncDisposable {
  readonly path: string;
  run(args: readonly string[], options?: EcoOptions): Promise<EcoResult>;
  start(args: readonly string[], options?: EcoOptions): ChildProcessWithoutNullStreams;
}

export async function newHome(): Promise<Home> {
  if (!existsSync(join(projectRoot, "dist/cli/main.js")))
    throw new Error("The tests of the command line run the built program: `npm run build` first.");
  const path = await mkdtemp(join(tmpdir(), "eco-cli-"));
  const start: Home["start"] = (args, options = {}) => {
    const [program, ...first] = [...(options.under ?? []), process.execPath, binary];
    return spawn(program, [...first, ...args], {
      cwd: options.cwd ?? path,
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: path,
        XDG_CONFIG_HOME: join(path, "config"),
        XDG_CACHE_HOME: join(tmpdir(), "eco-cli-cache"),
        TZ: "Pacific/Chatham",
        ...options.env,
      },
    });
  };
  return {
    path,
    start,
    run: (args, options = {}) => finished(start(args, options), options.stdin),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** Everything that a process printed, and how it ended. Its stdin is closed after `stdin`, unless the caller goes on writing. */
export async function finished(
  child: ChildProcessWithoutNullStreams,
  stdin = "",
  closesStdin = true,
): Promise<EcoResult> {
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk;
  });
  child.stdin.on("error", () => undefined);
  if (closesStdin) child.stdin.end(stdin);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return {
    stdout,
    stderr,
    status,
    get json() {
      const lines = stdout.trimEnd().split("\n");
      if (lines.length !== 1) throw new Error(`Not one JSON line but ${lines.length}:\n${stdout}\n${stderr}`);
      return JSON.parse(stdout) as Envelope;
    },
  };
}
