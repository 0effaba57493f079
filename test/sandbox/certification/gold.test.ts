import { afterAll, beforeAll, expect, it } from "vitest";
import { type Listening, listen } from "../../../sandbox/hosts/http.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import type { Report } from "../../../specs/engine/certification/index.ts";
import { workingDay } from "../../reference-partner/working-day.ts";
import { expectStatus, type Harbour, openHarbour } from "../capabilities/harbour.ts";
import { type WholePartner, wholePartner } from "./partner.ts";

let harbour: Harbour;
let served: Listening;
let partner: WholePartner;
beforeAll(async () => {
  harbour = await openHarbour({ allowLoopbackWebhooks: true, wallClock: Date.now });
  served = await listen(harbour.sandbox, { port: 0 });
  partner = await wholePartner(harbour, "blueline", served.url);
});
afterAll(async () => {
  await partner.close();
  await served.close();
  await harbour.close();
});

it("certifies the reference partner for gold, its client and journeys seen while it worked", async () => {
  const as = harbour.as(partner.party);
  const submitted = (await expectStatus(as.post("/certifications", partner.submission), 201)).body;
  expect(submitted).toMatchObject({ evidence: "observing", status: "submitted" });
  const place = `/certifications/${String(submitted["id"])}`;
  await workingDay(partner.send);
  await expectStatus(as.post(`${place}/observation-end`), 200);
  await harbour.sandbox.settle();

  const { body } = await as.get(place);
  expect(body).toMatchObject({ evidence: "passed", reached: "gold", missing: [] });
  const report = (await as.get(`${place}/run`)).body["report"] as unknown as Report;
  const journeys = report.findings.filter(({ check }) => check === "journeys.workflow.succeeds");
  expect(journeys.map(({ subject, outcome }) => [subject, outcome])).toEqual([
    ["first-delivery-rated", "passed"],
    ["correction", "passed"],
  ]);
  const figures = report.findings.filter(({ check }) => check.startsWith("money.figures"));
  expect(new Set(figures.map(({ outcome }) => outcome))).toEqual(new Set(["passed"]));
  expect(new Set(figures.map(({ check }) => check)).size).toBe(4);
  // One working day has one series of failures; what two of them have in common can't be seen in it.
  expect(skippedOf(report, "client").map(({ check }) => check)).toEqual(["client.retry.jitter"]);
  const left = await harbour.sandbox.store
    .reader("main")
    .list({ collection: "certification-exchanges", limit: 5 });
  expect(left).toEqual([]);
}, 60_000);

function skippedOf(report: Report, part: string): JsonObject[] {
  const found = report.findings.filter((one) => one.part === part && one.outcome !== "passed");
  return found.map(({ check, outcome, message }) => ({ check, outcome, message }));
}
