import { describe, expect, it } from "vitest";
import { certify, recordingFromHar } from "../../../specs/engine/certification/index.ts";
import { loadedSpecs } from "../../support/specs.ts";

const entry = (startedDateTime: string, url: string, status: number, extra: object = {}) => ({
  startedDateTime,
  time: 12,
  request: { method: "GET", url, headers: [{ name: "Authorization", value: "Bearer t" }], ...extra },
  response: {
    status,
    headers: [{ name: "Content-Type", value: "application/json" }],
    content: { text: '{"items":[]}' },
  },
});

describe("a HAR file", () => {
  const har = {
    log: {
      version: "1.2",
      entries: [
        entry("2026-01-01T00:00:02.000Z", "http://127.0.0.1:4010/v1/deliveries?limit=5", 200),
        entry("2026-01-01T00:00:00.000Z", "http://127.0.0.1:4010/v1/nothing-here", 0),
      ],
    },
  };

  it("becomes a recording, oldest first, with what never got an answer", () => {
    const recording = recordingFromHar(har);
    expect(recording.map((one) => one.atMs)).toEqual([0, 2000]);
    expect(recording[0]).toMatchObject({ abandoned: true, failure: { kind: "closed" } });
    expect(recording[1]).toMatchObject({
      request: { headers: { authorization: "Bearer t" } },
      response: { status: 200 },
    });
  });

  it("is certified as a client's doing", async () => {
    const { catalog } = await loadedSpecs();
    const report = await certify({
      catalog,
      seed: "har",
      fetch,
      recording: recordingFromHar(har),
      parts: ["client"],
    });
    const declared = report.findings.find((one) => one.check === "client.request.declared");
    expect(declared).toMatchObject({
      outcome: "failed",
      message: expect.stringContaining("/v1/nothing-here"),
    });
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        check: "client.request.valid",
        subject: "listDeliveries",
        outcome: "passed",
      }),
    );
  });

  it("is looked through for secrets in paths whose percent-encoding is broken, too", async () => {
    const { catalog } = await loadedSpecs();
    const entries = ["parties/%zz", "parties/whsec_c2VjcmV0"].map((path, second) =>
      entry(`2026-01-01T00:00:0${second}.000Z`, `http://127.0.0.1:4010/v1/${path}`, 404),
    );
    const report = await certify({
      catalog,
      seed: "har",
      fetch,
      recording: recordingFromHar({ log: { version: "1.2", entries } }),
      parts: ["client"],
    });
    const found = report.findings.filter((one) => one.check === "client.request.no-secret-in-url");
    expect(found).toMatchObject([
      { outcome: "failed", message: expect.stringContaining("a token in its path") },
    ]);
  });

  it("holds a body against the declared media type or range that covers its own", async () => {
    const { catalog } = await loadedSpecs();
    const operations = catalog.operations.map((operation) => {
      const json = operation.requestBody?.content["application/json"];
      return operation.id !== "createQuote" || operation.requestBody === undefined || json === undefined
        ? operation
        : { ...operation, requestBody: { ...operation.requestBody, content: { "application/*": json } } };
    });
    const sent = entry("2026-01-01T00:00:00.000Z", "http://127.0.0.1:4010/v1/quotes", 422);
    const request = {
      ...sent.request,
      method: "POST",
      headers: [{ name: "Content-Type", value: "application/json; charset=utf-8" }],
      postData: { mimeType: "application/json; charset=utf-8", text: '{"product":7}' },
    };
    const recording = recordingFromHar({ log: { version: "1.2", entries: [{ ...sent, request }] } });
    const report = await certify({
      catalog: { ...catalog, operations },
      seed: "har",
      fetch,
      recording,
      parts: ["client"],
    });
    const valid = report.findings.find((one) => one.check === "client.request.valid");
    expect(valid).toMatchObject({ outcome: "failed", message: expect.not.stringContaining("not declared") });
  });

  /** As programs write them: each is legal, and none like the others. */
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  const odd: readonly (readonly [string, object, object])[] = [
    [
      "HTTP/2 as browsers show it, without a length",
      entry("2026-01-01T00:00:00.000Z", "https://api.example/v1/parties", 200, {
        httpVersion: "h2",
        headers: [
          { name: ":authority", value: "api.example" },
          { name: ":path", value: "/v1/parties" },
          { name: "Accept", value: "application/json" },
        ],
      }),
      { request: { headers: { accept: "application/json" } } },
    ],
    [
      "a name that comes twice",
      entry("2026-01-01T00:00:00.000Z", "https://api.example/v1/parties", 200, {
        headers: [
          { name: "Accept", value: "a/b" },
          { name: "accept", value: "c/d" },
          { name: "Cookie", value: "a=1" },
          { name: "cookie", value: "b=2" },
        ],
      }),
      { request: { headers: { accept: "a/b, c/d", cookie: "a=1; b=2" } } },
    ],
    [
      "a body in base64",
      {
        ...entry("2026-01-01T00:00:00.000Z", "https://api.example/v1/parties", 200),
        response: {
          status: 200,
          headers: [],
          content: { text: base64('{"name":"Grüße"}'), encoding: "base64" },
        },
      },
      { response: { body: '{"name":"Grüße"}' } },
    ],
    [
      "an upload, whose bytes are no text",
      entry("2026-01-01T00:00:00.000Z", "https://api.example/v1/parties", 200, {
        method: "POST",
        bodySize: 3,
        postData: { mimeType: "application/octet-stream", text: "AP/+", encoding: "base64" },
      }),
      { requestBytes: Uint8Array.of(0, 255, 254), request: { body: "\0\ufffd\ufffd" } },
    ],
    [
      "an upload that the browser left out",
      entry("2026-01-01T00:00:00.000Z", "https://api.example/v1/parties", 200, { bodySize: 2048 }),
      { bodyMissing: true },
    ],
    [
      "the same by its header alone",
      entry("2026-01-01T00:00:00.000Z", "https://api.example/v1/parties", 200, {
        headers: [{ name: "Content-Length", value: "12" }],
        bodySize: -1,
        postData: { mimeType: "image/png", text: "" },
      }),
      { bodyMissing: true },
    ],
    [
      "the fields of a form with a file, whose bytes nobody knows",
      entry("2026-01-01T00:00:00.000Z", "https://api.example/v1/parties", 200, {
        postData: {
          mimeType: "multipart/form-data",
          params: [{ name: "file", fileName: "invoice.pdf", contentType: "application/pdf" }],
        },
      }),
      { bodyMissing: true },
    ],
    [
      "base64 that is none",
      {
        ...entry("2026-01-01T00:00:00.000Z", "https://api.example/v1/parties", 200),
        response: { status: 200, headers: [], content: { text: "not base64!", encoding: "base64" } },
      },
      { response: { body: "not base64!" } },
    ],
    [
      "the fields of a form alone, as they were meant",
      entry("2026-01-01T00:00:00.000Z", "https://api.example/v1/oauth/token", 200, {
        method: "post",
        postData: {
          mimeType: "application/x-www-form-urlencoded; charset=utf-8",
          params: [
            { name: "client id", value: "a&b" },
            { name: "scope", value: "100%" },
          ],
        },
      }),
      { request: { method: "POST", body: "client+id=a%26b&scope=100%25" } },
    ],
    [
      "the fields of a form alone, as they went out",
      entry("2026-01-01T00:00:00.000Z", "https://api.example/v1/oauth/token", 200, {
        postData: {
          mimeType: "application/x-www-form-urlencoded",
          params: [{ name: "client", value: "a%26b" }],
        },
      }),
      { request: { body: "client=a%26b" } },
    ],
    [
      "nothing came back, in the words of another program",
      {
        startedDateTime: "2026-01-01T00:00:00.000Z",
        time: -1,
        request: { url: "https://api.example/" },
        response: { status: -1 },
      },
      { abandoned: true, durationMs: 0, request: { method: "GET" } },
    ],
    [
      "an entry without its answer and its time",
      { request: { method: "GET", url: "https://api.example/", headers: null } },
      { abandoned: true, atMs: 0, durationMs: 0 },
    ],
  ];

  it.each(odd)("takes what is odd and legal: %s", (_what, given, want) => {
    expect(recordingFromHar({ log: { version: "1.2", entries: [given] } })).toEqual([
      expect.objectContaining(
        Object.fromEntries(
          Object.entries(want).map(([name, value]) => [
            name,
            typeof value === "object" ? expect.objectContaining(value) : value,
          ]),
        ),
      ),
    ]);
  });

  it.each([[{}], [{ log: {} }], ["text"], [null]])("is refused when it is none: %j", (value) => {
    expect(() => recordingFromHar(value)).toThrow(/HAR/);
  });
});
