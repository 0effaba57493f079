import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const oddShapes = (): Promise<Client> =>
  sandboxOf(fileURLToPath(new URL("odd-shapes.yaml", import.meta.url)));

describe("lists in envelopes of their own", () => {
  it("are told from other lists by the name of what is listed", async () => {
    const { call } = await oddShapes();
    const made = await call("POST", "/v1/bookings", { booking: { note: "window" } });
    const { booking } = made.json as { booking: { id: string } };
    expect((await call("GET", "/v1/bookings")).json).toEqual({ bookings: [booking] });
    expect((await call("GET", `/v1/bookings/${booking.id}`)).json).toMatchObject({ booking });
  });

  it("are found inside what the envelope embeds", async () => {
    const { call } = await oddShapes();
    const call1 = (await call("POST", "/calls", { to: "+1" })).json;
    expect((await call("GET", "/calls")).json).toMatchObject({ count: 1, _embedded: { calls: [call1] } });
  });
});

describe("a Location", () => {
  it("is a whole URL where its schema wants one", async () => {
    const { call } = await oddShapes();
    const made = await call("POST", "/v1/bookings", { booking: {} });
    const { booking } = made.json as { booking: { id: string } };
    expect(made.headers.get("location")).toBe(`http://127.0.0.1/v1/bookings/${booking.id}`);
  });
});

describe("things that are named by their ids", () => {
  it("become things where the answer has them as such, and filter lists", async () => {
    const { call } = await oddShapes();
    await call("POST", "/v1/bookings", { booking: { customer: "cus_1" } });
    await call("POST", "/v1/bookings", { booking: { customer: "cus_2" } });
    expect((await call("GET", "/v1/bookings?customer=cus_2")).json).toMatchObject({
      bookings: [{ customer: { id: "cus_2" } }],
    });
  });
});

describe("ids", () => {
  it("stand in paths as OData writes them", async () => {
    const { call } = await oddShapes();
    const made = await call("POST", "/Orders", { ID: "7", name: "a" });
    expect(made.headers.get("location")).toBe("/Orders('7')");
    expect((await call("GET", "/Orders('7')")).json).toEqual({ ID: "7", name: "a" });
    expect((await call("DELETE", "/Orders('7')")).status).toBe(204);
    expect((await call("GET", "/Orders('7')")).status).toBe(404);
  });

  it("may be objects that hold their text", async () => {
    const { call } = await oddShapes();
    const { record_id: id } = (await call("POST", "/records", { name: "a" })).json as {
      record_id: { value: string };
    };
    expect((await call("GET", `/records/${id.value}`)).json).toEqual({ record_id: id, name: "a" });
  });

  it("are those that the client was told, of things of several kinds too", async () => {
    const { call } = await oddShapes();
    const made = (await call("POST", "/addresses", { line: "1 Way" })).json as { id: string };
    expect((await call("GET", `/addresses/${made.id}`)).json).toEqual(made);
  });

  it("of what a thing is about are not its own", async () => {
    const { call } = await oddShapes();
    const body = { message: "fine", item: { id: "11", type: "file" } };
    const made = (await call("POST", "/comments", body)).json as { id: string };
    expect(made).toEqual({ ...body, id: expect.not.stringMatching(/^11$/) });
    expect((await call("POST", "/comments", body)).status).toBe(201);
    expect((await call("GET", `/comments/${made.id}`)).json).toEqual(made);
  });

  it("conflict only where something reads by them", async () => {
    const { call } = await oddShapes();
    const statuses = [];
    for (const path of ["/jobs/start", "/jobs/start", "/calls", "/calls"])
      statuses.push((await call("POST", path, { id: "1", uuid: "1" })).status);
    expect(statuses).toEqual([201, 201, 201, 409]);
  });
});

describe("a body that lists things", () => {
  it("makes each of them", async () => {
    const { call } = await oddShapes();
    const made = await call("POST", "/contacts", [
      { id: 2, name: "B" },
      { id: 5, name: "E" },
    ]);
    expect(made).toMatchObject({
      status: 200,
      json: [
        { id: 2, name: "B" },
        { id: 5, name: "E" },
      ],
    });
    expect((await call("GET", "/contacts")).json).toEqual(made.json);
    expect((await call("GET", "/contacts/5")).json).toEqual({ id: 5, name: "E" });
  });

  it("makes none where one of them exists, and names it", async () => {
    const { call } = await oddShapes();
    await call("POST", "/contacts", [{ id: 2 }]);
    const refused = await call("POST", "/contacts", [{ id: 1 }, { id: 2 }]);
    expect(refused).toMatchObject({ status: 409, text: expect.stringContaining("contacts 2 exists") });
    expect((await call("POST", "/contacts", [{ id: 3 }, { id: 3 }])).status).toBe(409);
    expect((await call("GET", "/contacts")).json).toEqual([{ id: 2 }]);
  });
});

describe("requests that schemas describe in ways that clients can't keep to", () => {
  it("need no body that fetch can't send", async () => {
    const { call } = await oddShapes();
    expect((await call("GET", "/search")).status).toBe(200);
  });

  it("may hold bytes whose schema says how JSON would carry them", async () => {
    const { sandbox } = await oddShapes();
    const headers = { "content-type": "application/octet-stream" };
    const body = new Uint8Array([0, 255, 60]);
    const response = await sandbox.fetch(
      new Request("http://127.0.0.1/files", { method: "PUT", headers, body }),
    );
    expect(response.status).toBe(204);
  });

  it.each([
    ["share=0.5&names[0]=a", { share: 0.5, names: ["a"] }],
    ["share=&names=", { share: "", names: "" }],
    ["names=a", { names: ["a"] }],
  ])("read the form %s by the part of a union that its texts can be", async (body, want) => {
    const { sandbox } = await oddShapes();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const response = await sandbox.fetch(
      new Request("http://127.0.0.1/charges", { method: "POST", headers, body }),
    );
    expect(await response.json()).toEqual(want);
  });

  it.each([
    ["/parts/.5/;matrix=7", 204],
    ["/parts/5/;matrix=7", 422],
    ["/parts/.5/7", 422],
    ["/parts/.x/;matrix=7", 422],
  ])("have their labels and matrices in the path as declared: %s", async (path, status) => {
    const { call } = await oddShapes();
    expect((await call("GET", path)).status).toBe(status);
  });
});

describe("answers", () => {
  it("repeat a header of the request only where it is valid", async () => {
    const { call } = await oddShapes();
    const id = "0b7c5c50-0000-4000-8000-000000000001";
    const traceOf = async (sent: string): Promise<string | null> =>
      (await call("POST", "/jobs/start", {}, { "x-trace": sent })).headers.get("x-trace");
    expect(await traceOf(id)).toBe(id);
    expect(await traceOf("mine")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("meet one of two schemas that ask for nothing", async () => {
    const { call } = await oddShapes();
    const { status, json } = await call("GET", "/either");
    expect([status, json]).toEqual([200, { status: expect.not.stringMatching(/^[01]$/) }]);
  });
});
