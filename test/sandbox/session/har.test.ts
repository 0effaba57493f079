import { createRequire } from "node:module";
import { Ajv } from "ajv";
import draft06 from "ajv/dist/refs/json-schema-draft-06.json" with { type: "json" };
import addFormats from "ajv-formats";
import { HttpResponse, http } from "msw";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../../../sandbox/index.ts";
import {
  type HarExchange,
  harExchangesOf,
  harOf,
  type Resent,
  readSession,
  resend,
  withoutSecrets,
} from "../../../sandbox/session/index.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { recordingFromHar } from "../../../specs/engine/certification/index.ts";
import { loadedSpecs } from "../../support/specs.ts";
import { playBusySession } from "./busy-session.ts";

// The package of the schemas is CommonJS, without types.
const require = createRequire(import.meta.url);

let catalog: Catalog;
let sandbox: Sandbox;
let exchanges: HarExchange[];

/** Against the schema that the makers of HAR tools publish. */
function harViolations(har: object): unknown {
  const schemas: Readonly<Record<string, object>> = require("har-schema");
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addMetaSchema(draft06);
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  ajv.validate("har.json#", har);
  return ajv.errors;
}

beforeAll(async () => {
  ({ catalog } = await loadedSpecs());
  sandbox = await createSandbox({ catalog, faults: [{ operation: "listEvents", drop: true, count: 1 }] });
  sandbox.use(http.get("*/own", () => HttpResponse.text("mine")));
  await sandbox.control.session.keep();
  const send = (request: Request): Promise<Response> => sandbox.fetch(request);
  const url = "http://sandbox.test";
  await playBusySession({ send, url, hooks: [], settle: () => sandbox.settle(), rounds: 4 });
  await send(new Request(`${url}/own?a=1&a=%20`));
  exchanges = harExchangesOf(readSession(await sandbox.control.session.take()));
});

afterAll(() => sandbox.close());

describe("a HAR of a session", () => {
  it("is what the published schema of HAR 1.2 describes", () => {
    const har = harOf(exchanges, "1.0.0");
    expect(harViolations(har)).toBeNull();
    expect(harViolations({ log: { ...har, entries: [{}] } })).not.toBeNull();
    const statuses = new Set(exchanges.map(({ status }) => status));
    for (const status of [0, 200, 201, 400, 401]) expect(statuses).toContain(status);
    expect(exchanges.some(({ requestBody }) => requestBody !== undefined && "base64" in requestBody)).toBe(
      true,
    );
  });

  it("is handed on without the secrets of uploads too, whose other bytes stay as they were", () => {
    const upload = (secret: string): string =>
      btoa(`--b\r\nContent-Disposition: form-data; name="clientSecret"\r\n\r\n${secret}\r\n--b--\xff\x00`);
    const [exchange] = exchanges;
    if (exchange === undefined) throw new Error("Nothing was recorded.");
    const [clean] = withoutSecrets([{ ...exchange, requestBody: { base64: upload("s3cr3t") } }]);
    expect(clean?.requestBody).toEqual({ base64: upload("[redacted]") });
  });

  it("names what a handler of the tester's own answered", () => {
    const { log } = JSON.parse(JSON.stringify(harOf(exchanges, "1.0.0"))) as {
      log: { entries: { request: object; comment?: string }[] };
    };
    expect(log.entries.at(-1)).toMatchObject({
      request: {
        queryString: [
          { name: "a", value: "1" },
          { name: "a", value: " " },
        ],
      },
      comment: expect.stringContaining("handler"),
    });
    expect(log.entries.filter(({ comment }) => comment !== undefined)).toHaveLength(1);
  });

  it("holds requests and answers as they were", () => {
    const read = recordingFromHar(harOf(exchanges, "1.0.0"));
    expect(read).toHaveLength(exchanges.length);
    for (const [index, { request, response }] of read.entries()) {
      const { method, url, requestBody, status, answerBody } = exchanges[index] ?? {};
      expect([request.method, request.url, response?.status ?? 0]).toEqual([method, url, status]);
      if (requestBody !== undefined && "text" in requestBody) expect(request.body).toBe(requestBody.text);
      if (answerBody !== undefined && "text" in answerBody) expect(response?.body).toBe(answerBody.text);
    }
  });
});

/** What a browser writes of a page that uses the API: other hosts, sockets, pictures, preflights, HTTP/2. */
const entry = (method: string, url: string, status: number, more: object = {}) => ({
  startedDateTime: "2026-03-16T08:00:00.000Z",
  time: 3,
  request: { method, url, httpVersion: "h2", headers: [], ...more },
  response: { status, httpVersion: "h2", headers: [], content: { size: 0, mimeType: "" } },
});
const h2 = { headers: [":method", ":path", "te", "upgrade"].map((name) => ({ name, value: "trailers" })) };
const preflight = { headers: [{ name: "access-control-request-method", value: "POST" }] };

