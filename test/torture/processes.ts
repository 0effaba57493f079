import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

export interface Process {
  readonly url: string;
  readonly pid: number;
  /** Resolves when it is gone. */
  readonly ended: Promise<void>;
  isRunning(): boolean;
  /** `kill -9`. */
  kill(): void;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
}

/** Starts a server of this folder; undefined where it dies before it listens. */
export async function startServer(
  args: readonly string[],
  script = "server.ts",
): Promise<Process | undefined> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit").then(() => undefined);
  const url = await Promise.race([firstLine(child), ended]);
  if (url === undefined) return undefined;
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: () => child.kill("SIGKILL"),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes("\n")) return text.slice(0, text.indexOf("\n"));
  }
  return undefined;
}

/** Resident memory in MB and open descriptors of a process; undefined where there is no /proc. */
export function usageOf(
  pid: number,
): { readonly memoryMb: number; readonly descriptors: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
    return { memoryMb: kilobytes / 1024, descriptors: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return undefined;
  }
}
