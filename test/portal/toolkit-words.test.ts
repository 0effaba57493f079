import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createSite, type Site } from "../../portal/lib/site.ts";
import { wordsFor } from "../../portal/lib/toolkit-words.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const siteOf = async (path: string): Promise<Site> => {
  const specs = join(root, path);
  return createSite(specs, (await loadCatalog(specs)).catalog);
};
const reference = await siteOf("specs");
const hub = await siteOf("test/fixtures/ecosystems/roaming-charging");
const petstore = await siteOf("node_modules/@readme/oas-examples/3.0/json/petstore.json");

const submit =
  "eco deliveries submit legs.csv --product express-leg --customer nordic-apps --profile harbour";
const guide = "A\n<!-- reference -->\nfor `blueline`\n<!-- elsewhere\nfor `kestrel` and kestrel\n-->\nB";

describe("the toolkit's examples", () => {
  it("stand as they are in the portal of the ecosystem that they were written for", () => {
    const { line, markdown } = wordsFor(reference, reference);
    expect(line(submit)).toBe(submit);
    expect(markdown(guide)).toBe("A\nfor `blueline`\nB");
  });

  it("name the parties, products and operations of another", () => {
    const { line, markdown } = wordsFor(reference, hub);
    const { parties, orchestrator } = hub.catalog.ecosystem;
    const [, product = "", customer = "", profile = ""] =
      /--product (\S+) --customer (\S+) --profile (\S+)$/u.exec(line(submit)) ?? [];
    expect(profile).toBe(orchestrator);
    expect(parties.map(({ id }) => id).filter((id) => id !== orchestrator)).toContain(customer);
    expect(JSON.stringify(hub.ofKind("rate-card").map(({ content }) => content))).toContain(`"${product}"`);
    const id = /--operation (\S+)/u.exec(line("eco sandbox fault add --operation submitDelivery"))?.[1] ?? "";
    expect(hub.operations.get(id)?.operation.capability?.name).toBe("deliveries.submit");
    // In the text of a guide a name may be a word.
    expect(markdown(guide)).toMatch(/^A\nfor `(?!kestrel)[a-z-]+` and kestrel\nB$/u);
  });

  it("take a plain word for a name only as the value of its own flag", () => {
    const { line } = wordsFor(reference, hub);
    expect(line("--set customer=1 --customer parking")).toBe("--set customer=1 --customer parking");
    expect(line("--product parking")).not.toContain("parking");
  });

  it("say in capitals what another spec set has none of", () => {
    expect(wordsFor(reference, petstore).line(submit)).toContain("--product PRODUCT");
  });
});
