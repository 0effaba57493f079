import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { expectStatus, type Harbour, itemsOf, openHarbour, type Reply } from "./harbour.ts";
import { leg, lunch } from "./legs.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

const flown = leg("leg-1");

describe("refusals", () => {
  const cases: readonly { what: string; over: JsonObject; status: number; code: string; pointer?: string }[] =
    [
      { what: "an unknown field", over: { colour: "blue" }, status: 422, code: "ECO_REQUEST_INVALID" },
      {
        what: "an unknown product",
        over: { product: "teleport" },
        status: 422,
        code: "ECO_PRODUCT_UNKNOWN",
        pointer: "#/product",
      },
      {
        what: "a delivery before its agreement",
        over: { startedAt: "2000-12-31T11:45:00" },
        status: 422,
        code: "ECO_AGREEMENT_NOT_IN_FORCE",
      },
      {
        what: "a negative quantity",
        over: { usage: { distanceMiles: -1 } },
        status: 422,
        code: "ECO_REQUEST_INVALID",
        pointer: "#/usage/distanceMiles",
      },
      {
        what: "a missing measure",
        over: { usage: {} },
        status: 422,
        code: "ECO_USAGE_INVALID",
        pointer: "#/usage/distanceMiles",
      },
      {
        what: "an unknown customer",
        over: { customer: "nordic-aps" },
        status: 422,
        code: "ECO_PARTY_UNKNOWN",
        pointer: "#/customer",
      },
      {
        what: "a customer that is none",
        over: { customer: "lumen-av" },
        status: 422,
        code: "ECO_PARTY_ROLE",
        pointer: "#/customer",
      },
      {
        what: "a carrier that would take the broker's share",
        over: { product: "meeting-room", endedAt: "2001-01-01T13:00:00", parties: { broker: "blueline" } },
        status: 422,
        code: "ECO_PARTY_ROLE",
        pointer: "#/parties/broker",
      },
      {
        what: "a customer that would be paid for what it receives",
        over: { provider: "nordic-apps" },
        status: 422,
        code: "ECO_PROVIDER_NOT_ADMITTED",
        pointer: "#/provider",
      },
      {
        what: "a carrier that would render what only the campus does",
        over: { product: "desk-day", usage: {}, startedAt: "2025-03-11T10:00:00", provider: "blueline" },
        status: 422,
        code: "ECO_PROVIDER_NOT_ADMITTED",
        pointer: "#/provider",
      },
      {
        what: "an unknown parent",
        over: { parent: "nothing" },
        status: 422,
        code: "ECO_PARENT_UNKNOWN",
        pointer: "#/parent",
      },
      { what: "itself as parent", over: { parent: "leg-1" }, status: 422, code: "ECO_PARENT_UNKNOWN" },
    ];

  it.each(cases)("of $what say what, where and how to fix it", async ({ over, status, code, pointer }) => {
    const reply = await harbour.as("blueline").post("/deliveries", { ...flown, ...over });
    expect(reply).toMatchObject({ status, body: { status, code } });
    expect(reply.body["fix"]).toMatch(/\w/);
    if (pointer !== undefined) expect(reply.body["errors"]).toMatchObject([{ pointer }]);
    expect(itemsOf(await harbour.as("harbour").get("/postings"))).toEqual([]);
  });

  it("are a row's own in a batch, and rows see each other", async () => {
    const rows = [
      flown,
      { ...flown, usage: { distanceMiles: 5 } },
      flown,
      { ...flown, id: "x", usage: { distanceMiles: -1 } },
      { ...lunch, parent: "leg-1" },
    ];
    const { body } = await expectStatus(
      harbour.as("harbour").post("/deliveries/batch", { deliveries: rows }),
      200,
    );
    expect(body).toMatchObject({ accepted: 2, known: 1, rejected: 2 });
    const results = body["results"] as JsonObject[];
    expect(results.map(({ outcome }) => outcome)).toEqual([
      "rated",
      "rejected",
      "known",
      "rejected",
      "rated",
    ]);
    expect(results[1]?.["problem"]).toMatchObject({ code: "ECO_DELIVERY_CONFLICT", status: 409 });
    const again = await harbour.as("harbour").post("/deliveries/batch", { deliveries: rows });
    expect(again.body).toMatchObject({ accepted: 0, known: 3, rejected: 2 });
  });

  it("of the same id with other content, while the same content is known", async () => {
    const blueline = harbour.as("blueline");
    const first = await expectStatus(blueline.post("/deliveries", flown), 201);
    expect(await expectStatus(blueline.post("/deliveries", flown), 200)).toMatchObject({ body: first.body });
    const other = await blueline.post("/deliveries", { ...flown, usage: { distanceMiles: 921 } });
    expect(other).toMatchObject({ status: 409, body: { code: "ECO_DELIVERY_CONFLICT" } });
  });

  it("of wrong credentials, scopes that a role lacks, and a test value that is declined", async () => {
    await expect(
      harbour.with({ clientId: "sandbox-blueline", clientSecret: "wrong" }).get("/deliveries"),
    ).rejects.toThrow("ECO_INVALID_CLIENT");
    expect((await harbour.nobody.get("/deliveries")).body["code"]).toBe("ECO_UNAUTHENTICATED");
    expect((await harbour.as("nordic-apps").post("/deliveries", flown)).body["code"]).toBe(
      "ECO_SCOPE_MISSING",
    );
    const declined = {
      product: "visitor-hosting",
      customer: "nordic-apps",
      startedAt: "2026-03-11T10:00:00",
      usage: { eventBudget: "4040.4", visitors: 1 },
    };
    const reply = await harbour.as("brightdesk").post("/deliveries", declined);
    expect(reply).toMatchObject({ status: 422, body: { code: "ECO_AMOUNT_DECLINED" } });
  });
});

