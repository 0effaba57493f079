import { request } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { listen } from "../../../sandbox/hosts/http.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import document from "../../../specs/generated/control-api.catalog.json" with { type: "json" };
import { openControlled, TOKEN } from "./controlled.ts";

const { operations } = document as unknown as Catalog;
const routes = operations.map(({ method, template }) => ({
  method,
  path: template.replace(/\{[^{}]+\}/g, "main"),
}));

/** By a real connection: `fetch` would set Host and Origin as it likes. */
function status(
  port: number,
  { method, path }: { readonly method: string; readonly path: string },
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port, method, path: `/_sandbox${path}`, headers },
      (answer) => {
        let body = "";
        answer.on("data", (part: Buffer) => {
          body += part;
        });
        answer.on("end", () => resolve(`${answer.statusCode} ${/ECO_[A-Z_]+/.exec(body)?.[0]}`));
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}

describe("every route of the control API", () => {
  it.each([
    ["without a token", {}, "401 ECO_CONTROL_REFUSED"],
    ["with another token", { authorization: `Bearer ${TOKEN}x` }, "401 ECO_CONTROL_REFUSED"],
    [
      "from a foreign page that knows the token",
      { authorization: `Bearer ${TOKEN}`, origin: "https://evil.example" },
      "403 ECO_ORIGIN_REFUSED",
    ],
    [
      "from a name that was bound to this machine later",
      { authorization: `Bearer ${TOKEN}`, host: "evil.example" },
      "421 ECO_HOST_REFUSED",
    ],
  ])("is closed %s, over HTTP", async (_what, headers, want) => {
    const { sandbox, faults } = await openControlled();
    const { port, close } = await listen(sandbox, { port: 0 });
    onTestFinished(close);
    const before = await sandbox.store.export("main");
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes)
      expect({ ...route, answer: await status(port, route, headers) }).toEqual({ ...route, answer: want });
    expect(await sandbox.store.export("main")).toEqual(before);
    expect(faults).toEqual([]);
  });
});
