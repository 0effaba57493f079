import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { packageRoot } from "../../specs/engine/package-root.ts";

export const root = packageRoot();
const bin = join(root, "cli/bin.js");

/** A command that ran to its end. */
export interface Ran {
  readonly exitCode: number;
  /** The envelope that `--json` printed; undefined where it printed none. */
  readonly result: Readonly<Record<string, unknown>> | undefined;
  /** `error.message` and `error.fix` of a failed one. */
  readonly error: string | undefined;
}

/** Runs `eco` as a user would, with its progress on this terminal, and reads what it says with `--json`. */
export async function eco(args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [bin, ...args, "--json", "--no-input"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = await once(child, "close");
  const envelope = parse(Buffer.concat(chunks).toString("utf8"));
  return {
    exitCode: typeof code === "number" ? code : 1,
    result: envelope?.["result"] as Ran["result"],
    error: errorIn(envelope),
  };
}

/** What went wrong and how to mend it, where an envelope says that something did. */
function errorIn(envelope: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const error = envelope?.["error"] as { message?: string; fix?: string } | undefined;
  return error && `${error.message ?? ""} ${error.fix ?? ""}`.trim();
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** A process that serves until it is stopped. */
export interface Service {
  /** The first line it printed, which says where it can be reached. */
  readonly ready: Readonly<Record<string, unknown>>;
  readonly stopped: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a program and waits for the JSON line with which it says that it serves.
 * @throws Error when it says that it can't, or ends before, with what it said last
 */
export async function startService(name: string, args: readonly string[]): Promise<Service> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString("utf8")));
  const stopped = once(child, "close").then(() => undefined);
  const ready = await Promise.race([firstLine(child), stopped]);
  const line = ready === undefined ? undefined : parse(ready);
  const error = errorIn(line);
  if (line === undefined || error !== undefined) {
    child.kill();
    const last = error ?? `${ready ?? ""} ${said.join("")}`.trim();
    throw new Error(`The ${name} did not start: ${last || "no word from it"}`);
  }
  return {
    ready: line,
    stopped,
    async stop() {
      if (child.exitCode === null) child.kill("SIGTERM");
      await stopped;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  if (child.stdout === null) return undefined;
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    // What follows is not read, but the pipe must not fill up.
    child.stdout.resume();
    return line;
  }
  return undefined;
}

/** The wanted port where it is free, else 0 for any. */
export async function portOrAny(wanted: number): Promise<number> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(wanted, "127.0.0.1", () => resolve(true));
  });
  if (!free) return 0;
  await new Promise((resolve) => server.close(resolve));
  return wanted;
}

const LAST_WORDS = 4_000;

/** Runs a program without a word from it. @throws Error when it fails, with what it said last */
export async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      said = (said + chunk).slice(-LAST_WORDS);
    });
  const [code] = await once(child, "close");
  if (code !== 0)
    throw new Error(`\`${command} ${args.join(" ")}\` failed with status ${code}:\n${said.trim()}`);
}
