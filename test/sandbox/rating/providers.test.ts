import { describe, expect, it } from "vitest";
import type { Delivery, RatingContext } from "../../../sandbox/rating/index.ts";
import { type TestCard, testRating, tryThing } from "./cards.ts";

const order = (more: Partial<Delivery>): Delivery => ({
  id: "d1",
  product: "thing",
  customer: "member",
  startedAt: "2025-03-11T10:00:00",
  usage: { units: 1 },
  ...more,
});
const engagedParty = [
  { role: "orchestrator", id: "shop" },
  { role: "maker", id: "ada" },
  { role: "maker" },
  { role: "customer" },
];
const agreement = { engagedParty };
const byRole = { providers: [{ role: "maker" }, { party: "cy" }], parties: { provider: "di" } };
const standIn = { parties: { provider: "di" } };
const paid = { payee: { role: "provider" } };
const tenants = {
  engagedParty: [{ role: "orchestrator", id: "shop" }, { role: "tenant", id: "member" }, { role: "tenant" }],
};
const ROLES: Readonly<Record<string, string>> = { member: "customer", tenant: "tenant", eve: "customer" };
/** Bo has accepted the agreement as a maker, the member as a customer, and eve hasn't accepted it. */
const accepted: RatingContext["accepted"] = (_, party, role) =>
  party !== "eve" && (role === undefined || role === (ROLES[party] ?? "maker"));

describe("who may render a product", () => {
  it.each<[string, TestCard, string, boolean]>([
    ["a party that the agreement names in the role", { entry: byRole, agreement }, "ada", true],
    ["one that has accepted it in the role", { entry: byRole, agreement }, "bo", true],
    ["one that is named itself", { entry: byRole, agreement }, "cy", true],
    ["the stand-in", { entry: byRole, agreement }, "di", true],
    ["one that hasn't accepted anything", { entry: byRole, agreement }, "eve", false],
    ["the customer, which has accepted it in another role", { entry: byRole, agreement }, "member", false],
    ["who is paid", { entry: byRole, agreement }, "shop", true],
    ["without a clause, the stand-in", { entry: standIn, agreement }, "di", true],
    ["without a clause, every company", { entry: standIn, agreement }, "bo", true],
    ["without a clause, no customer", { entry: standIn, agreement }, "member", false],
    [
      "without a clause, no customer by another name",
      { entry: standIn, agreement: tenants },
      "tenant",
      false,
    ],
    ["without a clause, nobody who hasn't accepted anything", { entry: standIn, agreement }, "eve", false],
    ["where nothing is the provider's, who is paid", { entry: {}, agreement }, "shop", true],
    ["where nothing is the provider's, nobody else", { entry: {}, agreement }, "ada", false],
    ["who is paid as the provider, being a company", { entry: paid, agreement }, "ada", true],
    ["who would be paid as the provider, being the customer", { entry: paid, agreement }, "member", false],
  ])("%s", (_, card, provider, admitted) => {
    const outcome = tryThing(card, { provider, usage: { units: 1 } }, { accepted });
    if (admitted) expect(outcome.kind).toBe("rated");
    else
      expect(outcome).toMatchObject({
        kind: "unrated",
        code: "PROVIDER_NOT_ADMITTED",
        pointer: "/provider",
        detail: expect.stringMatching(
          `${provider} may not render thing: the rate card card 1.0.0, clause /entries/0`,
        ),
      });
    const refusal = testRating(card).refuseProvider(order({ provider, usage: {} }), { accepted });
    expect(refusal?.code).toBe(admitted ? undefined : "PROVIDER_NOT_ADMITTED");
  });

  it("nobody has to be named", () => {
    expect(tryThing({ entry: byRole, agreement }, { usage: { units: 1 } }).kind).toBe("rated");
    expect(testRating({ entry: byRole, agreement }).refuseProvider(order({}))).toBeUndefined();
  });

  it("holds for each part of a bundle", () => {
    const card: TestCard = {
      entry: byRole,
      agreement,
      more: [{ product: "set", price: { model: "bundle", amount: "5", parts: ["thing"] } }],
    };
    const parts = [{ product: "thing", provider: "eve", usage: { units: 1 } }];
    expect(tryThing(card, { product: "set", parts }, { accepted })).toMatchObject({
      code: "PROVIDER_NOT_ADMITTED",
      pointer: "/parts/0/provider",
    });
  });

  it("an order is admitted where any entry of the product admits it, as what is measured may yet decide", () => {
    const card: TestCard = {
      entry: { when: [{ measure: "units", above: "5" }], providers: [{ party: "cy" }] },
      more: [{ product: "thing", price: { model: "one-off", amount: "1" }, providers: [{ party: "di" }] }],
    };
    const rating = testRating(card);
    const refusals = ["cy", "di", "ada"].map(
      (provider) => rating.refuseProvider(order({ provider, usage: {} }))?.code,
    );
    expect(refusals).toEqual([undefined, undefined, "PROVIDER_NOT_ADMITTED"]);
  });
});
