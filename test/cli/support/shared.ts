import { afterAll, beforeAll } from "vitest";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { type EcoResult, type Home, newHome } from "./eco.ts";
import { type RunningSandbox, startSandbox } from "./sandbox.ts";

/** A home and a sandbox that all tests of a file share. */
export interface SharedSandbox {
  readonly home: Home;
  readonly sandbox: RunningSandbox;
  /** Runs `eco` there with the credentials of a party. */
  as(profile: string, ...args: string[]): Promise<EcoResult>;
  /** The same for what has to succeed. @returns what it printed */
  done(profile: string, ...args: string[]): Promise<string>;
}

/** There from the first test of the file on. */
export function useSandbox(args?: readonly string[]): SharedSandbox {
  let home: Home | undefined;
  let sandbox: RunningSandbox | undefined;
  beforeAll(async () => {
    home = await newHome();
    sandbox = await startSandbox(home, args);
  });
  afterAll(async () => {
    await sandbox?.[Symbol.asyncDispose]();
    await home?.[Symbol.asyncDispose]();
  });
  const as: SharedSandbox["as"] = (profile, ...args) =>
    started(home).run([...args, "--sandbox", started(sandbox).url, "--profile", profile]);
  return {
    get home() {
      return started(home);
    },
    get sandbox() {
      return started(sandbox);
    },
    as,
    done: async (profile, ...args) => {
      const { status, stdout, stderr } = await as(profile, ...args);
      if (status !== 0) throw new Error(`eco ${args.join(" ")} ended with ${status}: ${stderr}`);
      return stdout;
    },
  };
}

/** A home and a PostgreSQL for all tests of a file, there from the first of them on. */
export function usePostgres(): { readonly home: Home; newDatabase(): Promise<string> } {
  let home: Home | undefined;
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    home = await newHome();
    server = await startPostgres();
  });
  afterAll(async () => {
    await server?.remove();
    await home?.[Symbol.asyncDispose]();
  });
  return {
    get home() {
      return started(home);
    },
    newDatabase: () => started(server).newDatabase(),
  };
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("It is there from the first test on, and not before.");
  return value;
}