describe("who may submit", () => {
  it.each(["blueline", "wayfare", "harbour"])(
    "%s, which renders the leg or runs the campus",
    async (party) => {
      await expectStatus(harbour.as(party).post("/deliveries", flown), 201);
    },
  );

  it.each(["fjord-catering", "spacefinder", "kestrel"])("not %s, which has no part in it", async (party) => {
    const reply = await harbour.as(party).post("/deliveries", flown);
    expect(reply).toMatchObject({ status: 403, body: { code: "ECO_FORBIDDEN" } });
  });
});

describe("an id that somebody else has taken", () => {
  const told = ({ body }: Reply) => ({ ...body, instance: "" });

  it("of a delivery is refused with nothing but that it is taken, right as its content may be", async () => {
    await expectStatus(harbour.as("harbour").post("/deliveries", lunch), 201);
    // Blueline has no part in the lunch: it mayn't see it, and mayn't find out by trying what it holds.
    const guesses = [lunch, { ...lunch, usage: { covers: 1 } }, leg("lunch")];
    const replies = [];
    for (const guess of guesses) replies.push(await harbour.as("blueline").post("/deliveries", guess));
    for (const reply of replies) {
      expect(reply).toMatchObject({ status: 409, body: { code: "ECO_DELIVERY_CONFLICT" } });
      expect(told(reply)).toEqual(told(replies[0] ?? reply));
    }
    expect(JSON.stringify(replies.map(({ body }) => body))).not.toMatch(/nordic-apps|fjord|kestrel|harbour/);
    const { body } = await harbour.as("blueline").post("/deliveries/batch", { deliveries: guesses });
    for (const { outcome, problem } of body["results"] as JsonObject[]) {
      expect(outcome).toBe("rejected");
      expect(problem).toMatchObject({ code: "ECO_DELIVERY_CONFLICT" });
    }
    expect((await harbour.as("blueline").get("/deliveries/lunch")).status).toBe(404);
  });

  it("of a work order is refused with nothing but that it is taken", async () => {
    const order = {
      id: "order-1",
      product: "catering-cover",
      customer: "nordic-apps",
      provider: "fjord-catering",
      parties: { supplier: "kestrel" },
      scheduledFor: "2026-03-17T11:30:00+02:00",
      usage: { covers: 37 },
    };
    await expectStatus(harbour.as("harbour").post("/work-orders", order), 201);
    expect((await harbour.as("spacefinder").get("/work-orders/order-1")).status).toBe(404);
    for (const covers of [37, 1]) {
      const guess = { ...order, usage: { covers }, parties: { broker: "spacefinder", supplier: "kestrel" } };
      const reply = await harbour.as("spacefinder").post("/work-orders", guess);
      expect(reply).toMatchObject({ status: 409, body: { code: "ECO_CONFLICT" } });
      expect(JSON.stringify({ ...told(reply), fix: "" })).not.toMatch(/harbour|nordic|fjord|kestrel|37/);
    }
  });
});

