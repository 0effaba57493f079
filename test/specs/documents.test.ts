import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

/** The documents are read as they stand, without the engine, so that a fault of the engine can't hide one of theirs. */
type Node = { readonly [key: string]: unknown };

const root = join(import.meta.dirname, "../../specs");
const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const nodeAt = (node: Node, key: string): Node => (isNode(node[key]) ? node[key] : {});
const nodesAt = (node: Node, key: string): Node[] =>
  Array.isArray(node[key]) ? node[key].filter(isNode) : [];
const textsAt = (node: Node, key: string): string[] =>
  Array.isArray(node[key]) ? node[key].filter((item) => typeof item === "string") : [];

function filesOf(directory: string): string[] {
  return readdirSync(join(root, directory), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join(directory, file))
    .sort();
}

function read(file: string): Node {
  const value: unknown = parse(readFileSync(join(root, file), "utf8"));
  if (!isNode(value)) throw new Error(`${file} holds no object`);
  return value;
}

const documents = new Map(
  ["agreements", "arazzo", "asyncapi", "certification", "metrics", "openapi", "rate-cards"]
    .flatMap(filesOf)
    .concat("ecosystem.yaml")
    .map((file) => [file, read(file)]),
);
const under = (directory: string): [string, Node][] =>
  [...documents].filter(([file]) => file.startsWith(`${directory}/`));

const ajv = new Ajv2020({ allErrors: true, strict: false });
formats.default(ajv);
for (const [file, document] of documents) ajv.addSchema(document, file);

const pointerOf = (...tokens: readonly (string | number)[]): string =>
  tokens
    .map((token) => `/${encodeURIComponent(String(token).replaceAll("~", "~0").replaceAll("/", "~1"))}`)
    .join("");

