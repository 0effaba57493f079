import { join } from "node:path";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const json = (schema: object) => ({ "application/json": { schema } });
export const text = { type: "string" };
export const count = { type: "integer" };
export const flag = { type: "boolean" };
export const link = { type: "string", format: "uri" };
export const object = (properties: object, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
});
export const query = (name: string, schema: object = count, more: object = {}) => ({
  name,
  in: "query",
  schema,
  ...more,
});

const boat = object(
  {
    id: { type: "string", readOnly: true },
    name: text,
    length: { type: "number" },
    kind: { type: "string", enum: ["sail", "motor"] },
    harbourId: text,
    createdAt: { type: "string", format: "date-time", readOnly: true },
  },
  ["id", "name"],
);
export const boats = { type: "array", items: boat };

/** How a list is asked for and laid out. */
export interface Shape {
  readonly parameters: readonly object[];
  readonly schema: object;
  readonly headers?: object;
}

/** Three boats, in the order Ada, Bo, Cy, whose list is laid out as given. */
export async function harbour({ parameters, schema, headers = {} }: Shape): Promise<Client> {
  const one = { 200: { description: "One.", content: json(boat) } };
  const paths = {
    "/boats": {
      get: { parameters, responses: { 200: { description: "All.", headers, content: json(schema) } } },
      post: {
        requestBody: { content: json(boat) },
        responses: { 201: { description: "Made.", content: json(boat) } },
      },
    },
    "/boats/{id}": {
      get: { parameters: [{ name: "id", in: "path", required: true, schema: text }], responses: one },
    },
  };
  const client = await sandboxOf(join(await writeSpecs({ "api.json": openapi(paths) }), "api.json"));
  const fleet = [
    { name: "Ada", length: 9, kind: "sail", harbourId: "h1" },
    { name: "Bo", length: 30, kind: "motor", harbourId: "h1" },
    { name: "Cy", length: 12.5, kind: "sail", harbourId: "h2" },
  ];
  for (const made of fleet) await client.call("POST", "/boats", made);
  return client;
}

/** Names of the boats that an answer lists, wherever it has them. */
export function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (value === null || typeof value !== "object") return [];
  if ("name" in value && typeof value.name === "string") return [value.name];
  return Object.values(value).flatMap(namesIn);
}
