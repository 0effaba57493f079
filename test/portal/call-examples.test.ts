import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { curlOf, typeScriptOf } from "../../portal/lib/examples.ts";
import { createSite, type Site } from "../../portal/lib/site.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";

/** Ends every kind of quote, and wants to be run by what it is pasted into. */
const ACT = `"'\`globalThis.acted=1\`$(echo acted >&2);`;
/** As much of it as the name of a header may hold. */
const NAME = "X-A'`acted`$acted&|!";
const responses = { "204": { description: "Done" } };

const document = {
  openapi: "3.2.0",
  info: { title: "Hostile", version: "1" },
  servers: [{ url: `https://api.example/${ACT}` }],
  components: { securitySchemes: { login: { type: "http", scheme: "bearer" } } },
  paths: {
    [`/things${ACT}`]: {
      post: {
        operationId: "text",
        security: [{ login: [] }],
        parameters: [
          { name: NAME, in: "header", required: true, schema: { type: "string" }, example: ACT },
          { name: "X-Token", in: "header", required: true, schema: { type: "string" }, example: "$TOKEN" },
        ],
        requestBody: { content: { "text/plain": { example: `{ a: (globalThis.acted = 2) } ${ACT}` } } },
        responses,
      },
    },
    "/file": {
      put: {
        operationId: "file",
        requestBody: { content: { "text/plain": { example: "@.env" } } },
        responses,
      },
    },
  },
};

let folder: string;
let site: Site;
beforeAll(async () => {
  process.env["ECO_ROOT"] ??= fileURLToPath(new URL("../..", import.meta.url));
  folder = await mkdtemp(join(tmpdir(), "eco-calls-"));
  const path = join(folder, "api.json");
  await writeFile(path, JSON.stringify(document));
  site = createSite(path, (await loadCatalog(path, { cacheDir: false })).catalog);
});
afterAll(() => rm(folder, { recursive: true }));

function operationOf(id: string): Site["catalog"]["operations"][number] {
  const found = site.catalog.operations.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no operation ${id}.`);
  return found;
}

describe("a call that a page shows, whatever its document holds", () => {
  it.skipIf(process.platform === "win32")("is one command with these words, pasted into a shell", () => {
    const words = (id: string): string[] => {
      const told = `TOKEN=secret; curl() { printf '%s\\n' "$@"; }\n${curlOf(operationOf(id), site)}`;
      // Whatever it ran besides would be heard of.
      return execFileSync("sh", ["-c", `{ ${told}\n} 2>&1`], { encoding: "utf8" })
        .trim()
        .split("\n");
    };
    expect(words("text")).toEqual([
      "-X",
      "POST",
      expect.stringContaining("$(echo acted >&2)"),
      "-H",
      "Authorization: Bearer secret",
      "-H",
      `${NAME}: ${ACT}`,
      "-H",
      "X-Token: $TOKEN",
      "-H",
      "Content-Type: text/plain",
      "-d",
      `{ a: (globalThis.acted = 2) } ${ACT}`,
    ]);
    expect(words("file").slice(-2)).toEqual(["--data-raw", "@.env"]);
  });

  it("sends its texts as texts, pasted into a program", async () => {
    const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
    const run = new AsyncFunction("fetch", "token", typeScriptOf(operationOf("text"), site));
    const sent: RequestInit[] = [];
    await run(async (_url: string, init: RequestInit) => {
      sent.push(init);
      return { ok: true };
    }, "secret");
    expect(sent[0]).toMatchObject({
      body: `{ a: (globalThis.acted = 2) } ${ACT}`,
      headers: { Authorization: "Bearer secret", [NAME]: ACT, "X-Token": "$TOKEN" },
    });
    expect(Reflect.get(globalThis, "acted")).toBeUndefined();
  });
});
