import { afterEach, beforeEach, expect, it } from "vitest";
import { expectStatus, type Harbour, openHarbour } from "./harbour.ts";

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
});
afterEach(() => harbour.close());

const account = { iban: "DE89370400440532013000", bic: "COBADEFFXXX" };

it("is given by the party itself, and shown to nobody but those who oversee", async () => {
  await expectStatus(harbour.as("blueline").patch("/parties/blueline", { bankAccount: account }), 200);
  for (const party of ["blueline", "harbour", "tax-office"])
    expect((await harbour.as(party).get("/parties/blueline")).body["bankAccount"]).toEqual(account);
  for (const party of ["wayfare", "nordic-apps"])
    expect((await harbour.as(party).get("/parties/blueline")).body).not.toHaveProperty("bankAccount");
});

it.each(["DE88370400440532013000", "DE8937040044053201300O"])(
  "refuses %s, a wrong digit, with the field",
  async (iban) => {
    const { status, body } = await harbour
      .as("blueline")
      .patch("/parties/blueline", { bankAccount: { iban } });
    expect(status).toBe(422);
    expect(body["errors"]).toMatchObject([{ pointer: "#/bankAccount/iban" }]);
  },
);

it("of a stand-in is not that of the company that takes its place", async () => {
  const before = await harbour.as("harbour").get("/parties/blueline");
  expect(before.body).toHaveProperty("bankAccount");
  const registration = {
    id: "blueline",
    name: "Blueline Air",
    role: "complementor",
    contacts: [{ name: "A", email: "a@blueline.test", purpose: "billing" }],
  };
  await expectStatus(harbour.nobody.post("/parties", registration), 201);
  const after = await harbour.as("harbour").get("/parties/blueline");
  expect(after.body).not.toHaveProperty("bankAccount");
});
