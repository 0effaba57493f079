import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { guides } from "../../portal/lib/guides.ts";
import { newHome } from "./support/eco.ts";
import { startSandbox } from "./support/sandbox.ts";

/** The texts of the guide's code blocks in one language, in their order. */
const blocksOf = (guide: string, language: string): string[] =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, "g"))].map(([, block = ""]) => block);

/** The words of a command line, as a shell splits them. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare = ""]) => quoted ?? bare);

it("every command of the settlement guide does what the guide says, in its order", async () => {
  await using home = await newHome();
  await using sandbox = await startSandbox(home);
  const guide = (await guides()).find(({ id }) => id === "settlement")?.body ?? "";
  const [lunches = "", own = ""] = blocksOf(guide, "csv");
  await writeFile(join(home.path, "lunches.csv"), lunches);
  await writeFile(join(home.path, "own.csv"), own);
  const lines = blocksOf(guide, "sh").flatMap((block) => block.replaceAll(/\\\n/g, " ").trim().split("\n"));
  const ended: Record<string, number | null> = {};
  for (const line of lines) {
    const [eco, ...words] = wordsOf(line);
    expect(eco).toBe("eco");
    const { status } = await home.run(words, { cwd: home.path, env: { ECO_SANDBOX: sandbox.url } });
    ended[line] = status;
  }
  const differing = "eco settlements reconcile own.csv --profile fjord-catering";
  const expected = Object.fromEntries(lines.map((line) => [line, line === differing ? 3 : 0]));
  expect(lines.length).toBeGreaterThan(10);
  expect(ended).toEqual(expected);
});
