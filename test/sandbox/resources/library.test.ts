import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Client, sandboxOf } from "./sandbox-of.ts";

async function library(): Promise<Client> {
  const directory = await mkdtemp(join(tmpdir(), "eco-library-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  await cp(fileURLToPath(new URL("library.yaml", import.meta.url)), join(directory, "library.yaml"));
  return sandboxOf(join(directory, "library.yaml"));
}

interface Book {
  readonly id: number;
  readonly [name: string]: unknown;
}

async function withBooks(...books: readonly object[]): Promise<Client & { readonly made: Book[] }> {
  const client = await library();
  const made: Book[] = [];
  for (const book of books) made.push((await client.call("POST", "/books", book)).json as Book);
  return { ...client, made };
}

describe("state inferred from a spec", () => {
  it("fills what the platform sets, keeps what was sent, and shows nothing that only requests carry", async () => {
    const { made } = await withBooks({ title: "Emma", author: "Austen", pin: "1234" }, { title: "Ulysses" });
    expect(made).toEqual([
      {
        id: 1,
        title: "Emma",
        author: "Austen",
        status: "available",
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
      {
        id: 2,
        title: "Ulysses",
        status: "available",
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    ]);
  });

  it("ignores ids that a request may not set", async () => {
    const { made } = await withBooks({ title: "Emma" }, { title: "Emma again" });
    expect(made.map(({ id }) => id)).toEqual([1, 2]);
  });

  it("lists with filter, limit, total and a cursor that leads on", async () => {
    const { call } = await withBooks(
      { title: "a", author: "x" },
      { title: "b", author: "y" },
      { title: "c", author: "x" },
    );
    const titles = async (query: string): Promise<[string, Record<string, unknown>]> => {
      const { items, ...rest } = (await call("GET", `/books${query}`)).json as { items: { title: string }[] };
      return [items.map(({ title }) => title).join(""), rest];
    };
    expect(await titles("")).toEqual(["abc", { total: 3 }]);
    const cursor = expect.stringMatching(/^\d+\.[0-9a-f]+$/);
    const [, first] = await titles("?limit=2");
    expect(await titles("?limit=2")).toEqual(["ab", { total: 3, next_cursor: cursor }]);
    expect(await titles(`?limit=2&cursor=${first["next_cursor"]}`)).toEqual(["c", { total: 3 }]);
    expect(await titles("?author=x&limit=1")).toEqual(["a", { total: 2, next_cursor: cursor }]);
    expect(await titles("?author=nobody")).toEqual(["", { total: 0 }]);
  });

  it.each([
    ["of the same list with other filters", (cursor: string) => `/books?author=y&cursor=${cursor}`],
    ["of the same list without its filter", (cursor: string) => `/books?cursor=${cursor}`],
    ["with another place", (cursor: string) => `/books?author=x&cursor=${cursor.replace("1.", "0.")}9`],
    ["that is a place alone", () => "/books?author=x&cursor=7"],
    ["that is any text", () => "/books?author=x&cursor=nonsense"],
    ["that every object has", () => "/books?author=x&cursor=__proto__"],
    ["that is empty", () => "/books?author=x&cursor="],
  ])("refuses a cursor %s, and says how to mend it", async (_what, path) => {
    const { call } = await withBooks({ title: "a", author: "x" }, { title: "b", author: "x" });
    const { next_cursor: cursor } = (await call("GET", "/books?author=x&limit=1")).json as {
      next_cursor: string;
    };
    expect((await call("GET", `/books?author=x&cursor=${cursor}`)).json).toMatchObject({
      items: [{ title: "b" }],
    });
    const { status, text } = await call("GET", path(cursor));
    expect(status).toBe(422);
    expect(text).toContain("ECO_REQUEST_INVALID");
    expect(text).toContain("$request.query.cursor");
  });

  it("takes the id of the last item for a cursor, as some APIs have it", async () => {
    const { call, made } = await withBooks({ title: "a" }, { title: "b" }, { title: "c" });
    const { items } = (await call("GET", `/books?cursor=${made[1]?.id}`)).json as { items: object[] };
    expect(items).toMatchObject([{ title: "c" }]);
  });

  it.each([
    ["all", 1, ""],
    ["the filtered ones", 2, "&reader=even"],
  ])(
    "leads through %s of a list that counts nothing, a page at a time, each once",
    async (_what, step, filter) => {
      const { call } = await library();
      const ids: string[] = [];
      for (let number = 0; number < 40; number++) {
        const made = await call("POST", "/loans", { reader: number % 2 === 0 ? "even" : "odd", number });
        ids.push((made.json as { id: string }).id);
      }
      for (const gone of [4, 5, 6, 7]) await call("DELETE", `/loans/${ids[gone]}`);
      const pages: number[][] = [];
      for (let after = ""; ; ) {
        const { json } = await call("GET", `/loans?limit=6${filter}${after}`);
        const page = json as { data: { number: number }[]; next_cursor?: string; has_more: boolean };
        pages.push(page.data.map(({ number }) => number));
        expect(page.has_more).toBe(page.next_cursor !== undefined);
        if (page.next_cursor === undefined) break;
        after = `&after=${page.next_cursor}`;
      }
      const kept = ids.keys().filter((number) => number % step === 0 && (number < 4 || number > 7));
      expect(pages.flat()).toEqual([...kept]);
      expect(pages.slice(0, -1).every((page) => page.length === 6)).toBe(true);
    },
  );

  it("changes with PATCH, replaces with PUT, and removes with DELETE", async () => {
    const { call, made } = await withBooks({ title: "Emma", author: "Austen" });
    const { id, created_at } = made[0] ?? { id: 0 };
    expect(
      (await call("PATCH", `/books/${id}`, { author: "Jane Austen", status: "lent" })).json,
    ).toMatchObject({
      id,
      title: "Emma",
      author: "Jane Austen",
    });
    expect((await call("PATCH", `/books/${id}`, { author: null })).json).not.toHaveProperty("author");
    expect((await call("PUT", `/books/${id}`, { title: "Persuasion" })).json).toMatchObject({
      id,
      title: "Persuasion",
      created_at,
    });
    expect((await call("GET", `/books/${id}`)).json).toMatchObject({ title: "Persuasion" });
    expect((await call("DELETE", `/books/${id}`)).status).toBe(204);
    expect((await call("GET", `/books/${id}`)).status).toBe(404);
    expect((await call("DELETE", `/books/${id}`)).status).toBe(404);
  });

  it("moves the status that a step's name leads to", async () => {
    const { call, made } = await withBooks({ title: "Emma" });
    const id = made[0]?.id;
    expect((await call("POST", `/books/${id}/return`)).json).toMatchObject({ id, status: "returned" });
    expect((await call("GET", `/books/${id}`)).json).toMatchObject({ status: "returned" });
    expect((await call("POST", "/books/99/return")).status).toBe(404);
  });

  it("hangs sub-resources on their parents", async () => {
    const { call } = await withBooks({ title: "a" }, { title: "b" });
    const note = await call("POST", "/books/1/notes", { text: "fine" });
    expect(note.json).toEqual({ data: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), text: "fine" } });
    expect((await call("GET", "/books/1/notes")).json).toMatchObject([{ text: "fine" }]);
    expect((await call("GET", "/books/2/notes")).json).toEqual([]);
    expect((await call("GET", "/books/3/notes")).status).toBe(404);
  });

  it("keeps a single thing under its path", async () => {
    const { call } = await library();
    expect((await call("GET", "/settings")).json).toEqual({ theme: "light" });
    expect((await call("PUT", "/settings", { theme: "dark" })).json).toEqual({ theme: "dark" });
    expect((await call("GET", "/settings")).json).toEqual({ theme: "dark" });
  });

  it("refuses in the status and the form that the spec declares", async () => {
    const { call } = await library();
    const refused = await call("POST", "/books", { title: "" });
    expect(refused.status).toBe(400);
    expect(refused.headers.get("content-type")).toBe("application/json");
    expect(refused.json).toEqual({ message: expect.stringContaining("#/title"), code: 400 });
    expect((await call("GET", "/books/7")).json).toEqual({
      message: expect.stringContaining("7"),
      code: 404,
    });
  });

  it("answers what can't be satisfied in no 5xx, with the reason, and names it in its report", async () => {
    const { call, sandbox, faults } = await library();
    const { status, json } = await call("GET", "/impossible");
    expect([status, (json as { code: string }).code]).toEqual([422, "ECO_UNSATISFIABLE"]);
    expect(faults).toEqual([]);
    const unanswered = (await sandbox.inspect()).filter(({ servedBy }) => servedBy === "nothing");
    expect(unanswered.map(({ path, detail }) => [path, detail])).toEqual([
      ["/impossible", "no value fits the schema of its answer 200"],
    ]);
  });

  it("does what declares no success, and answers with nothing in it", async () => {
    const { call, sandbox } = await library();
    expect(await call("GET", "/nothing")).toMatchObject({ status: 204, text: "" });
    expect(await sandbox.inspect()).toContainEqual(
      expect.objectContaining({
        path: "/nothing",
        servedBy: "resource",
        detail: expect.stringContaining("204 without a body is assumed"),
        assumedStatus: 204,
      }),
    );
  });

  it("answers what only looks unsatisfiable", async () => {
    const { call } = await library();
    expect((await call("GET", "/contradicted")).json).toEqual({ at: expect.stringMatching(/T.*Z$/) });
    expect((await call("GET", "/contained")).json).toEqual({ a: 1 });
    const { status, headers } = await call("GET", "/elsewhere");
    expect([status, headers.get("location")]).toEqual([302, "https://example.com/"]);
  });

  it("makes the same values again from the same seed", async () => {
    const [one, two] = [await library(), await library()];
    for (const path of ["/settings", "/books"]) {
      expect((await one.call("GET", path)).text).toBe((await two.call("GET", path)).text);
    }
  });
});
