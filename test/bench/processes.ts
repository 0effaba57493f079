import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import type { Load, Measured } from "./load.ts";

export const root = join(import.meta.dirname, "../..");

export interface Server {
  readonly origin: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const address = /http:\/\/127\.0\.0\.1:\d+/;

/** Starts a Node program and resolves with the address that it prints. */
export async function startServer(args: readonly string[], env = process.env): Promise<Server> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  // Notes for people, of interest only where the start fails.
  child.stderr.on("data", (chunk) => {
    output += String(chunk);
  });
  for await (const chunk of child.stdout) {
    output += String(chunk);
    const origin = address.exec(output)?.[0];
    if (origin !== undefined) return serverOf(child, origin);
  }
  throw new Error(`node ${args.join(" ")} ended without an address: ${output}`);
}

/** The sandbox as its users start it. `specs` and a database file are taken from the root of the project. */
export const startSandbox = (specs: string, database: string, env = process.env): Promise<Server> =>
  startServer(
    [
      join(root, "cli/bin.js"),
      ...["sandbox", "start", "--specs", join(root, specs), "--port", "0", "--database", database, "--json"],
    ],
    env,
  );

export const startBareHono = (): Promise<Server> =>
  startSilent((port) => [join(import.meta.dirname, "bare-hono.mjs"), String(port)]);

/** Starts a Node program that doesn't say when it listens: it is ready when its port takes connections. */
export async function startSilent(args: (port: number) => readonly string[]): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, args(port), { stdio: ["ignore", "ignore", "inherit"] });
  for (let tries = 0; tries < 3_000; tries++) {
    if (await answers(port)) return serverOf(child, `http://127.0.0.1:${port}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${args(port).join(" ")} doesn't answer`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function serverOf(child: ChildProcess, origin: string): Server {
  return {
    origin,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** Runs a Node program to its end and parses the JSON that it prints. */
export async function runJson<T>(
  script: string,
  args: readonly string[],
  nodeFlags: readonly string[] = [],
): Promise<T> {
  const child = spawn(process.execPath, [...nodeFlags, join(import.meta.dirname, script), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}`);
  return JSON.parse(output) as T;
}

export async function measure(server: Server, load: Omit<Load, "origin" | "pid">): Promise<Measured> {
  const measured = await runJson<Measured>("load.ts", [
    JSON.stringify({ ...load, origin: server.origin, pid: server.pid }),
  ]);
  if (measured.refused !== undefined) throw new Error(`${load.path} was refused: ${measured.refused}`);
  return measured;
}
