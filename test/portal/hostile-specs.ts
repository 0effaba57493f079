import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A document of webhooks alone: there is nothing that a partner could call. */
export async function writeWebhooksOnly(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const document = {
    openapi: "3.1.0",
    info: { title: "Bells", version: "1" },
    webhooks: {
      rung: {
        post: {
          description: "See [the way](#tag/bells), or [there](/elsewhere).",
          requestBody: { content: { "application/json": { schema: { type: "object" } } } },
          responses: { "204": { description: "Heard" } },
        },
      },
    },
  };
  await writeFile(join(dir, "bells.json"), JSON.stringify(document));
}

const ATTACKS = `Hello <script>globalThis.attacked = 1</script> and <img src=x onerror="globalThis.attacked = 2">,
a [link](javascript:globalThis.attacked=3), ![picture](https://elsewhere.example/p.png),
<a href="https://elsewhere.example" onclick="globalThis.attacked = 4">here</a>.

# A heading of its own

| a | b |
|---|---|
| 1 | <b>2</b> |`;

/** As long as names get in documents made by programs; none of them may push a page out of a phone. */
const LONG = `Post${"CustomersCustomerSubscriptionItemsSubscription".repeat(2)}`;

/** An ecosystem that isn't ours: no manifest, names that bite, descriptions that attack, a type that contains itself. */
export async function writeHostileSpecs(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const document = {
    openapi: "3.1.0",
    info: {
      title: `Other & "Co" <script>globalThis.attacked = 5</script>`,
      version: "1",
      description: ATTACKS,
    },
    servers: [{ url: "https://api.example/v2" }],
    tags: [{ name: "Über / Things", description: ATTACKS }],
    paths: {
      "/things/{id}": {
        get: {
          operationId: "things/get <one>",
          tags: ["Über / Things"],
          summary: `Get a "thing" <script>globalThis.attacked = 6</script>`,
          description: ATTACKS,
          parameters: [
            {
              name: "id",
              in: "path",
              required: true,
              description: ATTACKS,
              schema: { type: "string", pattern: "^<.*>$" },
            },
          ],
          responses: {
            "200": {
              description: ATTACKS,
              content: {
                "application/json": {
                  schema: { $ref: "#/components/schemas/Node" },
                  examples: {
                    one: { value: { name: "</code></pre><script>globalThis.attacked = 7</script>" } },
                  },
                },
              },
            },
            "404": { description: "Not there" },
          },
        },
      },
      [`/things/${LONG}`]: {
        put: {
          operationId: LONG,
          requestBody: {
            content: { "application/json": { schema: { $ref: `#/components/schemas/${LONG}` } } },
          },
          responses: { "204": { description: "Done" } },
        },
      },
      "/things": { post: { responses: { "204": { description: "Done" } } } },
    },
    components: {
      schemas: {
        Node: {
          type: "object",
          description: ATTACKS,
          required: ["name"],
          properties: {
            name: { type: "string", enum: ["<i>", "b"], description: ATTACKS },
            children: { type: "array", items: { $ref: "#/components/schemas/Node" } },
            either: { oneOf: [{ $ref: "#/components/schemas/Node" }, { type: "null" }] },
          },
        },
        node: { type: "string" },
        [LONG]: { type: "object", properties: { [LONG]: { $ref: "#/components/schemas/Node" } } },
      },
    },
  };
  await writeFile(join(dir, "api.json"), JSON.stringify(document));
}