describe("what each party sees", () => {
  beforeEach(async () => {
    await expectStatus(harbour.as("blueline").post("/deliveries", flown), 201);
    await expectStatus(harbour.as("harbour").post("/deliveries", lunch), 201);
  });

  const view = async (party: string) => (await harbour.as(party).get("/deliveries/lunch")).body;

  it("is its own deliveries, and of foreign ones not even that they exist", async () => {
    const ids = async (party: string) =>
      itemsOf(await harbour.as(party).get("/deliveries")).map(({ id }) => id);
    expect(await ids("blueline")).toEqual(["leg-1"]);
    expect(await ids("kestrel")).toEqual(["lunch"]);
    expect(await ids("studio-oy")).toEqual([]);
    expect(await ids("nordic-apps")).toEqual(["leg-1", "lunch"]);
    expect(await ids("privacy-board")).toEqual(["leg-1", "lunch"]);
    for (const path of ["/deliveries/lunch", "/deliveries/lunch/explanation", "/charges/lunch.0"]) {
      expect(await harbour.as("blueline").get(path)).toMatchObject({
        status: 404,
        body: { code: "ECO_NOT_FOUND" },
      });
    }
    expect(
      (await harbour.as("blueline").post("/deliveries/lunch/cancellation", { reason: "x" })).status,
    ).toBe(404);
  });

  it("is its own share and recourse, and never what the others get", async () => {
    const broker = await view("spacefinder");
    expect(broker["charges"]).toMatchObject([
      { shares: [{ party: "spacefinder", amountMinor: 3828 }], recourse: [] },
    ]);
    const supplier = await view("kestrel");
    expect(supplier).toMatchObject({ netMinor: 2745, serviceCreditMinor: 1000 });
    const text = JSON.stringify(supplier);
    expect(text).not.toContain("39228");
    const explained = await harbour.as("spacefinder").get("/deliveries/lunch/explanation");
    expect(JSON.stringify(explained.body)).not.toContain("39228");
    expect(JSON.stringify(explained.body)).toContain("3828");
  });

  it("is its own accounts, events and postings", async () => {
    const accounts = itemsOf(await harbour.as("kestrel").get("/balances")).map(({ account }) =>
      String(account),
    );
    expect(accounts.length).toBeGreaterThan(0);
    expect(accounts.filter((account) => !account.startsWith("kestrel/"))).toEqual([]);
    expect(itemsOf(await harbour.as("kestrel").get("/balances?account=harbour/"))).toEqual([]);
    const postings = itemsOf(await harbour.as("kestrel").get("/postings"));
    expect(postings.every(({ account }) => String(account).startsWith("kestrel/"))).toBe(true);
    const subjects = itemsOf(await harbour.as("kestrel").get("/events")).map(({ subject }) => subject);
    expect(new Set(subjects)).toEqual(new Set(["lunch"]));
  });

  it("is only for those who render it to change", async () => {
    const change = { usage: { delayMinutes: 0 }, reason: "It was in time." };
    const reply = await harbour.as("kestrel").post("/deliveries/lunch/corrections", change);
    expect(reply).toMatchObject({ status: 403, body: { code: "ECO_FORBIDDEN" } });
    const customer = await harbour.as("nordic-apps").post("/deliveries/lunch/corrections", change);
    expect(customer.body["code"]).toBe("ECO_SCOPE_MISSING");
  });

  it("explains itself in words and as data", async () => {
    const { body } = await harbour.as("nordic-apps").get("/deliveries/lunch/explanation");
    expect(body["lines"]).toEqual([
      "catering-cover for nordic-apps, started 2025-03-11T11:30:00+02:00: rated.",
      "nordic-apps pays harbour for catering-cover, by catering-cover 1.0.0 (/entries/0) under membership 1.0.0 (/terms/commercial/rateCards/4).",
      "  Measured covers 37.",
      "  above 0 to 10: 10 × 14.5 = 145",
      "  above 10 to 30: 20 × 12.75 = 255",
      "  above 30: 7 × 11.2 = 78.4",
      "  Together 478.4.",
      "  Rounded half-even: 478.40 EUR net.",
      "  Service level catering-on-time missed: delayMinutes 25, service credit 47.84 EUR (above 10, up to 30: 10 %).",
      "  Tax catering 14 % on 430.56 EUR: 60.28 EUR.",
      "  Payable: 490.84 EUR.",
      "Of delayMinutes 25, at most 10 promised: others 25.",
      "Service credit of 47.84 EUR for catering-cover: borne by others 47.84 EUR.",
    ]);
    expect(body["trace"]).toMatchObject({ charges: [{ netMinor: 47840 }], legs: [{ id: "0/sale" }] });
  });
});
