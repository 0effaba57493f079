import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Client, sandboxOf } from "./sandbox-of.ts";

async function envelopes(): Promise<Client> {
  const directory = await mkdtemp(join(tmpdir(), "eco-envelopes-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  await cp(fileURLToPath(new URL("envelopes.yaml", import.meta.url)), join(directory, "envelopes.yaml"));
  return sandboxOf(join(directory, "envelopes.yaml"));
}

describe("things in envelopes", () => {
  it("reads what is sent in an envelope and keeps the thing in it", async () => {
    const { call } = await envelopes();
    const made = await call("POST", "/people", { data: { name: "Ada", nick: "A" } });
    const { data } = made.json as { data: { gid: string; name: string } };
    expect(data).toMatchObject({ gid: expect.any(String), name: "Ada", nick: "A" });
    expect(made.headers.get("location")).toBe(`/people/${data.gid}`);
    expect((await call("GET", `/people/${data.gid}`)).json).toEqual({ data });
    await call("PATCH", `/people/${data.gid}`, { data: { name: "Ada L." } });
    expect((await call("GET", "/people")).json).toEqual({ data: [{ ...data, name: "Ada L." }] });
    expect((await call("DELETE", `/people/${data.gid}`)).status).toBe(200);
    expect((await call("GET", `/people/${data.gid}`)).status).toBe(404);
  });

  it("tells an envelope by the name of what it holds", async () => {
    const { call } = await envelopes();
    const { employee } = (await call("POST", "/Employees", { firstName: "Bo" })).json as {
      employee: { employeeID: string };
    };
    expect((await call("GET", `/Employees/${employee.employeeID}`)).json).toEqual({
      employee: { employeeID: employee.employeeID, firstName: "Bo" },
    });
  });

  it("takes a list of one for the thing, and makes ids that the paths to it take", async () => {
    const { call } = await envelopes();
    const { Accounts } = (await call("POST", "/Accounts", { Name: "Cash" })).json as {
      Accounts: { AccountID: string }[];
    };
    const id = Accounts[0]?.AccountID ?? "";
    expect(id).toMatch(/^[A-Z]{3}\d{4}$/);
    expect((await call("GET", `/Accounts/${id}`)).json).toEqual({
      Accounts: [{ AccountID: id, Name: "Cash" }],
    });
    expect((await call("GET", "/Accounts")).json).toEqual({ Accounts: [{ AccountID: id, Name: "Cash" }] });
  });

  it("finds an id that stands in what describes the thing", async () => {
    const { call } = await envelopes();
    const job = { kind: "Job", metadata: { name: "nightly", labels: { a: "b" } }, spec: { image: "x" } };
    expect((await call("POST", "/jobs", job)).json).toEqual(job);
    expect((await call("POST", "/jobs", job)).status).toBe(409);
    expect((await call("GET", "/jobs/nightly")).json).toEqual(job);
    await call("PUT", "/jobs/nightly", { kind: "Job", spec: { image: "y" } });
    expect((await call("GET", "/jobs")).json).toMatchObject({
      items: [{ metadata: { name: "nightly" }, spec: { image: "y" } }],
    });
  });
});

describe("paths that lead to things", () => {
  it("sees past a format at their end", async () => {
    const { sandbox } = await envelopes();
    const created = await sandbox.fetch(
      new Request("http://127.0.0.1/calls.json", { method: "POST", body: new URLSearchParams({ to: "+1" }) }),
    );
    const { sid } = (await created.json()) as { sid: string };
    expect(created.headers.get("location")).toBe(`/calls/${sid}.json`);
    const read = await sandbox.fetch(new Request(`http://127.0.0.1/calls/${sid}.json`));
    expect(await read.json()).toEqual({ sid, to: "+1" });
  });

  it("sees past a slash at their end", async () => {
    const { call } = await envelopes();
    expect((await call("POST", "/tags/", { label: "new" })).json).toEqual({ id: 1, label: "new" });
    expect((await call("GET", "/tags/1/")).json).toEqual({ id: 1, label: "new" });
  });

  it("may name the collection by a parameter", async () => {
    const { call } = await envelopes();
    expect((await call("POST", "/entries/news", { label: "one" })).json).toEqual({ id: 1, label: "one" });
    expect((await call("GET", "/entries/news/1")).json).toEqual({ id: 1, label: "one" });
    expect((await call("GET", "/entries/other/1")).status).toBe(404);
  });
});

describe("answers that say less than is kept", () => {
  it("keeps what was sent, beside examples that break their own schema", async () => {
    const { call } = await envelopes();
    const made = await call("POST", "/documents", { title: "Plan" });
    const { id } = made.json as { id: string };
    expect(made.json).toEqual({ id });
    const { json } = await call("GET", `/documents/${id}`);
    expect(json).toMatchObject({
      id,
      title: "Plan",
      pages: expect.any(Number),
      author: { name: expect.any(String) },
    });
    expect((await call("GET", `/documents/${id}`)).json).toEqual(json);
  });

  it("takes a PUT that names no item for a new one, and a PATCH that names none as one of all", async () => {
    const { call } = await envelopes();
    const put = await call("PUT", "/documents", { title: "Put", pages: 2, author: { name: "Ada" } });
    const { id } = put.json as { id: string };
    expect((await call("GET", `/documents/${id}`)).json).toMatchObject({ title: "Put", pages: 2 });
    expect(
      (await call("PATCH", "/documents", { title: "T", pages: 1, author: { name: "Ada" } })).status,
    ).toBe(200);
  });
});

describe("items that only the spec's examples know", () => {
  it("can be put where one was removed", async () => {
    const { call } = await envelopes();
    for (const status of [200, 204, 404]) {
      const method = status === 200 ? "GET" : status === 204 ? "DELETE" : "GET";
      expect((await call(method, "/shelves/7")).status).toBe(status);
    }
    expect((await call("PUT", "/shelves/7", { height: 3 })).json).toEqual({ id: "7", height: 3 });
    expect((await call("GET", "/shelves/7")).json).toEqual({ id: "7", height: 3 });
  });
});

describe("a callback that is an envelope of its own", () => {
  it("is sent as its schema says, and keeps nothing from being answered", async () => {
    const { call, sandbox, faults } = await envelopes();
    const sink = { sink: "http://127.0.0.1:9/hook" };
    expect((await call("POST", "/subscriptions", sink)).status).toBe(201);
    expect(faults).toEqual([]);
    await sandbox.settle();
    expect(faults).toEqual([]);
  });
});
