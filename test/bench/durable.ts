import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure, median, perSecond } from "./figure.ts";
import { batch, delivery } from "./http.ts";
import { measure, runJson, startSandbox } from "./processes.ts";

/** The more requests wait at once, the more share a commit: figures are given for a few and for many. */
const MANY = 128;

/** Rated deliveries on SQLite, answered after their commit, beside bare commits of one row on the same disk. */
export async function durableFigures(rounds: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "eco-bench-"));
  const server = await startSandbox("specs", join(folder, "sandbox.db"));
  try {
    const commits: number[] = [];
    const few: number[] = [];
    const many: number[] = [];
    const rows: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const time = { warmUpSeconds: round === 0 ? 8 : 0.5, seconds: 2.5 };
      const bare = await runJson<{ commitsPerSecond: number }>("bare-sqlite.mjs", [
        join(folder, "bare.db"),
        "2",
      ]);
      commits.push(bare.commitsPerSecond);
      few.push((await measure(server, { ...delivery, ...time })).perSecond);
      many.push((await measure(server, { ...delivery, ...time, connections: MANY })).perSecond);
      rows.push((await measure(server, { ...batch, ...time })).perSecond * batch.body.rows);
    }
    const figure = (what: string, speeds: readonly number[], atLeast: number): Figure => ({
      what: `Durable, SQLite, ${what}`,
      reading: `${perSecond(median(speeds))} of ${perSecond(median(commits))} bare commits`,
      ratio: median(speeds.map((speed, round) => speed / (commits[round] ?? Number.NaN))),
      bar: { atLeast },
    });
    return [
      figure(`one by one, ${delivery.connections} at once`, few, 1),
      figure(`one by one, ${MANY} at once`, many, 1),
      figure(`in batches, ${batch.connections} at once`, rows, 2),
    ];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}
