import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";
import { leg } from "./legs.ts";

let harbour: Harbour;
beforeAll(async () => {
  harbour = await openHarbour();
  for (const id of ["one", "two", "three"]) await submit(harbour, id);
});
afterAll(() => harbour.close());

const submit = (to: Harbour, id: string) =>
  expectStatus(
    to.as("blueline").post("/deliveries", leg(id, { usage: { distanceMiles: 920, arrivalDelayMinutes: 0 } })),
    201,
  );

/** The cursor to the second page. */
async function cursorTo(path: string, party = "blueline", from = harbour): Promise<string> {
  const { body } = await expectStatus(from.as(party).get(path), 200);
  return String(body["nextCursor"]);
}

const refusal = {
  status: 422,
  body: { code: "ECO_REQUEST_INVALID", errors: [{ pointer: "$request.query.cursor" }] },
};

describe("a cursor", () => {
  it.each(["/deliveries", "/charges", "/events", "/postings", "/rate-cards", "/agreements", "/parties"])(
    "of %s leads on there, and nowhere else",
    async (path) => {
      const lists = harbour.sandbox.catalog.operations.filter(
        ({ method, template, parameters, capability }) =>
          method === "GET" &&
          capability !== undefined &&
          !template.includes("{") &&
          parameters.some(({ name }) => name === "cursor"),
      );
      expect(lists.length).toBeGreaterThan(15);
      const cursor = await cursorTo(`${path}?limit=1`, "harbour");
      for (const { template } of lists) {
        const reply = await harbour.as("harbour").get(`${template}?cursor=${cursor}`);
        if (template === path) expect(reply.status).toBe(200);
        else expect(reply, template).toMatchObject(refusal);
      }
    },
  );

  it("gives all items once, whatever the size of the pages", async () => {
    const whole = itemsOf(await harbour.as("blueline").get("/charges"));
    const pages = [];
    for (let [query, limit] = ["", 1]; ; limit = 3 - limit) {
      const { body } = await harbour.as("blueline").get(`/charges?limit=${limit}${query}`);
      pages.push(...itemsOf({ status: 200, body, requestId: "" }));
      if (body["nextCursor"] === undefined) break;
      query = `&cursor=${String(body["nextCursor"])}`;
    }
    expect(pages).toEqual(whole);
  });

  it.each([
    ["with another filter", "/deliveries?limit=1&product=express-leg", "/deliveries?", "blueline"],
    ["with a filter that it had not", "/deliveries?limit=1", "/deliveries?customer=nordic-apps&", "blueline"],
    ["for another party", "/deliveries?limit=1", "/deliveries?", "wayfare"],
    ["for the orchestrator", "/deliveries?limit=1", "/deliveries?", "harbour"],
  ])("is refused %s", async (_what, from, to, party) => {
    const cursor = await cursorTo(from);
    expect(await harbour.as(party).get(`${to}cursor=${cursor}`)).toMatchObject(refusal);
  });

  it("of another sandbox is refused", async () => {
    const other = await openHarbour({ seed: "another" });
    for (const id of ["one", "two"]) await submit(other, id);
    const cursor = await cursorTo("/deliveries?limit=1", "blueline", other);
    await other.close();
    expect(await harbour.as("blueline").get(`/deliveries?cursor=${cursor}`)).toMatchObject(refusal);
  });

  it.each([
    ["without its mark", (cursor: string) => cursor.split(".")[0]],
    ["with another mark", (cursor: string) => `${cursor.slice(0, -1)}${cursor.endsWith("0") ? 1 : 0}`],
    ["with more behind it", (cursor: string) => `${cursor}.1`],
    ["with its mark alone", (cursor: string) => `.${cursor.split(".")[1]}`],
    ["beyond all numbers", (cursor: string) => `zzzzzzzzzzz.${cursor.split(".")[1]}`],
    ["made up", () => "c1"],
  ])("%s is refused", async (_what, change) => {
    const cursor = change(await cursorTo("/deliveries?limit=1"));
    expect(await harbour.as("blueline").get(`/deliveries?cursor=${cursor}`)).toMatchObject(refusal);
  });
});
