import { expect, it, onTestFinished } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { openHarbour } from "./harbour.ts";

/** The campus with a dish for 40,000.00 EUR, of which anybody may order as many as they like. */
async function dearCampus(): Promise<Catalog> {
  const { catalog } = await loadCatalog("specs");
  const documents = catalog.documents.map((document) => {
    if (!document.path.endsWith("rate-cards/catering-cover.yaml")) return document;
    const dear = JSON.stringify(document.content).replaceAll('"11.20"', '"40000.00"');
    return { ...document, content: JSON.parse(dear) as typeof document.content };
  });
  return { ...catalog, documents };
}

it("refuses amounts whose sums nobody could read: alone, in a batch, and where a correction makes them so", async () => {
  const harbour = await openHarbour({ catalog: await dearCampus() });
  onTestFinished(() => harbour.close());
  const caterer = harbour.as("fjord-catering");
  const cover = (id: string, covers: number) => ({
    id,
    product: "catering-cover",
    customer: "nordic-apps",
    startedAt: "2026-03-10T10:00:00+02:00",
    usage: { covers, delayMinutes: 0 },
  });
  const many = 100_000_000;
  const batch = await caterer.post("/deliveries/batch", {
    deliveries: [cover("first", many), cover("small", 12), cover("second", many), cover("third", many)],
  });
  expect(batch.body).toMatchObject({
    accepted: 3,
    rejected: 1,
    results: [{ outcome: "rated" }, { outcome: "rated" }, { outcome: "rated" }, { id: "third" }],
  });
  const refused = { status: 422, body: { code: "ECO_USAGE_INVALID" } };
  expect(await caterer.post("/deliveries", cover("third", many))).toMatchObject(refused);
  const usage = { covers: many, delayMinutes: 0 };
  expect(await caterer.post("/deliveries/small/corrections", { usage, reason: "more" })).toMatchObject(
    refused,
  );
  expect((await caterer.post("/deliveries", cover("another", 12))).status).toBe(201);
  const closed = await harbour.as("harbour").post("/settlements", { period: "2026-03" });
  expect(closed.status).toBe(201);
  const paths = ["balances", "postings", "statements", "settlements", "deliveries", "charges"];
  const measured = ["scorecards?period=2026-03", "map?period=2026-03", "quarterly-review?period=2026-Q1"];
  for (const path of [...paths, ...measured, "brief?day=2026-03-10"])
    for (const party of ["harbour", "nordic-apps", "fjord-catering"])
      expect([party, path, (await harbour.as(party).get(`/${path}`)).status]).toEqual([party, path, 200]);
});
