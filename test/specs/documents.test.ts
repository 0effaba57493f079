import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { errorRegistry } from "../../specs/engine/errors/registry.ts";
import {
  ajv,
  documents,
  follow,
  isNode,
  nodeAt,
  nodesAt,
  operations,
  pointerOf,
  schemaOf,
  textsAt,
  under,
  violations,
} from "./spec-documents.ts";

describe("documents of our own kinds", () => {
  const ours = [...documents].filter(([, document]) => document["ecoVersion"] !== undefined);

  it.each(ours)("%s meets the schema of its kind", (_file, document) => {
    const kind = String(document["kind"]);
    const schema = schemaOf(kind);
    const id = String(schema["$id"]);
    const validate = ajv.getSchema(id) ?? ajv.compile(schema);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("have a broken counterpart that their schema refuses", () => {
    const validate = new Ajv2020({ strict: false }).compile(schemaOf("ecosystem"));
    const manifest = documents.get("ecosystem.yaml") ?? {};
    expect(validate(manifest)).toBe(true);
    expect(validate({ ...manifest, roles: [{ id: "orchestrator" }] })).toBe(false);
    expect(validate({ ...manifest, scriptToRun: "rm" })).toBe(false);
  });
});

describe("OpenAPI examples", () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))(
    "of %s are there for its body and every answer, and are valid",
    (_id, { file, document, tokens, node }) => {
      const bodies = node["requestBody"] === undefined ? [] : [[...tokens, "requestBody"]];
      const answers = Object.keys(nodeAt(node, "responses")).map((status) => [
        ...tokens,
        "responses",
        status,
      ]);
      for (const place of [...bodies, ...answers]) {
        const holder = follow(document, place);
        for (const [type, media] of Object.entries(nodeAt(holder.node, "content"))) {
          const examples = Object.keys(isNode(media) ? nodeAt(media, "examples") : {});
          expect(examples, `${place.join(" ")} ${type}`).not.toEqual([]);
          for (const name of examples) {
            const at = [...holder.tokens, "content", type];
            const { value } = follow(document, [...at, "examples", name]).node;
            expect(violations(file, pointerOf(...at, "schema"), value), `${place.join(" ")} ${name}`).toEqual(
              [],
            );
          }
        }
      }
    },
  );

  it("of refused answers carry the code that they are named after, as the error table has it", () => {
    const known: Readonly<Record<string, { title: string; status?: number; fix: string }>> = errorRegistry;
    const document = documents.get("openapi/partner-api.yaml") ?? {};
    for (const name of Object.keys(nodeAt(nodeAt(document, "components"), "responses"))) {
      const at = ["components", "responses", name, "content", "application/problem+json", "examples"];
      for (const code of Object.keys(follow(document, at).node)) {
        const value = nodeAt(follow(document, [...at, code]).node, "value");
        const { title, status, fix } = known[code] ?? { title: "no such code", fix: "" };
        expect(value, name).toMatchObject({ type: `/errors/${code}/`, code, title, status, fix });
      }
    }
  });
});

describe("the partner API", () => {
  const partner = operations.filter((operation) => operation.file === "openapi/partner-api.yaml");
  ajv.addSchema(schemaOf("extensions"), "extensions");

  it.each(partner.map((operation) => [operation.id, operation] as const))(
    "%s uses the extensions as they are documented",
    (_id, { node }) => {
      expect(violations("extensions", "/$defs/operation", node)).toEqual([]);
    },
  );

  it("binds each operation to a capability of its own", () => {
    const names = partner.flatMap(({ node }) => node["x-eco-capability"] ?? []);
    expect(new Set(names).size).toBe(names.length);
    const unbound = partner.filter(({ node }) => node["x-eco-capability"] === undefined);
    expect(unbound.map(({ id }) => id)).toEqual([]);
  });

  it("closes every request body against unknown fields", () => {
    for (const { id, document, tokens, node } of partner) {
      if (node["requestBody"] === undefined) continue;
      for (const type of Object.keys(follow(document, [...tokens, "requestBody", "content"]).node)) {
        const schema = follow(document, [...tokens, "requestBody", "content", type, "schema"]).node;
        expect(schema["additionalProperties"], id).toBe(false);
      }
    }
  });

  it("gives each role only scopes that exist, and each scope to some role", () => {
    const document = documents.get("openapi/partner-api.yaml") ?? {};
    const flow = follow(document, ["components", "securitySchemes", "oauth2", "flows", "clientCredentials"]);
    const declared = Object.keys(nodeAt(flow.node, "scopes")).sort();
    const granted = nodesAt(documents.get("ecosystem.yaml") ?? {}, "roles").flatMap((role) =>
      textsAt(role, "scopes"),
    );
    expect([...new Set(granted)].sort()).toEqual(declared);
  });
});

