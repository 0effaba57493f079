import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure, median, perSecond } from "./figure.ts";
import { batch, delivery } from "./http.ts";
import { measure, runJson, startSandbox } from "./processes.ts";

/** Rated deliveries on SQLite, answered after their commit, beside bare commits of one row on the same disk. */
export async function durableFigures(rounds: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "eco-bench-"));
  const server = await startSandbox("specs", join(folder, "sandbox.db"));
  try {
    const commits: number[] = [];
    const single: number[] = [];
    const rows: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const time = { warmUpSeconds: round === 0 ? 8 : 0.5, seconds: 2.5 };
      const bare = await runJson<{ commitsPerSecond: number }>("bare-sqlite.mjs", [
        join(folder, "bare.db"),
        "2",
      ]);
      commits.push(bare.commitsPerSecond);
      single.push((await measure(server, { ...delivery, ...time })).perSecond);
      rows.push((await measure(server, { ...batch, ...time })).perSecond * batch.body.rows);
    }
    const figure = (what: string, speeds: readonly number[], atLeast: number): Figure => ({
      what,
      reading: `${perSecond(median(speeds))} of ${perSecond(median(commits))} bare commits`,
      ratio: median(speeds.map((speed, round) => speed / (commits[round] ?? Number.NaN))),
      bar: { atLeast },
    });
    return [figure("Durable, one by one, SQLite", single, 1), figure("Durable, in batches, SQLite", rows, 2)];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}
