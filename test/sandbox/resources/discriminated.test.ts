import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openapi, writeSpecs } from "../../specs/spec-set.ts";
import { type Client, sandboxOf } from "./sandbox-of.ts";

const text = { type: "string" };
const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const content = (held: object) => ({ "application/json": { schema: held } });
const answer = (held: object) => ({ description: "Fine.", content: content(held) });
const id = { name: "id", in: "path", required: true, schema: text };
const extending = (properties: object) => ({ allOf: [schema("Animal"), { type: "object", properties }] });

/** Each kind takes the other's animals: nothing is required of either, and nothing else ruled out. */
const document = (animals: object): object =>
  openapi(
    {
      "/animals": {
        get: { responses: { 200: answer({ type: "array", items: schema("AnyAnimal") }) } },
        post: {
          requestBody: { content: content(schema("AnyAnimal")) },
          responses: { 201: answer(schema("AnyAnimal")) },
        },
      },
      "/animals/{id}": { get: { parameters: [id], responses: { 200: answer(schema("AnyAnimal")) } } },
    },
    {
      schemas: {
        AnyAnimal: animals,
        Animal: {
          type: "object",
          required: ["kind"],
          properties: { id: { ...text, readOnly: true }, kind: text, name: text },
        },
        Cat: extending({ huntingSkill: text }),
        Dog: extending({ packSize: { type: "integer" } }),
      },
    },
  );
const kinds = [schema("Cat"), schema("Dog")];
const mapping = { cat: "#/components/schemas/Cat", dog: "Dog" };

async function zoo(animals: object): Promise<Client> {
  const root = await writeSpecs({ "api.json": document(animals) });
  return sandboxOf(join(root, "api.json"));
}

describe("alternatives that a property tells apart", () => {
  it.each([
    ["oneOf", { oneOf: kinds, discriminator: { propertyName: "kind", mapping } }, "dog"],
    ["anyOf", { anyOf: kinds, discriminator: { propertyName: "kind", mapping } }, "dog"],
    ["a schema's name", { oneOf: kinds, discriminator: { propertyName: "kind" } }, "Dog"],
    [
      "what may be null",
      { oneOf: [...kinds, { type: "null" }], discriminator: { propertyName: "kind", mapping } },
      "dog",
    ],
  ])("need not exclude each other: %s", async (_, animals, dog) => {
    const { call } = await zoo(animals);
    const made = await call("POST", "/animals", { kind: dog, name: "Rex", packSize: 3 });
    expect(made).toMatchObject({ status: 201, json: { kind: dog, name: "Rex", packSize: 3 } });
    expect((await call("GET", String(made.headers.get("location")))).json).toEqual(made.json);
    expect((await call("GET", "/animals")).json).toEqual([made.json]);
    const wrong = await call("POST", "/animals", { kind: dog, packSize: "three" });
    const errors = [{ pointer: "#/packSize", detail: "must be integer" }];
    expect(wrong).toMatchObject({ status: 422, json: { errors } });
  });

  it("are all asked where it names none of them", async () => {
    const { call } = await zoo({ oneOf: kinds, discriminator: { propertyName: "kind", mapping } });
    expect((await call("POST", "/animals", { kind: "bird" })).status).toBe(422);
    // Only a cat may have this one.
    expect((await call("POST", "/animals", { kind: "bird", packSize: "three" })).status).toBe(201);
  });

  it("keep a name that the mapping gave to another", async () => {
    const swapped = { Cat: "#/components/schemas/Dog", Dog: "#/components/schemas/Cat" };
    const { call } = await zoo({
      oneOf: kinds,
      discriminator: { propertyName: "kind", mapping: swapped },
    });
    expect((await call("POST", "/animals", { kind: "Dog", packSize: "three" })).status).toBe(201);
    expect((await call("POST", "/animals", { kind: "Cat", packSize: "three" })).status).toBe(422);
  });
});
