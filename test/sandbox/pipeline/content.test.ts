import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { listen } from "../../../sandbox/index.ts";
import { sandboxOf } from "../resources/sandbox-of.ts";

const spec = fileURLToPath(new URL("content.yaml", import.meta.url));

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const { sandbox } = await sandboxOf(spec);
  return sandbox.fetch(new Request(`http://127.0.0.1${path}`, init));
}

const accepting = (accept: string): RequestInit => ({ headers: { accept } });

describe("answers that aren't JSON", () => {
  it.each([
    ["CSV, where it is asked for", "/rows", "text/csv", 'id,name,tags\r\n1,"a ""b""","[""x""]"\r\n'],
    [
      "XML, where it is asked for",
      "/rows",
      "application/xml",
      '<?xml version="1.0" encoding="UTF-8"?>\n<rows><item><id>1</id><name>a "b"</name><tags>x</tags></item></rows>\n',
    ],
    ["lines of JSON", "/rows", "application/x-ndjson", '{"id":1,"name":"a \\"b\\"","tags":["x"]}\n'],
    ["HTML as its example has it", "/page", "text/html", "<p>hi</p>"],
    [
      "XML of an object",
      "/note",
      "application/xml",
      '<?xml version="1.0" encoding="UTF-8"?>\n<root><to>&lt;Ada&gt;</to></root>\n',
    ],
    ["a stream of events", "/stream", "text/event-stream", 'data: {"n":7}\n\n'],
  ])("are %s", async (_what, path, type, want) => {
    const response = await send(path, accepting(type));
    expect(response.headers.get("content-type")).toBe(type);
    expect(await response.text()).toBe(want);
  });

  it("stay JSON where that is taken too", async () => {
    for (const accept of ["*/*", "application/json, text/csv", "application/*"]) {
      expect((await send("/rows", accepting(accept))).headers.get("content-type")).toBe("application/json");
    }
    expect((await send("/rows", accepting("application/pdf"))).status).toBe(406);
  });

  it.each([
    ["application/json;q=0.5, text/csv", "text/csv"],
    ["*/*;q=0.1, text/csv;q=0.2", "text/csv"],
    ["text/*, */*;q=0.1", "text/csv"],
    ["application/json;q=0, */*", "text/csv"],
    ["application/*;q=0.3, application/xml", "application/xml"],
    ['text/html;of="a, application/xml;q=1", application/json', "application/json"],
    ["TEXT/CSV ; Q=1.000", "text/csv"],
    ["text/html, *;q=.2", "application/json"],
    [", ,", "application/json"],
    ["", "application/json"],
  ])("are what a client likes best: %j gets %s", async (accept, type) => {
    expect((await send("/rows", accepting(accept))).headers.get("content-type")).toBe(type);
  });

  it.each(["*/*;q=0", "text/html", "application/json;q=0, text/html"])(
    "there are none for %s",
    async (accept) => {
      expect((await send("/rows", accepting(accept))).status).toBe(406);
    },
  );

  it.each(["/picture", "/any"])("are a picture that programs open, on %s", async (path) => {
    const { sandbox } = await sandboxOf(spec);
    const { url, close } = await listen(sandbox, { port: 0 });
    onTestFinished(close);
    for (const response of [await send(path), await fetch(`${url}${path}`)]) {
      expect(response.headers.get("content-type")).toBe("image/png");
      const bytes = new Uint8Array(await response.arrayBuffer());
      expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
      expect([...bytes.subarray(-8, -4)]).toEqual([...new TextEncoder().encode("IEND")]);
    }
  });

  it("are shown to who prefers one by its status", async () => {
    const response = await send("/picture", { headers: { prefer: "code=200" } });
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(new Uint8Array(await response.arrayBuffer())[0]).toBe(0x89);
  });
});

