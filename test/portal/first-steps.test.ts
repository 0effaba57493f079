import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { firstSteps, handMade } from "../../portal/lib/first-steps.ts";
import { createSite, type Site } from "../../portal/lib/site.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { newHome } from "../cli/support/eco.ts";
import { startSandbox } from "../cli/support/sandbox.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const SETS = {
  reference: join(root, "specs"),
  roaming: join(root, "test/fixtures/ecosystems/roaming-charging"),
  quality: join(root, "test/fixtures/ecosystems/quality-on-demand"),
  document: join(root, "node_modules/@readme/oas-examples/3.0/json/petstore.json"),
};

async function siteOf(path: string): Promise<Site> {
  process.env["ECO_ROOT"] ??= root;
  return createSite(path, (await loadCatalog(path)).catalog);
}

describe("the first steps", () => {
  it.each([
    [
      "reference",
      ["Get eco", "Start the sandbox", "Submit a delivery", "Join as your own company", "Prove it"],
    ],
    ["roaming", ["Get eco", "Start the sandbox", "Submit a delivery"]],
    ["quality", ["Get eco", "Start the sandbox", "Run a journey"]],
    ["document", ["Get eco", "Start the sandbox", "Call it"]],
  ] as const)("name what %s has, and nothing else", async (name, titles) => {
    expect(firstSteps(await siteOf(SETS[name])).map(({ title }) => title)).toEqual(titles);
  });

  it.each(["reference", "roaming"] as const)("work as they are pasted, for %s", async (name) => {
    const site = await siteOf(SETS[name]);
    const blocks = firstSteps(site).find(({ title }) => title === "Submit a delivery")?.code ?? [];
    const [file, ...commands] = blocks.map(({ code }) => code);
    await using home = await newHome();
    const env = { ECO_SPECS: SETS[name] };
    await using sandbox = await startSandbox(home, ["--database", "memory"], { env });
    await writeFile(join(home.path, "delivery.json"), file ?? "");
    for (const command of commands) {
      const words = command.replace(/^npx eco /u, "").split(" ");
      const { status, stderr } = await home.run(words, {
        cwd: home.path,
        env: { ...env, ECO_SANDBOX: sandbox.url },
      });
      expect([command, status, stderr]).toEqual([command, 0, expect.any(String)]);
    }
  });

  it("show the same call by hand, on this machine, with credentials that the sandbox knows", async () => {
    const calls = handMade(await siteOf(SETS.reference)).map(({ code }) => code);
    expect(calls[0]).toMatch(/^TOKEN=\$\(curl -s -X POST 'http:\/\/127\.0\.0\.1:4010\/v1\/oauth\/token'/u);
    expect(calls[0]).toContain("client_id=sandbox-blueline");
    expect(calls[1]).toContain('-H "Authorization: Bearer $TOKEN"');
    const roaming = handMade(await siteOf(SETS.roaming)).map(({ code }) => code);
    expect(roaming[0]).toContain("'http://127.0.0.1:4010/ocpi/2.2.1/token'");
    expect(roaming[0]).toContain("client_id=sandbox-voltport&client_secret=sandbox-voltport-secret");
  });
});
