import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const open = (): Promise<Client> => sandboxOf(fileURLToPath(new URL("foreign-styles.yaml", import.meta.url)));

const as = (type: string) => ({ "content-type": type });
const JOB = as("application/vnd.acme.job+json");

async function jobs(...sizes: readonly number[]) {
  const client = await open();
  const made: string[] = [];
  for (const size of sizes) {
    const { json } = await client.call("POST", "/api/jobs", { name: `job ${size}`, size, tags: ["a"] }, JOB);
    made.push((json as { id: string }).id);
  }
  return { ...client, made };
}

describe("steps behind a colon", () => {
  it("are steps on the thing before it", async () => {
    const { call, made } = await jobs(1);
    const cancelled = await call("POST", `/api/jobs/${made[0]}:cancel`);
    expect(cancelled.json).toMatchObject({ id: made[0], state: "cancelled", size: 1 });
    expect((await call("GET", `/api/jobs/${made[0]}`)).json).toEqual(cancelled.json);
    expect((await call("POST", "/api/jobs/none:cancel")).status).toBe(404);
  });
});

describe("filters in brackets", () => {
  it.each([
    ["", [1, 5, 9]],
    ["?filter[state]=running", [1, 5, 9]],
    ["?filter[state]=cancelled", []],
    ["?filter[size][gte]=5", [5, 9]],
    ["?filter[size][gte]=2&filter[size][lt]=9", [5]],
  ])("%s", async (search, want) => {
    const { call } = await jobs(1, 5, 9);
    const found = (await call("GET", `/api/jobs${search}`)).json as { size: number }[];
    expect(found.map(({ size }) => size)).toEqual(want);
  });
});

describe("a patch", () => {
  const PATCH = as("application/json-patch+json");

  it("of operations is applied one by one, and kept", async () => {
    const { call, made } = await jobs(1);
    const patched = await call(
      "PATCH",
      `/api/jobs/${made[0]}`,
      [
        { op: "test", path: "/size", value: 1 },
        { op: "replace", path: "/size", value: 2 },
        { op: "add", path: "/tags/-", value: "b" },
        { op: "remove", path: "/name" },
      ],
      PATCH,
    );
    expect(patched.json).toEqual({ id: made[0], state: "running", size: 2, tags: ["a", "b"] });
    expect((await call("GET", `/api/jobs/${made[0]}`)).json).toEqual(patched.json);
  });

  it.each([
    [
      "a test fails",
      [
        { op: "replace", path: "/size", value: 7 },
        { op: "test", path: "/size", value: 1 },
      ],
    ],
    ["there is no such place", [{ op: "remove", path: "/none" }]],
    ["there is no such operation", [{ op: "double", path: "/size" }]],
    ["nothing would be left of the thing", [{ op: "replace", path: "", value: 1 }]],
  ])("of operations is refused as a whole where %s", async (_why, operations) => {
    const { call, made } = await jobs(1);
    const refused = await call("PATCH", `/api/jobs/${made[0]}`, operations, PATCH);
    expect([refused.status, refused.json]).toMatchObject([409, { code: "ECO_CONFLICT" }]);
    expect((await call("GET", `/api/jobs/${made[0]}`)).json).toMatchObject({ size: 1 });
  });

  it("of another kind is laid over the thing", async () => {
    const { call, made } = await jobs(1);
    const merge = as("application/merge-patch+json");
    const { json } = await call("PATCH", `/api/jobs/${made[0]}`, { size: 3, tags: null }, merge);
    expect(json).toEqual({ id: made[0], state: "running", name: "job 1", size: 3 });
  });
});

describe("what only requests carry", () => {
  it("is in no answer, not even made up, and null stays null", async () => {
    const { call } = await open();
    const person = { name: "Ann", nick: null, password: "long enough", pin: "1" };
    const { status, json } = await call("POST", "/api/people", person);
    expect(status).toBe(201);
    expect(json).toEqual({ id: expect.any(String), name: "Ann", nick: null });
    expect((await call("GET", "/api/people")).json).toEqual([json]);
  });
});

describe("names that a pattern describes", () => {
  it("are kept, and others refused, without a place to go to", async () => {
    const { call } = await open();
    expect((await call("POST", "/api/maps", { "x-a": 1 })).json).toEqual({
      "x-a": 1,
      id: expect.any(String),
    });
    const refused = await call("POST", "/api/maps", { y: 1 });
    expect([refused.status, refused.headers.get("location")]).toEqual([422, null]);
  });
});

describe("texts under paths", () => {
  it("are kept each under its own", async () => {
    const { call, sandbox } = await open();
    const put = (name: string, body: string) =>
      sandbox.fetch(
        new Request(`http://127.0.0.1/api/notes/${name}`, { method: "PUT", body, headers: as("text/plain") }),
      );
    expect((await put("a", "hello")).status).toBe(204);
    expect((await put("b", "bye")).status).toBe(204);
    expect((await call("GET", "/api/notes/a")).text).toBe("hello");
    expect((await call("DELETE", "/api/notes/a")).status).toBe(204);
    expect((await call("GET", "/api/notes/a")).status).toBe(404);
    expect((await call("GET", "/api/notes/b")).text).toBe("bye");
  });
});
