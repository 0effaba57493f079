import { afterAll, beforeAll } from "vitest";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { type Home, newHome } from "./eco.ts";
import { type RunningSandbox, startSandbox } from "./sandbox.ts";

/** A home and a sandbox for all tests of a file, there from the first of them on. */
export function useSandbox(args?: readonly string[]): {
  readonly home: Home;
  readonly sandbox: RunningSandbox;
} {
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
  return {
    get home() {
      return started(home);
    },
    get sandbox() {
      return started(sandbox);
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
