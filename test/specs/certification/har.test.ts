import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { certify, recordingFromHar } from "../../../specs/engine/certification/index.ts";

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
    const { catalog } = await loadCatalog("specs");
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

  it("holds a body against the declared media type or range that covers its own", async () => {
    const { catalog } = await loadCatalog("specs");
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

  it.each([[{}], [{ log: {} }], ["text"], [null]])("is refused when it is none: %j", (value) => {
    expect(() => recordingFromHar(value)).toThrow(/HAR/);
  });
});
