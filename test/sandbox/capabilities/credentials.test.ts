import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { type Client, expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";

type Credentials = { readonly clientId: string; readonly clientSecret: string };

const PATH = "/parties/saltmarsh-kitchen/credentials";
let harbour: Harbour;
let first: Credentials;
let partner: Client;
beforeEach(async () => {
  harbour = await openHarbour();
  const company = {
    name: "Saltmarsh Kitchen",
    role: "complementor",
    contacts: [{ name: "Aino Laine", email: "aino@saltmarsh.example", purpose: "technical" }],
  };
  const { body } = await expectStatus(harbour.nobody.post("/parties", company), 201);
  first = body["credentials"] as JsonObject & Credentials;
  partner = harbour.with(first);
});
afterEach(() => harbour.close());

const rotate = async (body?: JsonObject, as = partner) =>
  (await expectStatus(as.post(PATH, body), 200)).body as JsonObject & Credentials;

const advance = (duration: string) =>
  expectStatus(harbour.as("harbour").put("/sandbox/clock", { advance: duration }), 200);

const signsIn = (credentials: Credentials): Promise<boolean> =>
  harbour
    .with(credentials)
    .get("/parties")
    .then(
      () => true,
      (refused: Error) => {
        expect(refused.message).toContain("ECO_INVALID_CLIENT");
        return false;
      },
    );

describe("new credentials", () => {
  it.each([
    { body: undefined, before: "PT23H59M", end: "2026-03-17T08:00:00.000Z" },
    { body: {}, before: "PT23H59M", end: "2026-03-17T08:00:00.000Z" },
    { body: { overlap: "PT2H" }, before: "PT1H59M", end: "2026-03-16T10:00:00.000Z" },
    { body: { overlap: "P7D" }, before: "P6DT23H59M", end: "2026-03-23T08:00:00.000Z" },
  ])(
    "count beside the former ones until the virtual clock ends those: $body",
    async ({ body, before, end }) => {
      const second = await rotate(body);
      expect(second["former"]).toEqual([
        { clientId: first.clientId, createdAt: "2026-03-16T08:00:00.000Z", expiresAt: end },
      ]);
      await advance(before);
      expect([await signsIn(first), await signsIn(second)]).toEqual([true, true]);
      await advance("PT1M");
      expect([await signsIn(first), await signsIn(second)]).toEqual([false, true]);
      const left = itemsOf(await harbour.with(second).get(PATH));
      expect(left.map(({ clientId }) => clientId)).toEqual([second.clientId]);
    },
  );

  it("end the former ones at once where they are to have no overlap", async () => {
    const second = await rotate({ overlap: "PT0S" });
    expect(second["former"]).toEqual([]);
    expect([await signsIn(first), await signsIn(second)]).toEqual([false, true]);
  });

  it("put off no end that the former ones have", async () => {
    await rotate({ overlap: "PT1H" });
    const third = await rotate({ overlap: "P2D" });
    const former = third["former"] as JsonObject[];
    const ends = Object.fromEntries(
      former.map(({ clientId, expiresAt }) => [String(clientId), String(expiresAt)]),
    );
    expect(ends[first.clientId]).toBe("2026-03-16T09:00:00.000Z");
    expect(Object.values(ends)).toContain("2026-03-18T08:00:00.000Z");
  });

  it("replace those that are named, and no others", async () => {
    const second = await rotate();
    const third = await rotate({ clientId: second.clientId, overlap: "PT0S" });
    expect([await signsIn(first), await signsIn(second), await signsIn(third)]).toEqual([true, false, true]);
    const unknown = await partner.post(PATH, { clientId: second.clientId });
    expect(unknown).toMatchObject({ status: 404, body: { code: "ECO_NOT_FOUND" } });
  });

  it.each(["P8D", "P7DT1S", "PT-1H", "a day", "P1M"])(
    "refuse %s as an overlap, and change nothing",
    async (overlap) => {
      expect(await partner.post(PATH, { overlap })).toMatchObject({
        status: 422,
        body: { code: "ECO_REQUEST_INVALID", errors: [{ pointer: "#/overlap" }] },
      });
      expect(itemsOf(await partner.get(PATH))).toHaveLength(1);
    },
  );

  it("are twenty at most at a time, and those that ended make room", async () => {
    for (let count = 1; count < 20; count++) await rotate({ overlap: "PT1H" });
    expect(await partner.post(PATH)).toMatchObject({ status: 409, body: { code: "ECO_CONFLICT" } });
    await advance("PT1H");
    const { former } = await rotate({}, harbour.as("harbour"));
    expect(former).toHaveLength(1);
  });
});

describe("the list of credentials", () => {
  it("shows no secret, and nothing to other companies", async () => {
    const second = await rotate();
    const shown = await partner.get(PATH);
    expect(itemsOf(shown)).toEqual([
      {
        clientId: first.clientId,
        createdAt: "2026-03-16T08:00:00.000Z",
        expiresAt: "2026-03-17T08:00:00.000Z",
      },
      { clientId: second.clientId, createdAt: "2026-03-16T08:00:00.000Z" },
    ]);
    for (const { clientSecret } of [first, second]) expect(JSON.stringify(shown)).not.toContain(clientSecret);
    expect((await harbour.as("blueline").get(PATH)).status).toBe(404);
  });

  it("goes on, page by page", async () => {
    const second = await rotate();
    const page = await partner.get(`${PATH}?limit=1`);
    const next = await partner.get(`${PATH}?limit=1&cursor=${String(page.body["nextCursor"])}`);
    const ids = [page, next].flatMap((each) => itemsOf(each)).map(({ clientId }) => clientId);
    expect(ids).toEqual([first.clientId, second.clientId]);
  });
});

describe("ending credentials", () => {
  it("takes the former ones away at once", async () => {
    const second = await rotate();
    await expectStatus(harbour.with(second).delete(`${PATH}/${first.clientId}`), 204);
    expect([await signsIn(first), await signsIn(second)]).toEqual([false, true]);
    expect((await harbour.with(second).delete(`${PATH}/${first.clientId}`)).status).toBe(404);
  });

  it("never locks a company out", async () => {
    const alone = await partner.delete(`${PATH}/${first.clientId}`);
    expect(alone).toMatchObject({ status: 409, body: { code: "ECO_STATE_TRANSITION" } });
    const second = await rotate();
    // The former ones count for a while, but then nothing would be left.
    expect((await partner.delete(`${PATH}/${second.clientId}`)).status).toBe(409);
    expect([await signsIn(first), await signsIn(second)]).toEqual([true, true]);
  });

  it("is for the company itself and the orchestrator", async () => {
    const second = await rotate();
    for (const ask of [
      (client: Client) => client.post(PATH),
      (client: Client) => client.delete(`${PATH}/${first.clientId}`),
    ])
      expect((await ask(harbour.as("blueline"))).status).toBe(404);
    expect(await signsIn(first)).toBe(true);
    const renewed = await rotate({ overlap: "PT0S" }, harbour.as("harbour"));
    expect([await signsIn(second), await signsIn(renewed)]).toEqual([false, true]);
  });
});
