import { describe, expect, it } from "vitest";
import { boats, harbour, namesIn, object, query, text } from "./boats.ts";

describe("a list in the order asked for", () => {
  const way = { type: "string", enum: ["asc", "desc"] };
  it.each([
    ["sort=-length", ["Bo", "Cy", "Ada"]],
    ["sort=length", ["Ada", "Cy", "Bo"]],
    ["sort=length:desc", ["Bo", "Cy", "Ada"]],
    ["sort=kind,-length", ["Bo", "Cy", "Ada"]],
    ["sort=length,desc", ["Bo", "Cy", "Ada"]],
    ["sort=nothing", ["Ada", "Bo", "Cy"]],
    ["order_by=name%20desc", ["Cy", "Bo", "Ada"]],
    ["order_by=name&direction=desc", ["Cy", "Bo", "Ada"]],
    ["direction=desc", ["Cy", "Bo", "Ada"]],
    ["sorting[by]=length&sorting[direction]=desc", ["Bo", "Cy", "Ada"]],
    ["sort=-length&limit=1&offset=1", ["Cy"]],
  ])("%s", async (search, want) => {
    const { call } = await harbour({
      parameters: [
        query("sort", text),
        query("order_by", text),
        query("direction", way),
        query("sorting", object({ by: text, direction: way }, []), { style: "deepObject", explode: true }),
        query("limit"),
        query("offset"),
      ],
      schema: boats,
    });
    expect(namesIn((await call("GET", `/boats?${search}`)).json)).toEqual(want);
  });

  it("is newest first where the document says so", async () => {
    const { call } = await harbour({
      parameters: [query("order", { ...way, default: "desc" })],
      schema: boats,
    });
    expect(namesIn((await call("GET", "/boats")).json)).toEqual(["Cy", "Bo", "Ada"]);
    expect(namesIn((await call("GET", "/boats?order=asc")).json)).toEqual(["Ada", "Bo", "Cy"]);
  });
});

describe("a list of what is asked for", () => {
  it.each([
    ["min_length=12", ["Bo", "Cy"]],
    ["length.lt=12.5", ["Ada"]],
    ["kind=sail,motor", ["Ada", "Bo", "Cy"]],
    ["harbour=h1", ["Ada", "Bo"]],
    ["created_after=2000-01-01T00:00:00Z", ["Ada", "Bo", "Cy"]],
    ["created_before=2000-01-01T00:00:00Z", []],
    ["q=ad", ["Ada"]],
    ["$filter=length%20gt%2010%20and%20kind%20eq%20'sail'", ["Cy"]],
    ["$filter=startswith(name,'B')", ["Bo"]],
    ['$filter=name="Cy"', ["Cy"]],
    ["$filter=who%20knows%20this", ["Ada", "Bo", "Cy"]],
  ])("%s", async (search, want) => {
    const time = { type: "string", format: "date-time" };
    const { call } = await harbour({
      parameters: [
        query("min_length", { type: "number" }),
        query("length.lt", { type: "number" }),
        query("kind", text),
        query("harbour", text),
        query("created_after", time),
        query("created_before", time),
        query("q", text),
        query("$filter", text),
      ],
      schema: boats,
    });
    expect(namesIn((await call("GET", `/boats?${search}`)).json)).toEqual(want);
  });
});