describe("events", () => {
  const file = "asyncapi/events.yaml";
  const document = documents.get(file) ?? {};
  const messages = Object.entries(nodeAt(nodeAt(document, "components"), "messages"));

  it.each(messages)("%s has valid examples and documented extensions", (name, message) => {
    const node = isNode(message) ? message : {};
    expect(violations("extensions", "/$defs/message", node)).toEqual([]);
    const examples = nodesAt(node, "examples");
    expect(examples).not.toEqual([]);
    const at = pointerOf("components", "messages", name, "payload");
    for (const example of examples) expect(violations(file, at, example["payload"])).toEqual([]);
  });

  it("name their type after the domain event", () => {
    for (const [name, message] of messages) {
      const event = isNode(message) ? message["x-eco-event"] : undefined;
      if (event === undefined) continue;
      const payload = follow(document, ["components", "messages", name, "payload"]).node;
      expect(nodeAt(nodeAt(payload, "properties"), "type")["const"]).toBe(`campus.harbour.${event}.v1`);
    }
  });
});

describe("the ecosystem manifest", () => {
  const manifest = documents.get("ecosystem.yaml") ?? {};
  const ids = (key: string): string[] => nodesAt(manifest, key).map((node) => String(node["id"]));
  const parties = ids("parties");

  it("names only roles, parties, metrics, operations and capabilities that exist", () => {
    const metrics = under("metrics").flatMap(([, node]) => nodesAt(node, "metrics").map(({ id }) => id));
    const capabilities = operations.map(({ node }) => node["x-eco-capability"]);
    const participation = nodeAt(manifest, "participation");
    const routing = nodeAt(manifest, "routing");
    const testData = nodeAt(manifest, "testData");
    const has = (known: readonly unknown[], wanted: readonly unknown[]) =>
      expect(wanted.filter((item) => !known.includes(item))).toEqual([]);
    has(parties, [manifest["orchestrator"], routing["fallback"]]);
    has(
      ids("roles"),
      nodesAt(manifest, "parties").map((party) => party["role"]),
    );
    has(
      metrics,
      nodesAt(manifest, "outcomes").map((outcome) => outcome["metric"]),
    );
    has(
      parties,
      nodesAt(routing, "rules").map((rule) => rule["assignee"]),
    );
    has(
      parties,
      nodesAt(manifest, "substitutes").flatMap((rule) => [rule["provider"], ...textsAt(rule, "substitutes")]),
    );
    has(
      parties,
      nodesAt(testData, "personas").map((persona) => persona["party"]),
    );
    has(
      capabilities,
      nodesAt(testData, "magic").map((magic) => nodeAt(magic, "when")["capability"]),
    );
    has(
      operations.map(({ id }) => id),
      nodesAt(nodeAt(participation, "onboarding"), "steps").map((step) => step["operation"]),
    );
  });

  it("publishes a persona for every party", () => {
    const personas = nodesAt(nodeAt(manifest, "testData"), "personas").map((persona) => persona["party"]);
    expect(personas).toEqual(parties);
  });
});
