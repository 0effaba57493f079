import { describe, expect, it } from "vitest";
import { messageByEvent, messageByType } from "../../../specs/engine/catalog/lookup.ts";
import { findMessage } from "../../../specs/engine/messages/find-message.ts";
import { loadFiles, openapi } from "../spec-set.ts";

const answer = { 200: { description: "ok" } };

describe("messages", () => {
  const events = (message: object, more: object = {}): object => ({
    asyncapi: "3.0.0",
    info: { title: "Events", version: "1" },
    channels: {
      deliveries: {
        address: "deliveries/{id}",
        messages: { rated: { $ref: "#/components/messages/DeliveryRated" } },
      },
    },
    components: { messages: { DeliveryRated: message }, ...more },
  });
  it("come with channel, CloudEvents type, payload and domain event", async () => {
    const envelope = { type: "object", properties: { id: { type: "string" }, type: { type: "string" } } };
    const { catalog, findings } = await loadFiles({
      "events.json": events(
        {
          name: "rated",
          title: "Delivery rated",
          "x-eco-event": "delivery.rated",
          payload: {
            allOf: [
              { $ref: "#/components/schemas/Envelope" },
              { properties: { type: { const: "org.example.delivery.rated.v1" } } },
            ],
          },
          examples: [{ payload: { id: "1" } }, { headers: {} }],
        },
        { schemas: { Envelope: envelope } },
      ),
    });
    expect(findings).toEqual([]);
    expect(catalog.messages).toEqual([
      {
        id: "DeliveryRated",
        document: "events.json",
        type: "org.example.delivery.rated.v1",
        title: "Delivery rated",
        summary: "",
        description: "",
        channel: "deliveries",
        address: "deliveries/{id}",
        payload: { document: "events.json", pointer: "/components/messages/DeliveryRated/payload" },
        examples: [{ id: "1" }],
        event: "delivery.rated",
        pointer: "/components/messages/DeliveryRated",
      },
    ]);
    expect(messageByEvent(catalog, "delivery.rated")).toBe(catalog.messages[0]);
    expect(messageByType(catalog, "org.example.delivery.rated.v1")).toBe(catalog.messages[0]);
  });

  it("take what their traits add, and JSON Schema in a multi-format payload", async () => {
    const { catalog } = await loadFiles({
      "events.json": events(
        {
          traits: [{ $ref: "#/components/messageTraits/t" }],
          payload: { schemaFormat: "application/schema+json;version=draft-07", schema: { type: "object" } },
        },
        { messageTraits: { t: { title: "From a trait" } } },
      ),
    });
    expect(catalog.messages[0]).toMatchObject({
      title: "From a trait",
      payload: { pointer: "/components/messages/DeliveryRated/payload/schema" },
    });
  });

  it("are told apart where channels have different ones under one key, or one name", async () => {
    const changed = (of: string): object => ({
      address: of,
      messages: { changed: { name: "changed", payload: { type: "object", title: of } } },
    });
    const { catalog, findings } = await loadFiles({
      "events.json": {
        asyncapi: "3.0.0",
        info: { title: "Events", version: "1" },
        channels: { orders: changed("orders"), refunds: changed("refunds") },
      },
    });
    expect(findings).toEqual([]);
    expect(catalog.messages.map(({ id, type, address }) => [id, type, address])).toEqual([
      ["changed", "changed", "orders"],
      ["refunds.changed", "refunds.changed", "refunds"],
    ]);
  });

  it("say in which content type they go and which headers, by themselves or by a trait", async () => {
    const { catalog } = await loadFiles({
      "events.json": events(
        {
          traits: [{ $ref: "#/components/messageTraits/t" }],
          payload: { type: "object" },
          examples: [{ headers: { key: "k" } }],
        },
        {
          messageTraits: { t: { contentType: "text/csv", headers: { $ref: "#/components/schemas/H" } } },
          schemas: { H: { type: "object" } },
        },
      ),
    });
    expect(catalog.messages[0]).toMatchObject({
      contentType: "text/csv",
      headers: { document: "events.json", pointer: "/components/schemas/H" },
      headerExamples: [{ key: "k" }],
    });
  });

  it.each([
    [
      "their payload is no JSON Schema",
      { payload: { schemaFormat: "application/vnd.apache.avro;version=1.9.0", schema: { type: "record" } } },
      "its payload is described as application/vnd.apache.avro;version=1.9.0, not as JSON Schema",
    ],
    ["they declare no payload", { name: "ping" }, "it declares no payload"],
  ])("are left out, and that is all that is reported, where %s", async (_what, message, why) => {
    const { catalog, findings } = await loadFiles({ "events.json": events(message) });
    expect(catalog.messages).toEqual([]);
    expect(findings).toMatchObject([
      {
        severity: "warning",
        code: "spec.asyncapi.payload",
        message: expect.stringContaining(`can't be sent: ${why}.`),
      },
    ]);
    for (const asked of ["DeliveryRated", ...("name" in message ? [message.name] : [])])
      expect(findMessage(catalog, asked)).toMatchObject({ detail: expect.stringContaining(why) });
    expect(findMessage(catalog, "other")).toMatchObject({ detail: "There is no message other." });
  });

  it("come from the webhooks of an OpenAPI document too", async () => {
    const webhooks = {
      newPet: {
        post: {
          "x-eco-event": "pet.added",
          requestBody: { content: { "application/json": { schema: { type: "object" } } } },
          responses: answer,
        },
      },
    };
    const { catalog } = await loadFiles({ "api.json": openapi({}, {}, { webhooks }) });
    expect(catalog.messages).toMatchObject([
      { id: "newPet", type: "newPet", event: "pet.added", channel: "webhooks" },
    ]);
  });
});
