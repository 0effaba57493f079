import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

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
});