/** What is wrong with a value by the schema at a place in a document; empty when it is valid. */
function violations(file: string, pointer: string, value: unknown): string[] {
  const validate = ajv.compile({ $ref: `${file}#${pointer}` });
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath || "/"} ${error.message ?? error.keyword}`,
  );
}

/** Follows references within the document; gives the place of what they lead to. */
function follow(document: Node, tokens: readonly (string | number)[]): { node: Node; tokens: string[] } {
  let node: unknown = document;
  let place: string[] = [];
  for (const token of tokens) {
    node = isNode(node) ? node[token] : undefined;
    place.push(String(token));
    if (isNode(node) && typeof node["$ref"] === "string") {
      const target = node["$ref"].slice("#/".length).split("/");
      ({ node, tokens: place } = follow(document, target.map(decode)));
    }
  }
  return { node: isNode(node) ? node : {}, tokens: place };
}

const decode = (token: string): string => token.replaceAll("~1", "/").replaceAll("~0", "~");

interface Operation {
  readonly file: string;
  readonly document: Node;
  readonly tokens: readonly string[];
  readonly id: string;
  readonly node: Node;
}

const operations: Operation[] = under("openapi").flatMap(([file, document]) =>
  Object.entries(nodeAt(document, "paths")).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const node = isNode(item) ? item[method] : undefined;
      if (!isNode(node)) return [];
      return [{ file, document, tokens: ["paths", path, method], id: String(node["operationId"]), node }];
    }),
  ),
);

describe("documents of our own kinds", () => {
  const ours = [...documents].filter(([, document]) => document["ecoVersion"] !== undefined);

  it.each(ours)("%s meets the schema of its kind", (_file, document) => {
    const kind = String(document["kind"]);
    const schema: unknown = JSON.parse(readFileSync(join(root, "schemas", `${kind}.schema.json`), "utf8"));
    if (!isNode(schema)) throw new Error(`the schema of ${kind} is no object`);
    const id = String(schema["$id"]);
    const validate = ajv.getSchema(id) ?? ajv.compile(schema);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("have a broken counterpart that their schema refuses", () => {
    const schema: unknown = JSON.parse(readFileSync(join(root, "schemas/ecosystem.schema.json"), "utf8"));
    const validate = new Ajv2020({ strict: false }).compile(isNode(schema) ? schema : {});
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

  it("of refused answers carry the code that they are named after", () => {
    for (const [file, document] of under("openapi")) {
      for (const name of Object.keys(nodeAt(nodeAt(document, "components"), "responses"))) {
        const at = ["components", "responses", name, "content", "application/problem+json", "examples"];
        for (const key of Object.keys(follow(document, at).node).filter((each) => each.startsWith("ECO_"))) {
          const value = follow(document, [...at, key]).node["value"];
          expect(isNode(value) ? value["code"] : undefined, `${file} ${name}`).toBe(key);
        }
      }
    }
  });
});

describe("the partner API", () => {
  const partner = operations.filter((operation) => operation.file === "openapi/partner-api.yaml");
  const extensions: unknown = JSON.parse(readFileSync(join(root, "schemas/extensions.schema.json"), "utf8"));
  ajv.addSchema(isNode(extensions) ? extensions : {}, "extensions");

  it.each(partner.map((operation) => [operation.id, operation] as const))(
    "%s uses the extensions as they are documented",
    (_id, { node }) => {
      expect(violations("extensions", "/$defs/operation", node)).toEqual([]);
    },
  );

  it("binds each capability to one operation, and leaves feedback to inferred state", () => {
    const names = partner.flatMap(({ node }) => node["x-eco-capability"] ?? []);
    expect(new Set(names).size).toBe(names.length);
    const unbound = partner.filter(({ node }) => node["x-eco-capability"] === undefined);
    expect(unbound.map(({ id }) => id).sort()).toEqual(["createFeedback", "getFeedback", "listFeedback"]);
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

  it("measures by events that are sent", () => {
    const sent = Object.values(
      nodeAt(nodeAt(documents.get("asyncapi/events.yaml") ?? {}, "components"), "messages"),
    )
      .filter(isNode)
      .map((message) => message["x-eco-event"]);
    for (const [, node] of under("metrics")) {
      for (const metric of nodesAt(node, "metrics")) {
        expect(textsAt(metric, "sources").filter((event) => !sent.includes(event))).toEqual([]);
      }
    }
  });

  it("shows a sample of each metric that computes as its formula says", () => {
    for (const [, node] of under("metrics")) {
      for (const metric of nodesAt(node, "metrics")) {
        const { numerator, denominator, value } = nodeAt(metric, "sample");
        if (typeof numerator !== "number" || typeof denominator !== "number") continue;
        const ratio = numerator / denominator;
        const want = nodeAt(metric, "compute")["kind"] === "complement" ? 1 - ratio : ratio;
        expect(value, String(metric["id"])).toBe(Math.round(want * 1e6) / 1e6);
      }
    }
  });
});

describe("journeys", () => {
  const workflows = under("arazzo").flatMap(([file, document]) =>
    nodesAt(document, "workflows").map(
      (workflow) => [String(workflow["workflowId"]), workflow, file] as const,
    ),
  );
  const types = new Set(
    Object.values(nodeAt(nodeAt(documents.get("asyncapi/events.yaml") ?? {}, "components"), "schemas"))
      .filter(isNode)
      .map((schema) => nodeAt(nodeAt(schema, "properties"), "type")["const"]),
  );

  it("have ids that are unique over all files", () => {
    const all = workflows.map(([id]) => id);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(10);
  });

  it.each(workflows)("%s calls operations and waits for events that exist", (_id, workflow, file) => {
    for (const step of nodesAt(workflow, "steps")) {
      const operation = operations.find(({ id }) => id === step["operationId"]);
      expect(operation, `${basename(file)} ${String(step["stepId"])}`).toBeDefined();
      const type = nodesAt(step, "parameters").find(({ name }) => name === "type");
      if (type !== undefined) expect(types).toContain(type["value"]);
    }
  });

  it.each(workflows)("%s needs no input that has no default", (_id, workflow) => {
    for (const input of Object.values(nodeAt(nodeAt(workflow, "inputs"), "properties"))) {
      expect(isNode(input) && "default" in input && "description" in input).toBe(true);
    }
  });
});
