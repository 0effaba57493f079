import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run, startService } from "../../cli/tour/processes.ts";
import { packageRoot } from "../../specs/engine/package-root.ts";

describe("npm start", () => {
  it.each(["--help", "--exti", "more"])(
    "says in one line what it takes, and starts nothing: %s",
    (argument) => {
      const ran = spawnSync(process.execPath, ["cli/tour/start.ts", argument], { encoding: "utf8" });
      expect(ran.status).toBe(2);
      expect(ran.stdout).toBe("");
      expect(ran.stderr.trim().split("\n")).toEqual([expect.stringContaining("--exit")]);
    },
  );

  it("says why its sandbox can't start, in the sandbox's own words", async () => {
    const file = join(packageRoot(), "package.json");
    const started = startService("sandbox", ["cli/bin.js", "sandbox", "start", "--json", "--database", file]);
    await expect(started).rejects.toThrow(
      /^The sandbox did not start: .*package\.json can't be used: it is not an SQLite database/,
    );
  });

  it("runs a program without a word of it, and tells its last ones where it fails", async () => {
    const program = (code: number) => ["--eval", `console.error("what went wrong"); process.exit(${code})`];
    await run(process.execPath, program(0));
    await expect(run(process.execPath, program(3))).rejects.toThrow(
      /failed with status 3:\nwhat went wrong$/,
    );
  });
});
