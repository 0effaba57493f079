import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";

const KILLS = Number(process.env["ECO_KILLS"] ?? 8);
const writer = fileURLToPath(new URL("kill-writer.ts", import.meta.url));

/** Lets a writer run until it has acknowledged some, and kills it in the middle of the next ones. */
function killedWriter(path: string, prefix: string, acknowledgements: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, path, prefix], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.split("\n").length > acknowledgements) child.kill("SIGKILL");
    });
    child.on("error", reject);
    // The last line may have been cut off by the kill.
    child.on("close", () => resolve(output.split("\n").slice(0, -1)));
  });
}

it(
  "loses nothing that was acknowledged, and nothing is half there, however often it is killed",
  async () => {
    const directory = await mkdtemp(join(tmpdir(), "eco-kill-"));
    onTestFinished(() => rm(directory, { recursive: true }));
    const path = join(directory, "sandbox.db");
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      acknowledged.push(...(await killedWriter(path, `k${kill}`, 1 + ((kill * 37) % 90))));
      const store = SqliteStore.open(path);
      const state = await store.export("main");
      const ids = state.records.map(({ id }) => id);
      const known = new Set(ids);
      expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
      expect(state.events.map(({ id }) => id)).toEqual(ids);
      expect(state.transactions.map(({ id }) => id)).toEqual(ids);
      expect(await store.reader("main").postings({ limit: Infinity })).toHaveLength(2 * ids.length);
      expect(state.balances.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)).toBe(0n);
      expect(state.records.map(({ sequence }) => sequence)).toEqual(ids.map((_, index) => index + 1));
      const last = ids.at(-1) ?? "";
      expect((await store.idempotentAnswer("main", last))?.body).toBe(last);
      await store.close();
    }
    expect(acknowledged.length).toBeGreaterThan(KILLS);
  },
  60_000 + KILLS * 3_000,
);
