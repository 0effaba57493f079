import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knownMeanings } from "../../cli/meanings.ts";
import { newEcosystem } from "../../cli/new-ecosystem/index.ts";
import { type EcosystemAnswers, outlineOf } from "../../cli/new-ecosystem/outline.ts";
import { ratingFindings } from "../../cli/rating.ts";
import { lintSpecs } from "../../specs/engine/catalog/lint/lint.ts";
import { type Home, newHome, projectRoot } from "./support/eco.ts";
import { startSandbox } from "./support/sandbox.ts";

let home: Home;
beforeAll(async () => {
  home = await newHome();
});
afterAll(() => home[Symbol.asyncDispose]());

const named = ["--name", "Mended bicycles", "--product", "Bicycle repair"];

describe("eco specs init", () => {
  it("writes an ecosystem that does what the guide says: it passes lint, lets a partner join and be paid, and whose journey holds", async () => {
    const made = await home.run(["specs", "init", "mended", ...named, "--provider", "Spokes", "--json"]);
    expect(made.json).toMatchObject({
      ok: true,
      result: { ecosystem: "mended-bicycles", product: "bicycle-repair" },
    });
    const specs = join(home.path, "mended");
    const lint = await home.run(["specs", "lint", specs, "--strict", "--json"]);
    expect([lint.status, lint.json.result]).toMatchObject([0, { findings: [] }]);

    await using sandbox = await startSandbox(home, ["--database", "memory", "--specs", specs]);
    const at = ["--sandbox", sandbox.url, "--specs", specs, "--json"];
    const partner = [...at, "--profile", "wheels"];
    const joined = await home.run([
      "onboard",
      "--name",
      "Saltmarsh Wheels",
      "--role",
      "complementor",
      "--contact-name",
      "Aino Laine",
      "--email",
      "aino@saltmarsh.example",
      "--accept",
      "all",
      ...partner,
    ]);
    expect(joined.json.result).toMatchObject({ party: "saltmarsh-wheels", status: "active" });

    const guide = await readFile(join(projectRoot, "portal/content/guides/your-own-ecosystem.md"), "utf8");
    const [, delivery = ""] = /echo '(\{.*?\})' > delivery\.json/su.exec(guide) ?? [];
    await writeFile(join(home.path, "delivery.json"), delivery);
    const sent = await home.run(["deliveries", "submit", "delivery.json", ...partner]);
    expect(sent.json.result).toMatchObject({ rated: 1, rejected: 0 });
    const shown = await home.run(["deliveries", "show", "job-1", ...at, "--profile", "mended-bicycles"]);
    expect(shown.json.result).toMatchObject({
      netMinor: 6000,
      serviceCreditMinor: 1200,
      payableMinor: 4800,
      charges: [
        {
          shares: [
            { party: "mended-bicycles", amountMinor: 600 },
            { party: "saltmarsh-wheels", amountMinor: 5400 },
          ],
          recourse: [{ party: "saltmarsh-wheels", to: "mended-bicycles", amountMinor: 1200 }],
        },
      ],
    });

    const journey = await home.run(["journeys", "run", "first-delivery", ...at]);
    expect([journey.status, journey.stderr]).toEqual([0, expect.not.stringContaining("failed")]);
  });

  it("replaces nothing that somebody wrote, unless told to", async () => {
    const files = () => readdir(join(home.path, "kept"));
    await home.run(["specs", "init", "kept", ...named]);
    const path = join(home.path, "kept/rate-card.yaml");
    await writeFile(path, "mine");
    const refused = await home.run(["specs", "init", "kept", ...named, "--json"]);
    expect([refused.status, refused.json.error.code]).toEqual([2, "ECO_FILE_EXISTS"]);
    expect(refused.json.error.message).toContain("rate-card.yaml");
    expect([await readFile(path, "utf8"), (await files()).length]).toEqual(["mine", 6]);
    expect((await home.run(["specs", "init", "kept", ...named, "--force"])).status).toBe(0);
    expect(await readFile(path, "utf8")).toContain("kind: rate-card");
  });

  it.each<[string, readonly string[], string]>([
    ["the name", ["--product", "Repair"], "--name"],
    ["the product", ["--name", "Mended"], "--product"],
    ["a currency that there is", [...named, "--currency", "XXQ"], "--currency"],
    ["a price that the currency has", [...named, "--currency", "JPY", "--price", "1.5"], "--price"],
    ["a price above nothing", [...named, "--price", "0.00"], "--price"],
    ["a domain", [...named, "--domain", "not a domain"], "--domain"],
    ["a time zone", [...named, "--time-zone", "Moon/Sea"], "--time-zone"],
    ["a domain whose parts are ones", [...named, "--domain", `${"a".repeat(64)}.example`], "--domain"],
    ["a name", ["--name", " ", "--product", "Repair"], "--name"],
    ["a name that somebody goes by", ["--name", "na".repeat(101), "--product", "Repair"], "--name"],
    ["a product's name", ["--name", "Mended", "--product", "r".repeat(201)], "--product"],
    [
      "companies that differ",
      [...named, "--provider", "Spokes", "--customer", "spokes!"],
      "a name of its own",
    ],
  ])("asks for %s, and writes nothing before", async (_what, args, fix) => {
    const { json, status } = await home.run(["specs", "init", "nowhere", ...args, "--json"]);
    expect([status, json.error.fix]).toEqual([2, expect.stringContaining(fix)]);
    expect(await readdir(home.path)).not.toContain("nowhere");
  });

  it("leaves names of other alphabets as they are, and goes by what they stand for", async () => {
    const names = ["--name", "東京自転車", "--product", "修理", "--provider", "Ремонт", "--customer", "Ω"];
    const made = await home.run(["specs", "init", "my specs", ...names, "--json"]);
    expect([made.status, made.json.result]).toMatchObject([
      0,
      { ecosystem: "ecosystem", product: "product" },
    ]);
    expect(made.stderr).toContain("eco specs lint 'my specs'");
    const { catalog } = await lintSpecs(join(home.path, "my specs"), { cacheDir: false });
    expect(catalog.ecosystem.parties.map(({ id, name }) => [id, name])).toEqual([
      ["orchestrator", "東京自転車"],
      ["provider", "Ремонт"],
      ["customer", "Ω"],
    ]);
  });

  it("names itself by a domain that there can be, however long its name is", async () => {
    const long = `${"Mended bicycles of the ".repeat(8)}north`;
    const made = await home.run(["specs", "init", "long", "--name", long, "--product", "Repair"]);
    expect(made.status).toBe(0);
  });

  it("writes documents without a finding whatever the answers are", async () => {
    // With two letters first, so that no two companies are the same.
    const word = (first: string): fc.Arbitrary<string> =>
      fc
        .oneof(fc.string({ unit: "binary" }), fc.constantFrom('a "b": c', "{x}: #", "'\n- y", "`", "12"))
        .map((text) => `${first}${text}`.trim().slice(0, 200));
    const answers: fc.Arbitrary<EcosystemAnswers> = fc.record({
      name: word("Na"),
      domain: fc.domain(),
      product: word("12"),
      unit: word("h"),
      price: fc.integer({ min: 1, max: 10_000 }).map(String),
      currency: fc.constantFrom("EUR", "JPY", "KWD"),
      timeZone: fc.constantFrom("UTC", "Asia/Tokyo", "America/St_Johns"),
      orchestrator: word("Or"),
      provider: word("null"),
      customer: word("Cu"),
    });
    const folder = await mkdtemp(join(tmpdir(), "eco-new-"));
    try {
      await fc.assert(
        fc.asyncProperty(answers, async (given) => {
          const outline = outlineOf(given);
          for (const [name, text] of newEcosystem(outline)) await writeFile(join(folder, name), text);
          const { catalog, findings } = await lintSpecs(folder, {
            cacheDir: false,
            extraChecks: [ratingFindings],
            meanings: await knownMeanings(),
          });
          expect(findings).toEqual([]);
          expect([catalog.ecosystem.title, catalog.ecosystem.parties.map(({ name }) => name)]).toEqual([
            outline.name,
            [outline.orchestrator.name, outline.provider.name, outline.customer.name],
          ]);
        }),
        { numRuns: 8 },
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
