import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { credentialFields, operationsOfPartners } from "../../../specs/engine/certification/credentials.ts";
import {
  certify,
  checkDefinitions,
  documentsForPartners,
  documentsOfPartners,
} from "../../../specs/engine/certification/index.ts";
import { getThings, openapi, writeSpecs } from "../spec-set.ts";

const SECRET = `whsec_${btoa("the secret of a carrier")}`;
const job = {
  type: "object",
  additionalProperties: false,
  required: ["tender"],
  properties: { tender: { type: "string", minLength: 1, maxLength: 40 } },
};
const content = { "application/json": { schema: job } };

/** What a carrier serves: the order is named in a header, and nothing but the capabilities says who implements it. */
const inbox = openapi(
  {
    "/jobs": {
      post: {
        operationId: "offerJob",
        "x-eco-capability": "fulfilment.offer",
        "x-eco-bind": { request: { workOrderId: "$request.body#/tender" } },
        requestBody: { required: true, content },
        responses: { "201": { description: "Noted.", content }, "400": { description: "Wrong." } },
      },
    },
    "/job": {
      get: {
        operationId: "askJob",
        "x-eco-capability": "fulfilment.get",
        "x-eco-bind": { request: { workOrderId: "$request.header.X-Tender" } },
        parameters: [{ name: "X-Tender", in: "header", required: true, schema: { type: "string" } }],
        responses: {
          "200": { description: "It.", content },
          "400": { description: "Which?" },
          "404": { description: "None such." },
        },
      },
    },
  },
  {},
  { servers: [{ url: "https://carrier.example" }] },
);

/** A message without an envelope, and without room for anything that it doesn't name. */
const events = {
  asyncapi: "3.0.0",
  info: { title: "Feed", version: "1.0.0" },
  defaultContentType: "application/json",
  channels: { told: { messages: { priced: { $ref: "#/components/messages/priced" } } } },
  operations: { tell: { action: "send", channel: { $ref: "#/channels/told" } } },
  components: {
    messages: {
      priced: {
        "x-eco-event": "delivery.rated",
        "x-eco-bind": { "/number": "id", "/of": "deliveryId" },
        payload: {
          type: "object",
          additionalProperties: false,
          required: ["number", "kind", "of"],
          properties: { number: { type: "string" }, kind: { const: "priced" }, of: { type: "string" } },
        },
      },
    },
  },
};

const received: { type: string | undefined; body: unknown }[] = [];
let server: Server;
let url: string;

/** A carrier that takes exactly what its documents allow. */
beforeAll(async () => {
  const jobs = new Set<string>();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const answer = (status: number, body: unknown = { title: "No" }): void => {
        response.writeHead(status, {
          "content-type": status < 300 ? "application/json" : "application/problem+json",
        });
        response.end(JSON.stringify(body));
      };
      const read = (): Record<string, unknown> | undefined => {
        try {
          return JSON.parse(text) as Record<string, unknown>;
        } catch {
          return undefined;
        }
      };
      if (request.url === "/hook") {
        try {
          new Webhook(SECRET).verify(text, request.headers as Record<string, string>);
        } catch {
          return answer(401);
        }
        const body = read();
        if (body === undefined) return answer(400);
        received.push({ type: request.headers["content-type"], body });
        return answer(Object.keys(body).sort().join() === "kind,number,of" ? 200 : 400);
      }
      if (request.url === "/jobs" && request.method === "POST") {
        if (request.headers["content-type"]?.startsWith("application/json") !== true) return answer(400);
        const { tender, ...rest } = read() ?? {};
        const fits = typeof tender === "string" && tender.length > 0 && [...tender].length <= 40;
        if (!fits || Object.keys(rest).length > 0) return answer(400);
        jobs.add(tender);
        return answer(201, { tender });
      }
      if (request.url === "/job" && request.method === "GET") {
        const tender = request.headers["x-tender"];
        if (typeof tender !== "string" || tender === "") return answer(400);
        return jobs.has(tender) ? answer(200, { tender }) : answer(404);
      }
      return answer(["/job", "/jobs"].includes(request.url ?? "") ? 405 : 404);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it("finds nothing in a healthy carrier whose orders are named in headers, and whose messages have no envelope", async () => {
  const root = await writeSpecs({
    "api.json": openapi(getThings({})),
    "inbox.json": inbox,
    "events.json": events,
  });
  const [{ catalog }, { catalog: own }] = await Promise.all([
    loadCatalog(root, { cacheDir: false }),
    loadCatalog("specs/certification", { cacheDir: false }),
  ]);
  expect([documentsOfPartners(catalog), documentsForPartners(catalog)]).toEqual([
    ["inbox.json"],
    ["api.json"],
  ]);
  const report = await certify({
    catalog,
    definitions: checkDefinitions(own),
    levels: [],
    seed: "carrier",
    fetch,
    parts: ["provider", "receiver"],
    target: { url },
    webhook: { url: `${url}/hook`, secret: SECRET },
  });
  const wrong = report.findings.filter(({ outcome }) => outcome === "failed");
  expect(wrong.map(({ check, subject, message }) => `${check} ${subject}: ${message}`)).toEqual([]);
  const outcomes = Object.fromEntries(report.checks.map((one) => [one.definition.id, one.outcome]));
  expect(outcomes).toMatchObject({
    "provider.input.rejects-invalid": "passed",
    "receiver.content.structured": "passed",
    "receiver.content.large": "skipped",
    "receiver.content.unknown-field": "skipped",
  });
  const stamps = received.map(({ type, body }) => [
    type?.split(";")[0],
    Object.keys(body as object)
      .sort()
      .join(),
  ]);
  expect([...new Set(stamps.map(String))]).toEqual(["application/json,kind,number,of"]);
  const numbers = received.map(({ body }) => String((body as { number: unknown }).number));
  expect(new Set(numbers).size).toBeGreaterThan(3);
});

it("shows a build what its own document asks for, whatever the platform's API takes", async () => {
  const secured = (scheme: object, document: object): object => ({
    ...document,
    security: [{ own: [] }],
    components: { securitySchemes: { own: scheme } },
  });
  const root = await writeSpecs({
    "api.json": secured({ type: "apiKey", in: "header", name: "X-Key" }, openapi(getThings({}))),
    "inbox.json": secured({ type: "http", scheme: "basic" }, inbox),
  });
  const { catalog } = await loadCatalog(root, { cacheDir: false });
  expect(credentialFields("depot:é", operationsOfPartners(catalog))).toEqual({
    authorization: `Basic ${Buffer.from("depot:é").toString("base64")}`,
  });
});
