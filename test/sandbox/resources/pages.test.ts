import { describe, expect, it } from "vitest";
import { boats, count, flag, harbour, link, namesIn, object, query, type Shape, text } from "./boats.ts";
import type { Called } from "./sandbox-of.ts";

const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((found, name) => (found as Record<string, unknown> | null)?.[name], value);

describe("pages of a list", () => {
  const linked = [query("page[size]"), query("page[cursor]", text)];
  const paged = [query("page"), query("per_page")];
  it.each<readonly [string, Shape, string, readonly unknown[]]>([
    [
      "a cursor and a flag in what is about the list",
      {
        parameters: [query("page_size"), query("start_cursor", text)],
        schema: object({
          results: boats,
          meta: object({ next_cursor: { type: ["string", "null"] }, has_more: flag, total_count: count }),
        }),
      },
      "/boats?page_size=2",
      ["meta", { next_cursor: expect.any(String), has_more: true, total_count: 3 }],
    ],
    [
      "the last page says that it is the last",
      {
        parameters: [query("page_size"), query("start_cursor", text)],
        schema: object({
          results: boats,
          meta: object({ next_cursor: { type: ["string", "null"] }, has_more: flag, total_count: count }),
        }),
      },
      "/boats?page_size=3",
      ["meta", { next_cursor: null, has_more: false, total_count: 3 }],
    ],
    [
      "pages by their numbers",
      {
        parameters: paged,
        schema: object({
          boats,
          meta: object({
            current_page: count,
            next_page: { type: ["integer", "null"] },
            total_pages: count,
            per_page: count,
            total_count: count,
          }),
        }),
      },
      "/boats?page=2&per_page=1",
      ["meta", { current_page: 2, next_page: 3, total_pages: 3, per_page: 1, total_count: 3 }],
    ],
    [
      "pages that count from nought",
      {
        parameters: [query("page", { type: "integer", minimum: 0 }), query("size")],
        schema: object({
          content: boats,
          page: object({ number: count, size: count, totalElements: count, totalPages: count }),
          last: flag,
          first: flag,
        }),
      },
      "/boats?page=1&size=2",
      ["page", { number: 1, size: 2, totalElements: 3, totalPages: 2 }],
    ],
    [
      "a count beside a total is of the page",
      {
        parameters: [query("limit"), query("offset")],
        schema: object({ boats, count, total: count, offset: count, limit: count }),
      },
      "/boats?limit=2&offset=2",
      ["", { count: 1, total: 3, offset: 2, limit: 2 }],
    ],
    [
      "a count alone is of all",
      { parameters: [query("limit"), query("offset")], schema: object({ items: boats, count }) },
      "/boats?limit=1",
      ["count", 3],
    ],
    [
      "the ids at the ends",
      {
        parameters: [query("limit"), query("after", text)],
        schema: object({ data: boats, first_id: text, last_id: text, has_more: flag }),
      },
      "/boats?limit=2",
      ["has_more", true],
    ],
    [
      "a link that isn't there is left out, and one that must be there is null",
      {
        parameters: linked,
        schema: object({
          data: boats,
          links: object({ next: { type: ["string", "null"] }, prev: link }, ["next"]),
        }),
      },
      "/boats",
      ["links", { next: null }],
    ],
    [
      "links as relations",
      {
        parameters: paged,
        schema: object({ boats, links: { type: "array", items: object({ rel: text, href: text }) } }),
      },
      "/boats?per_page=2&page=2",
      [
        "links",
        [
          { rel: "self", href: "http://127.0.0.1/boats?page=2&per_page=2" },
          { rel: "first", href: "http://127.0.0.1/boats?page=1&per_page=2" },
          { rel: "prev", href: "http://127.0.0.1/boats?page=1&per_page=2" },
          { rel: "last", href: "http://127.0.0.1/boats?page=2&per_page=2" },
        ],
      ],
    ],
  ])("%s", async (_what, shape, path, [place, want]) => {
    const { call } = await harbour(shape);
    const { status, json: answer } = await call("GET", path);
    expect(status).toBe(200);
    const found = place === "" ? answer : at(answer, String(place));
    if (Array.isArray(want))
      expect((found as unknown[]).toSorted(byRelation)).toEqual(want.toSorted(byRelation));
    else if (place === "") expect(found).toMatchObject(want as object);
    else expect(found).toEqual(want);
  });

  const byRelation = (one: unknown, other: unknown): number =>
    String(at(one, "rel")) < String(at(other, "rel")) ? -1 : 1;

  it.each<readonly [string, Shape, string, (called: Called) => unknown]>([
    [
      "a link under `_links`",
      {
        parameters: [query("limit"), query("from", text)],
        schema: object({
          count,
          _embedded: object({ boats }),
          _links: object({ next: { oneOf: [object({ href: link }), { type: "null" }] } }, []),
        }),
      },
      "/boats?limit=1",
      ({ json: answer }) => at(answer, "_links.next.href"),
    ],
    [
      "a link of OData",
      {
        parameters: [query("$top"), query("$skip")],
        schema: object({ value: boats, "@odata.nextLink": text }, ["value"]),
      },
      "/boats?$top=1",
      ({ json: answer }) => (answer as Record<string, unknown>)["@odata.nextLink"],
    ],
    [
      "a link beside the list, with members of one parameter",
      {
        parameters: [
          query("page", object({ size: count, after: text }, []), { style: "deepObject", explode: true }),
        ],
        schema: object({ data: boats, links: object({ next: { type: ["string", "null"], format: "uri" } }) }),
      },
      "/boats?page[size]=1",
      ({ json: answer }) => at(answer, "links.next"),
    ],
    [
      "an offset that is a text, and is sent as it came",
      {
        parameters: [query("pageSize"), query("offset", text)],
        schema: object({ records: boats, offset: text }, ["records"]),
      },
      "/boats?pageSize=1",
      ({ json: answer }) => {
        const offset = at(answer, "offset");
        return typeof offset === "string"
          ? `/boats?pageSize=1&offset=${encodeURIComponent(offset)}`
          : undefined;
      },
    ],
    [
      "a `Link` header of a bare list",
      { parameters: [query("page"), query("per_page")], schema: boats },
      "/boats?per_page=1",
      ({ headers }) => /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1],
    ],
  ])("lead on by %s, to each item once", async (_what, shape, start, next) => {
    const { call } = await harbour(shape);
    const seen: string[] = [];
    let path: unknown = start;
    for (let turn = 0; typeof path === "string" && turn < 5; turn++) {
      const called = await call("GET", path.replace("http://127.0.0.1", ""));
      seen.push(...namesIn(called.json));
      path = next(called);
    }
    expect([seen, path ?? undefined]).toEqual([["Ada", "Bo", "Cy"], undefined]);
  });

  it("lead on by ids where that is what their cursors are", async () => {
    const id = { type: "string", pattern: "^boa_\\w+$" };
    const { call } = await harbour({
      parameters: [query("limit"), query("starting_after", id), query("ending_before", id)],
      schema: object({ data: boats, has_more: flag }),
    });
    const first = (await call("GET", "/boats?limit=1")).json as { data: { id: string }[] };
    const second = await call("GET", `/boats?limit=1&starting_after=${first.data[0]?.id}`);
    expect(namesIn(second.json)).toEqual(["Bo"]);
    const id2 = (second.json as typeof first).data[0]?.id;
    expect(namesIn((await call("GET", `/boats?ending_before=${id2}`)).json)).toEqual(["Ada"]);
  });

  it.each([
    ["offset=1&limit=1", ["Bo"]],
    ["offset=2", ["Cy"]],
    ["offset=3", []],
  ])("begin where a text says that is an offset: %s", async (search, want) => {
    const { call } = await harbour({
      parameters: [query("offset", text), query("limit", text)],
      schema: object({ data: boats }),
    });
    expect(namesIn((await call("GET", `/boats?${search}`)).json)).toEqual(want);
  });

  it("are counted in headers where those are declared", async () => {
    const said = (schema: object) => ({ schema });
    const { call } = await harbour({
      parameters: [query("page"), query("per_page")],
      schema: boats,
      headers: { "X-Total-Count": said(count), "X-Next-Page": said(count), "X-Per-Page": said(count) },
    });
    const headersOf = async (path: string) => {
      const { headers } = await call("GET", path);
      return ["x-total-count", "x-next-page", "x-per-page"].map((name) => headers.get(name));
    };
    expect(await headersOf("/boats?per_page=2")).toEqual(["3", "2", "2"]);
    expect(await headersOf("/boats?per_page=2&page=2")).toEqual(["3", null, "2"]);
  });

  it("are one where nothing asks for another", async () => {
    const { call } = await harbour({ parameters: [], schema: boats });
    for (let more = 0; more < 60; more++) await call("POST", "/boats", { name: `B${more}` });
    expect(namesIn((await call("GET", "/boats")).json)).toHaveLength(63);
  });

  it("begin where the document's own example of a cursor is sent", async () => {
    const { call } = await harbour({
      parameters: [query("limit"), query("cursor", text, { example: "b2Zmc2V0" })],
      schema: object({ data: boats, nextCursor: text }, ["data"]),
    });
    expect(namesIn((await call("GET", "/boats?cursor=b2Zmc2V0")).json)).toHaveLength(3);
    expect((await call("GET", "/boats?cursor=other")).status).toBe(422);
  });
});

describe("a cursor that can't be left out", () => {
  it.each([
    ["", 3],
    ["0", 3],
    ["other", 0],
  ])("begins the list where it is %j: %i items", async (cursor, items) => {
    const { call } = await harbour({
      parameters: [query("limit"), query("cursor", text, { required: true, allowEmptyValue: true })],
      schema: object({ data: boats, nextCursor: text }, ["data"]),
    });
    expect(namesIn((await call("GET", `/boats?cursor=${cursor}`)).json)).toHaveLength(items);
  });
});
