import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knownMeanings } from "../../cli/meanings.ts";
import { type Guide, guides } from "../../portal/lib/guides.ts";
import { createSandbox } from "../../sandbox/index.ts";
import { checkDocuments } from "../../sandbox/rating/index.ts";
import { lintSpecs } from "../../specs/engine/catalog/lint/lint.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { documentsOf } from "../../specs/engine/catalog/lookup.ts";
import { MEASURES } from "../../specs/engine/catalog/measures.ts";

it("gives each guide a title, one sentence about it and a place in the order", async () => {
  for (const { id, title, description, body } of await guides()) {
    expect([id, title === id, description]).toEqual([id, false, expect.stringMatching(/^[^.]+\.$/u)]);
    // The page has the title as its first-level heading.
    expect([id, /^# /mu.test(body.replace(/```.*?```/gsu, ""))]).toEqual([id, false]);
  }
});

describe("the guide to the scorecard", () => {
  const body = async (): Promise<string> => (await guides()).find(({ id }) => id === "scorecard")?.body ?? "";

  it("shows the catalogue of an ecosystem that a test measures", async () => {
    const file = "test/fixtures/ecosystems/roaming-charging/indicators.yaml";
    expect(await body()).toContain(`\`\`\`yaml\n${await readFile(file, "utf8")}\`\`\``);
  });

  it("lists every measure, with what it takes", async () => {
    const rows = Object.entries(MEASURES).map(
      ([kind, { summary, parameters }]) =>
        `| \`${kind}\` | ${summary} | ${parameters.map((name) => `\`${name}\``).join(", ")} |`,
    );
    expect((await body()).match(/^\| `.*$/gm)).toEqual(rows);
  });
});

describe("the guide to an ecosystem of one's own", () => {
  let folder: string;
  let guide: Guide;

  beforeAll(async () => {
    guide = (await guides()).find(({ id }) => id === "your-own-ecosystem") as Guide;
    folder = await mkdtemp(join(tmpdir(), "guide-"));
    for (const [, name = "", content = ""] of guide.body.matchAll(/```yaml\n# (\S+)\n(.*?)```/gsu)) {
      await writeFile(join(folder, name), content);
    }
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("shows files without a finding", async () => {
    const { catalog, findings } = await lintSpecs(folder, {
      cacheDir: false,
      meanings: await knownMeanings(),
    });
    expect(findings).toEqual([]);
    const rateCards = documentsOf(catalog, "rate-card");
    expect(checkDocuments({ rateCards, agreements: documentsOf(catalog, "agreement") })).toEqual([]);
  });

  it("shows the answer that its sandbox gives", async () => {
    const { catalog } = await loadCatalog(folder, { cacheDir: false });
    const sandbox = await createSandbox({ catalog });
    const post = async (path: string, body: string, headers: Record<string, string>): Promise<unknown> => {
      const request = new Request(`http://sandbox.local/v1${path}`, { method: "POST", body, headers });
      return (await sandbox.fetch(request)).json();
    };
    const form = /-d (grant_type=\S+) -d (client_id=\S+) -d (client_secret=[^)\s]+)/u.exec(guide.body) ?? [];
    const token = (await post("/token", form.slice(1).join("&"), {
      "content-type": "application/x-www-form-urlencoded",
    })) as { access_token: string };
    const [, job = ""] = /-d '(\{.*?\})'/su.exec(guide.body) ?? [];
    const [, want = ""] = /```json\n(.*?)```/su.exec(guide.body) ?? [];
    const answer = await post("/jobs", job, {
      "content-type": "application/json",
      authorization: `Bearer ${token.access_token}`,
    });
    expect(answer).toEqual(JSON.parse(want));
    await sandbox.close();
  });
});
