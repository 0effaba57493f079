import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { guides } from "../../portal/lib/guides.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

it("the example for node:test passes, with the package as it is built", async () => {
  const { stdout } = await run(process.execPath, ["--test", "test/examples/with-node-test.ts"], {
    cwd: root,
    // Otherwise Node takes itself for a worker of this very run.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: "" },
  });
  expect(stdout).toContain("pass 1");
});

describe("the guide to testing", () => {
  it.each(["with-vitest.test.ts", "with-playwright.test.ts", "with-node-test.ts"])(
    "shows %s as it runs",
    async (name) => {
      const guide = (await guides()).find(({ id }) => id === "testing");
      const file = `test/examples/${name}`;
      const shown = guide?.body.match(new RegExp(`\`\`\`ts\\n// ${file}\\n(.*?)\`\`\``, "su"))?.[1];
      expect(shown).toBe(await readFile(`${root}/${file}`, "utf8"));
    },
  );
});
