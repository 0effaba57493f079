import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newHome, projectRoot } from "./support/eco.ts";
import { startSandbox } from "./support/sandbox.ts";

const fixtures = join(projectRoot, "test/fixtures/ecosystems");

describe.each([
  { name: "roaming-charging", party: "voltport" },
  { name: "quality-on-demand", party: "northcell" },
])("in $name, which leaves all this to its orchestrator", ({ name, party }) => {
  it("shows what is known and names the rest; replaces nothing and leaves nothing by itself", async () => {
    await using home = await newHome();
    const specs = join(fixtures, name);
    await using sandbox = await startSandbox(home, ["--database", "memory", "--specs", specs]);
    const eco = (...args: string[]) =>
      home.run([...args, "--specs", specs, "--sandbox", sandbox.url, "--profile", party, "--json"]);
    const shown = await eco("partner", "show");
    expect([shown.status, shown.json.result]).toMatchObject([
      0,
      {
        party: { id: party, name: expect.any(String), role: expect.any(String) },
        notOffered: ["credentials", "endpoints", "agreements", "certifications"],
      },
    ]);
    for (const args of [
      ["rotate"],
      ["rotate", "--now"],
      ["exit", "--dry-run"],
      ["exit", "--yes", "--reason", "No."],
    ]) {
      const { status, json } = await eco("partner", ...args);
      expect([status, json.error]).toMatchObject([
        2,
        { code: "ECO_OPERATION_UNKNOWN", fix: expect.stringMatching(/^Ask .+ to do it\./) },
      ]);
    }
  });
});
