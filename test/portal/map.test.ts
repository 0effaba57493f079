import { describe, expect, it } from "vitest";
import { declaredFlows } from "../../portal/lib/declared-flows.ts";
import { drawNetwork } from "../../portal/lib/draw-network.ts";
import { createSite } from "../../portal/lib/site.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";

const party = (id: string, role = "") => ({ id, name: id, role });

it("shows who pays whom by the rate cards: customers, splits, and purchases behind a provider", async () => {
  const { catalog } = await loadCatalog("specs");
  const pairs = declaredFlows(createSite("specs", catalog)).map(({ payer, payee }) => `${payer} → ${payee}`);
  for (const pair of [
    "nordic-apps → harbour",
    "harbour → fjord-catering",
    "harbour → wayfare",
    "fjord-catering → kestrel",
    "harbour → brightdesk",
  ])
    expect(pairs).toContain(pair);
  expect(pairs).not.toContain("harbour → harbour");
});

describe("the drawing", () => {
  it("has a box for each party and an arrow for each link, those who are paid to the right", () => {
    const { html } = drawNetwork({
      title: "Three",
      parties: [party("c"), party("a"), party("b", "role <1>")],
      links: [
        { from: "a", to: "b" },
        { from: "b", to: "c" },
        { from: "c", to: "a" },
        { from: "c", to: "c" },
      ],
    });
    expect(html.match(/<rect class="box"/g)).toHaveLength(3);
    expect(html.match(/<path class="tip"/g)).toHaveLength(4);
    expect(html).toContain("role &lt;1&gt;");
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("gives places to those whom nobody reaches", () => {
    const { html } = drawNetwork({
      title: "Two rings",
      parties: ["a", "b", "x", "y"].map((id) => party(id)),
      links: [
        { from: "a", to: "b" },
        { from: "b", to: "a" },
        { from: "x", to: "y" },
        { from: "y", to: "x" },
      ],
    });
    const corners = [...html.matchAll(/<rect class="box" x="(\d+)" y="(\d+)"/g)].map(
      ([, x, y]) => `${x},${y}`,
    );
    expect(new Set(corners).size).toBe(4);
  });
});
