import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Home, newHome, projectRoot } from "./support/eco.ts";

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

const specs = ["--specs", join(projectRoot, "specs")];
const run = (...args: string[]) => home.run(["specs", "export", ...args, ...specs, "--json"]);

describe("eco specs export", () => {
  it("writes a file, and replaces another's only when told to", async () => {
    const args = ["--as", "http", "--tag", "Deliveries", "--output", "requests.http"];
    const { status, json } = await run(...args);
    expect({ status, result: json.result }).toMatchObject({
      status: 0,
      result: {
        as: "http",
        operations: 8,
        secrets: ["clientId", "clientSecret"],
        written: ["requests.http"],
      },
    });
    const path = join(home.path, "requests.http");
    expect(await readFile(path, "utf8")).toContain("# @name submitDelivery");
    await writeFile(path, "mine");
    expect((await run(...args)).json.error.code).toBe("ECO_FILE_EXISTS");
    expect(await readFile(path, "utf8")).toBe("mine");
    expect((await run(...args, "--force")).status).toBe(0);
  });

  it.each<[string, readonly string[], string]>([
    ["a Bruno folder without a name", ["--as", "bruno"], "--output"],
    ["an operation that isn't there", ["--as", "http", "--operation", "submitDelivry"], "submitDelivery"],
    ["a tag that isn't there", ["--as", "postman", "--tag", "Delivries"], "Deliveries"],
    ["both ways of choosing", ["--as", "http", "--tag", "Cases", "--operation", "openCase"], "Leave one"],
  ])("refuses %s and says what to do", async (_what, args, fix) => {
    const { status, json } = await run(...args);
    expect([status, json.error.fix]).toEqual([2, expect.stringContaining(fix)]);
  });
});
