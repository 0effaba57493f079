import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { sandboxOf } from "./sandbox-of.ts";

const spec = fileURLToPath(import.meta.resolve("@readme/oas-examples/3.1/json/train-travel.json"));

const TRIP = "ea399ba1-6d95-433f-92d1-83f67b775594";
const ORIGIN = "efdbb9d1-02c2-4bc3-afb7-6788d8782b1e";
const query = `origin=${ORIGIN}&destination=b2e783e1-c824-4d63-b37a-d8d698862f1d&date=2024-02-01T09:00:00Z`;
const booking = { trip_id: TRIP, passenger_name: "John Doe", has_bicycle: true };

describe("state inferred from the Train Travel API, a spec that nobody here wrote", () => {
  it("lists what the spec's examples show", async () => {
    const { call } = await sandboxOf(spec);
    const all = (await call("GET", "/stations")).json as { data: { country_code: string }[] };
    expect(all.data.map(({ country_code }) => country_code)).toEqual(["DE", "FR"]);
    const [trip] = ((await call("GET", `/trips?${query}`)).json as { data: { origin: string }[] }).data;
    expect(trip?.origin).toBe(ORIGIN);
  });

  it("books, reads back, lists, pays and cancels", async () => {
    const { call } = await sandboxOf(spec);
    expect((await call("GET", "/bookings")).json).toMatchObject({ data: [] });
    const created = await call("POST", "/bookings", booking);
    expect(created.status).toBe(201);
    expect(created.json).toMatchObject(booking);
    const { id } = created.json as { id: string };
    expect(created.headers.get("location")).toBe(`/bookings/${id}`);
    expect((await call("GET", `/bookings/${id}`)).json).toMatchObject({ id, ...booking });
    const other = (await call("POST", "/bookings", booking)).json as { id: string };
    expect(other.id).not.toBe(id);
    expect((await call("GET", "/bookings")).json).toMatchObject({ data: [{ id }, { id: other.id }] });
    const source = {
      object: "card",
      name: "J. Doe",
      number: "4242424242424242",
      cvc: 123,
      exp_month: 12,
      exp_year: 2030,
      address_country: "gb",
    };
    const paid = await call("POST", `/bookings/${id}/payment`, { amount: 49.99, currency: "gbp", source });
    expect(paid.status).toBe(200);
    expect(paid.json).toMatchObject({ amount: 49.99, currency: "gbp" });
    expect((await call("DELETE", `/bookings/${id}`)).status).toBe(204);
    expect((await call("GET", `/bookings/${id}`)).status).toBe(404);
    expect(
      (await call("POST", `/bookings/${id}/payment`, { amount: 1, currency: "gbp", source })).status,
    ).toBe(404);
    expect((await call("GET", "/bookings")).json).toMatchObject({ data: [{ id: other.id }] });
  });

  // It declares 400 and no 422, so 400 it is.
  it.each([
    ["a body against its schema", "POST", "/bookings", { trip_id: "no uuid" }, 400],
    ["a path parameter against its format", "GET", "/bookings/7", undefined, 400],
    ["a missing query parameter", "GET", "/trips", undefined, 400],
  ])("refuses %s", async (_, method, path, json, status) => {
    const { call } = await sandboxOf(spec);
    const answered = await call(method, path, json);
    expect(answered.status).toBe(status);
    expect(answered.headers.get("content-type")).toBe("application/problem+json");
    expect(answered.json).toMatchObject({ status, code: "ECO_REQUEST_INVALID" });
  });

  it("wants the credential that the spec declares, of any value", async () => {
    const { sandbox } = await sandboxOf(spec);
    expect((await sandbox.fetch(new Request("http://127.0.0.1/stations"))).status).toBe(401);
  });
});
