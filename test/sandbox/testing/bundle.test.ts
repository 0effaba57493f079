import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkedBundle } from "../../../sandbox/session/index.ts";
import { eventually, matchers, rated } from "../../../sandbox/testing/index.ts";
import { bundleOfFailed } from "../../../sandbox/testing/vitest.ts";
import { leg } from "./leg.ts";
import { newFolder } from "./new-folder.ts";
import { openTestSandbox } from "./open-test-sandbox.ts";

const failureIn = async (path: string): Promise<unknown> =>
  checkedBundle(JSON.parse(await readFile(path, "utf8"))).failure;

it("the first check that fails leaves a bundle in a folder that needn't be there, and says where", async () => {
  const path = join(await newFolder(), "left/behind/bundle.json");
  const sandbox = await openTestSandbox({ bundle: path });
  await expect(eventually(rated(sandbox, leg.id))).rejects.toThrow(
    `There is no delivery at all.\nWhat led there: eco sandbox replay ${path}`,
  );
  const later = await matchers.toHaveRated.call({ currentTestName: "ours" }, sandbox, leg.id);
  expect(later.message()).not.toContain("What led there");
  expect(await failureIn(path)).toMatchObject({ name: "a check: the delivery leg-1145 rated" });
});

it("a matcher's bundle has the name of its test", async () => {
  const path = join(await newFolder(), "bundle.json");
  const sandbox = await openTestSandbox({ bundle: path });
  const failed = await matchers.toHaveRated.call({ currentTestName: "we are paid" }, sandbox, leg.id);
  expect(failed.message()).toContain(path);
  expect(await failureIn(path)).toMatchObject({ name: "we are paid" });
});

it("a bundle that can't be written hides nothing of what failed", async () => {
  const file = join(await newFolder(), "file");
  await writeFile(file, "");
  const sandbox = await openTestSandbox({ bundle: join(file, "bundle.json") });
  await expect(eventually(rated(sandbox, leg.id))).rejects.toThrow(
    /There is no delivery at all\.\nWhat led there couldn't be left at .*bundle\.json: /,
  );
});

it("a test that fails elsewhere leaves one by vitest's hook, a test that passes none", async () => {
  const path = join(await newFolder(), "bundle.json");
  const sandbox = await openTestSandbox({ bundle: path });
  const afterEach = bundleOfFailed(() => sandbox);
  const failed = {
    name: "shows the price",
    result: { state: "fail", errors: [{ message: "expected 1 to be 2" }] },
  };
  await afterEach({ task: { name: "passes", result: { state: "pass" } } });
  await expect(readFile(path)).rejects.toThrow("ENOENT");
  await afterEach({ task: failed });
  expect(failed.result.errors).toEqual([
    { message: `expected 1 to be 2\nWhat led there: eco sandbox replay ${path}` },
  ]);
  expect(await failureIn(path)).toEqual({ name: "shows the price", message: "expected 1 to be 2" });
});

it("no bundle is left where none was asked for", async () => {
  const sandbox = await openTestSandbox();
  expect(await sandbox.leave({ name: "a test", message: "" })).toBeUndefined();
});
