import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { generate } from "../../../sandbox/resources/generate.ts";
import { Schemas } from "../../../sandbox/resources/schemas.ts";
import { numbersFrom } from "../../../sandbox/values/ids.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog, Operation } from "../../../specs/engine/catalog/types.ts";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const home = dirname(
  dirname(dirname(fileURLToPath(import.meta.resolve("@readme/oas-examples/3.1/json/petstore.json")))),
);
const files = ["3.0/json", "3.1/json"].flatMap((folder) =>
  readdirSync(join(home, folder))
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name)),
);

interface Sent {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** A request that the operation declares as valid: examples first, then values made from the schemas. */
function validRequest(operation: Operation, catalog: Catalog): Sent {
  const schemas = new Schemas(catalog);
  const made = (schema: Operation["parameters"][number]["schema"]): unknown =>
    schema === undefined
      ? "text"
      : generate(schemas.at(schema), schemas, {
          now: "2025-03-01T12:00:00.000Z",
          next: numbersFrom("test"),
          leaveOut: "readOnly",
        });
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  let path = operation.path;
  for (const { name, in: place, required, schema, examples } of operation.parameters) {
    if (!required && place !== "path") continue;
    const value = Object.values(examples)[0] ?? made(schema);
    const text = typeof value === "object" ? Object.values(value ?? {}).join(",") : String(value);
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(text));
    else if (place === "query") query.set(name, text);
    else if (place === "header") headers[name] = text;
    else headers["cookie"] = `${name}=${text}`;
  }
  for (const { scheme } of operation.security[0] ?? []) {
    const name = scheme.parameterName ?? "";
    if (scheme.type !== "apiKey")
      headers["authorization"] = scheme.scheme?.toLowerCase() === "basic" ? "Basic eDp5" : "Bearer x";
    else if (scheme.in === "query") query.set(name, "key");
    else if (scheme.in === "cookie") headers["cookie"] = `${name}=key`;
    else headers[name] = "key";
  }
  const bodiless = operation.method === "GET" || operation.method === "HEAD";
  const media = bodiless ? undefined : operation.requestBody?.content["application/json"];
  const body = media === undefined ? undefined : (Object.values(media.examples)[0] ?? made(media.schema));
  return { path: query.size === 0 ? path : `${path}?${query.toString()}`, headers, body };
}

async function answerOf(client: Client, operation: Operation) {
  const { path, headers, body } = validRequest(operation, client.sandbox.catalog);
  return client.call(operation.method, path, body, headers);
}

describe("specs nobody here wrote", () => {
  it.each(files)("%s: every operation answers as it declares, and nothing fails", async (file) => {
    const client = await sandboxOf(join(home, file));
    const { catalog } = client.sandbox;
    const validators = validatorsOf(catalog);
    for (const operation of catalog.operations) {
      if (operation.method === "TRACE") continue;
      const { status, json, headers } = await answerOf(client, operation);
      const what = `${file} ${operation.id}: ${JSON.stringify(json)}`;
      expect(client.faults, what).toEqual([]);
      expect(status, what).toBeLessThan(500);
      const declared = operation.responses.find((response) => response.status === String(status));
      const schema = declared?.content["application/json"]?.schema;
      if (status < 300 && schema !== undefined && headers.get("content-type") === "application/json") {
        expect(validators.get(schema, "response")(json), what).toEqual([]);
      }
    }
  });
});
