import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { useSandbox } from "./support/shared.ts";

const recorder = `--import=${join(import.meta.dirname, "support/record-loads.ts")}`;
/** Of the built program: what serves, what rates, what compiles documents, what only some commands need. */
const HEAVY = /^(sandbox|rating|compile|source|certification|difference|ajv)-[\w-]{8}\.js$/;

const shared = useSandbox();

/** What a command loads, whose catalogue is in the cache. */
async function loadedBy(command: string): Promise<string[]> {
  const words = command.split(" ");
  const given = [...words, "--sandbox", shared.sandbox.url];
  expect(await shared.home.run(given)).toMatchObject({ status: 0 });
  const file = join(shared.home.path, `loads-${words.join("-")}`);
  const env = { NODE_OPTIONS: recorder, RECORDED_LOADS: file };
  expect(await shared.home.run(given, { env })).toMatchObject({ status: 0 });
  return (await readFile(file, "utf8")).trimEnd().split("\n");
}

it.each(["deliveries list --profile blueline", "status --profile blueline", "sandbox clock"])(
  "%s loads what it needs to ask a server, and neither a sandbox nor another package's files",
  async (command) => {
    const loaded = await loadedBy(command);
    expect(loaded.map((url) => basename(url))).toContain("main.js");
    expect(loaded.filter((url) => url.includes("node_modules"))).toEqual([]);
    expect(loaded.map((url) => basename(url)).filter((name) => HEAVY.test(name))).toEqual([]);
  },
);
