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

  it("tells what nobody can do for the reader: ids from nowhere, and what a fresh sandbox refuses", async () => {
    const { status, json } = await run("--as", "postman", "--party", "blueline", "--output", "all.json");
    expect({ status, result: json.result }).toMatchObject({
      status: 0,
      result: {
        // Its client id is published, its secret is not written.
        secrets: ["clientSecret"],
        leftOut: [{ journey: "late-delivery-told-by-events" }],
        unfed: expect.arrayContaining([{ variable: "period", requests: [expect.any(String)] }]),
        refused: expect.arrayContaining([
          { request: "Show a commitment", status: 404, reason: expect.stringContaining("No commitment") },
        ]),
      },
    });
    const { item, variable } = JSON.parse(await readFile(join(home.path, "all.json"), "utf8"));
    expect(item.at(0).name).toBe("Token");
    expect(item.slice(-2).map(({ name }: { name: string }) => name)).toEqual(["Wants preparing", "Clean up"]);
    expect(variable).toContainEqual({ key: "clientId", value: "sandbox-blueline" });
    expect(variable).toContainEqual({ key: "partyId", value: "blueline" });
  });

  it.each<[string, readonly string[], string]>([
    ["a Bruno folder without a name", ["--as", "bruno"], "--output"],
    ["an operation that isn't there", ["--as", "http", "--operation", "submitDelivry"], "submitDelivery"],
    ["a tag that isn't there", ["--as", "postman", "--tag", "Delivries"], "Deliveries"],
    ["a company that isn't there", ["--as", "http", "--party", "bluelin"], "blueline"],
    ["a company of no role", ["--as", "http", "--party", "zz-top-and-sons"], "--role"],
    ["a role that isn't there", ["--as", "http", "--role", "complementer"], "complementor"],
    ["both ways of choosing", ["--as", "http", "--tag", "Cases", "--operation", "openCase"], "Leave one"],
  ])("refuses %s and says what to do", async (_what, args, fix) => {
    const { status, json } = await run(...args);
    expect([status, json.error.fix]).toEqual([2, expect.stringContaining(fix)]);
  });
});