describe("requests that aren't JSON", () => {
  it("keep their bytes", async () => {
    const { sandbox } = await sandboxOf(spec);
    for (const body of [Uint8Array.from([0, 255, 137, 80, 10]), new TextEncoder().encode("plain")]) {
      const headers = { "content-type": "application/octet-stream" };
      const put = await sandbox.fetch(new Request("http://127.0.0.1/blob", { method: "PUT", headers, body }));
      expect(put.status).toBe(204);
      const got = await sandbox.fetch(new Request("http://127.0.0.1/blob"));
      expect(new Uint8Array(await got.arrayBuffer())).toEqual(body);
    }
  });

  const form = (body: string): RequestInit => ({
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body,
  });

  it("are forms whose brackets lead inside, typed as the schema says", async () => {
    const fields =
      "amount=5&live=true&card[number]=42&card[year]=2030&expand[]=a&expand[]=b&items[1][price]=2.5&items[0][price]=1&items[0][on][]=true&metadata[n]=1";
    const response = await send("/charges", form(fields));
    expect(await response.json()).toMatchObject({
      amount: 5,
      live: true,
      card: { number: "42", year: 2030 },
      expand: ["a", "b"],
      items: [{ price: 1, on: [true] }, { price: 2.5 }],
      metadata: { n: "1" },
    });
  });

  it.each([
    ["a wrong number inside", "amount=5&card[number]=1&card[year]=soon", "#/card"],
    ["a missing field inside", "amount=5&card[year]=2030", "#/card"],
    ["a field that isn't there", "amount=5&card=tok&more=1", "#"],
    ["a wrong item", "amount=5&card=tok&items[0][price]=much", "#/items/0/price"],
  ])("are refused for %s", async (_what, body, pointer) => {
    const response = await send("/charges", form(body));
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toContainEqual(expect.stringContaining(pointer));
  });

  it("of many fields are read in an instant", async () => {
    const expand = "expand=a&".repeat(9_000);
    const response = await send("/charges", form(`amount=5&card=tok&${expand}metadata[note]=10%+off%C3%A9`));
    const charge = (await response.json()) as { expand: string[]; metadata: object };
    expect(charge.expand).toHaveLength(9_000);
    expect(charge.metadata).toEqual({ note: "10% offé" });
  });

  it.each([
    ["bytes that aren't UTF-8", "amount=5&card=%ff", 400],
    ["half of a surrogate pair", 'amount=5&card=tok&items={"on":"\\ud800"}', 422],
    ["a key that is there twice", 'amount=5&card=tok&metadata={"a":"1","a":"2"}', 422],
    ["JSON without a bottom", `amount=5&card=tok&items=${"[".repeat(100_000)}${"]".repeat(100_000)}`, 422],
  ])("are refused for %s", async (_what, body, status) => {
    expect((await send("/charges", form(body))).status).toBe(status);
  });

  it.each([
    ["bytes that aren't UTF-8", [0xff, 0xfe], 400],
    ["a key that is there twice", Buffer.from('{"name":"a","name":"b"}'), 422],
    ["JSON without a bottom", Buffer.from("[".repeat(100_000) + "]".repeat(100_000)), 422],
  ])("have parts that are refused for %s", async (_what, part, status) => {
    const body = Buffer.concat([
      Buffer.from('--B\r\ncontent-disposition: form-data; name="attributes"\r\n\r\n'),
      Buffer.from(part),
      Buffer.from('\r\n--B\r\ncontent-disposition: form-data; name="file"\r\n\r\nx\r\n--B--\r\n'),
    ]);
    const headers = { "content-type": "multipart/form-data; boundary=B" };
    expect((await send("/uploads", { method: "POST", headers, body })).status).toBe(status);
  });

  it.each([
    ["a field", '{"name":"a","size":3}'],
    ["a part of its own type", new Blob(['{"name":"a","size":3}'], { type: "application/json" })],
  ])("have parts of JSON in %s", async (_what, attributes) => {
    const body = new FormData();
    body.append("attributes", attributes);
    body.append("file", new Blob([Uint8Array.from([255, 0])], { type: "image/png" }), "a.png");
    expect(await (await send("/uploads", { method: "POST", body })).json()).toMatchObject({
      attributes: { name: "a", size: 3 },
    });
    const wrong = new FormData();
    wrong.append("attributes", '{"name":1}');
    wrong.append("file", "x");
    expect((await send("/uploads", { method: "POST", body: wrong })).status).toBe(422);
  });

  it("are read as XML, and refused where they are no text", async () => {
    const headers = { "content-type": "application/xml" };
    expect((await send("/documents", { method: "POST", headers, body: "<d><a/></d>" })).status).toBe(204);
    expect((await send("/documents", { method: "POST", headers, body: "<a/>" })).status).toBe(422);
    const broken = Uint8Array.from([60, 255]);
    expect((await send("/documents", { method: "POST", headers, body: broken })).status).toBe(400);
  });
});

describe("parameters in their styles", () => {
  const fine = "/styles/;matrix=1;matrix=2/.5/a,b/a=1";
  it.each([
    ["all in the path", fine, {}, 204],
    ["a wrong item in matrix style", "/styles/;matrix=1;matrix=x/.5/a,b/a=1", {}, 422],
    ["a wrong label", "/styles/;matrix=1/.x/a,b/a=1", {}, 422],
    ["a wrong member", "/styles/;matrix=1/.5/a,b/a=x", {}, 422],
    ["pipes", `${fine}?pipes=1|2`, {}, 204],
    ["a wrong piped item", `${fine}?pipes=1%7Cx`, {}, 422],
    ["spaces", `${fine}?spaces=1%202`, {}, 204],
    ["a wrong spaced item", `${fine}?spaces=1%20x`, {}, 422],
    ["a deep object", `${fine}?deep[n]=1`, {}, 204],
    ["a wrong deep object", `${fine}?deep[n]=x`, {}, 422],
    ["an object inside a deep one", `${fine}?deep[in][m]=1`, {}, 204],
    ["a wrong object inside a deep one", `${fine}?deep[in][m]=x`, {}, 422],
    ["JSON", `${fine}?json=${encodeURIComponent('{"n":1}')}`, {}, 204],
    ["wrong JSON", `${fine}?json=${encodeURIComponent('{"n":"x"}')}`, {}, 422],
    ["no JSON", `${fine}?json=x`, {}, 422],
    ["a list in a header", fine, { "x-list": "1, 2" }, 204],
    ["a wrong list in a header", fine, { "x-list": "1, x" }, 422],
    ["a cookie", fine, { cookie: "a=b; crumb=3" }, 204],
    ["a wrong cookie", fine, { cookie: "crumb=x" }, 422],
  ])("are read: %s", async (_what, path, headers: Record<string, string>, want) => {
    expect((await send(path, { headers })).status).toBe(want);
  });
});
