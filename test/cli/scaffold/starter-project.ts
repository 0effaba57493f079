import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type EcoResult, finished, type Home, projectRoot } from "../support/eco.ts";

/** What a starter's `npm install` would bring; all of it is here already. */
const PACKAGES = ["openapi-fetch", "standardwebhooks", "typescript", "openapi-typescript", "@types/node"];

/** A starter that was written, with its packages linked in the place of an installation. */
export interface StarterProject {
  readonly directory: string;
  /** Every file of it by its name. */
  readonly files: Readonly<Record<string, string>>;
  /** Runs Node in it, as its scripts do. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcessWithoutNullStreams;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<EcoResult>;
  /** What the compiler says; empty where it finds nothing wrong. */
  typeErrors(): Promise<string>;
}

export async function openStarter(home: Home, directory: string): Promise<StarterProject> {
  const modules = join(directory, "node_modules");
  const { name } = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8")) as { name: string };
  const links = [
    ...PACKAGES.map((one) => [one, join(projectRoot, "node_modules", one)]),
    [name, projectRoot],
  ];
  const files = await filesOf(directory);
  for (const [link = "", target = ""] of links) {
    await mkdir(dirname(join(modules, link)), { recursive: true });
    await symlink(target, join(modules, link), "junction");
  }
  const start: StarterProject["start"] = (args, env = {}) =>
    spawn(process.execPath, args, {
      cwd: directory,
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: home.path,
        XDG_CONFIG_HOME: join(home.path, "config"),
        ...env,
      },
    });
  const run: StarterProject["run"] = (args, env) => finished(start(args, env));
  const typeErrors = async (): Promise<string> => (await run(["node_modules/typescript/bin/tsc"])).stdout;
  return { directory, files, start, run, typeErrors };
}

async function filesOf(directory: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[path.slice(directory.length + 1)] = await readFile(path, "utf8");
  }
  return files;
}

/** A starter's receiver in a process of its own. */
export interface RunningReceiver extends AsyncDisposable {
  /** Of its webhooks. */
  readonly url: string;
  /** All that it has printed so far. */
  readonly told: string;
}

export async function startReceiver(
  starter: StarterProject,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningReceiver> {
  const child = starter.start(["src/main.ts"], { PORT: "0", ...env });
  let told = "";
  const url = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      told += chunk;
      const found = /Receiving events at (\S+)\n/.exec(told)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("close", () => reject(new Error(`The receiver did not start:\n${told}`)));
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  return {
    url: await url,
    get told() {
      return told;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}