describe("the traffic of a page, sent again", () => {
  const sent = async (...entries: object[]): Promise<Resent[]> =>
    resend({
      catalog,
      recording: recordingFromHar({ log: { version: "1.2", entries } }),
      baseUrl: "http://own-build.test",
      fetch: (request) => sandbox.fetch(request),
      authorization: async () => undefined,
    });

  it("goes on to the API alone, and says of the rest why it doesn't", async () => {
    const resent = await sent(
      entry("GET", "data:image/png;base64,AAAA", 200),
      entry("GET", "https://fonts.example/inter.woff2", 200),
      entry("GET", "wss://api.example/live", 101),
      entry("GET", "", 0),
      entry("OPTIONS", "https://api.example/v1/deliveries", 204, preflight),
      entry("GET", "https://api.example/v1/parties/blueline", 401, h2),
      entry("GET", "https://api.example/v1/nothing", 404),
    );
    const elsewhere = "asks somebody else than this API";
    expect(resent.map(({ skipped, got }) => skipped ?? got)).toEqual([
      elsewhere,
      elsewhere,
      elsewhere,
      elsewhere,
      "is a browser's question before the request itself",
      401,
      404,
    ]);
    expect(resent.map(({ same }) => same)).toEqual(Array.from({ length: 7 }, () => true));
  });

  it("has a token where the browser wrote none, unless it was refused for that", async () => {
    const asked: (string | undefined)[] = [];
    const entries = [200, 401].map((status) =>
      entry("GET", "https://api.example/v1/parties/blueline", status),
    );
    const resent = await resend({
      catalog,
      recording: recordingFromHar({ log: { version: "1.2", entries } }),
      baseUrl: "http://own-build.test",
      fetch: async ({ headers }) => new Response(null, { status: headers.has("authorization") ? 200 : 401 }),
      authorization: async (party) => {
        asked.push(party);
        return "Bearer token";
      },
    });
    expect(resent.map(({ got }) => got)).toEqual([200, 401]);
    expect(asked).toEqual([undefined]);
  });

  it("is that of a tenant too, whichever it is sent to", async () => {
    const resent = await sent(
      entry("GET", "http://127.0.0.1:4010/_tenants/acme/v1/parties/blueline?a=_tenants", 401),
      entry("GET", "http://127.0.0.1:4010/_tenants/acme", 404),
    );
    expect(resent).toMatchObject([
      { path: "/v1/parties/blueline?a=_tenants", operationId: "getParty", got: 401, same: true },
      { path: "/_tenants/acme", got: 404, same: true },
    ]);
  });

  it.each([0, -1])(
    "is sent where it was cut off with status %d, which compares with none",
    async (status) => {
      const resent = await sent(entry("GET", "https://api.example/v1/parties/blueline", status));
      expect(resent).toMatchObject([{ got: 401, same: true }]);
      expect(resent[0]).not.toHaveProperty("want");
    },
  );

  it("goes on with the bytes that were sent, and without what is nothing of theirs", async () => {
    const got: [string | null, string | null, number[]][] = [];
    const url = "https://api.example/v1/deliveries";
    const type = { name: "content-type", value: "application/octet-stream" };
    const packed = { name: "content-encoding", value: "gzip" };
    const har = [
      { headers: [type, packed], postData: { text: "H4v/", encoding: "base64" } },
      { headers: [type, packed], postData: { text: '{"amount":12345678901234567890}' } },
      { headers: [type], bodySize: 4096 },
    ].map((more) => entry("POST", url, 201, more));
    const resent = await resend({
      catalog,
      recording: recordingFromHar({ log: { version: "1.2", entries: har } }),
      baseUrl: "http://own-build.test",
      fetch: async (request) => {
        const { headers } = request;
        got.push([
          headers.get("content-encoding"),
          headers.get("content-type"),
          [...(await request.bytes())],
        ]);
        return Response.json({ id: "delivery-1" }, { status: 201 });
      },
      authorization: async () => undefined,
    });
    expect(got).toEqual([
      ["gzip", type.value, [0x1f, 0x8b, 0xff]],
      [null, type.value, [...Buffer.from('{"amount":12345678901234567890}')]],
    ]);
    expect(resent[2]).toMatchObject({ skipped: "had a body that the recording doesn't hold", same: true });
  });

  it("isn't different for a status that the document doesn't declare and that came then as well", async () => {
    const operations = catalog.operations.map((operation) => ({
      ...operation,
      responses: operation.responses.filter(({ status }) => status === "200"),
    }));
    const tried = (status: number) =>
      resend({
        catalog: { ...catalog, operations },
        recording: recordingFromHar({
          log: { entries: [entry("GET", "https://api.example/v1/parties/blueline", status)] },
        }),
        baseUrl: "http://own-build.test",
        fetch: async () => new Response(null, { status: 302 }),
        authorization: async () => undefined,
      });
    expect(await tried(302)).toMatchObject([{ same: true, violations: [] }]);
    expect(await tried(200)).toMatchObject([
      { same: false, violations: [{ detail: "getParty declares no 302" }] },
    ]);
  });

  it("tells what came out differently, and what can't be sent", async () => {
    const resent = await sent(
      entry("GET", "https://api.example/v1/parties/blueline", 200, h2),
      entry("TRACE", "https://api.example/v1/parties", 200),
    );
    expect(resent).toMatchObject([
      { want: 200, got: 401, same: false },
      { failure: expect.any(String), same: false },
    ]);
  });
});
