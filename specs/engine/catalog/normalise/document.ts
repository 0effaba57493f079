import { normalisePointer } from "../follow.ts";
import { isPlainObject, type PlainObject, pointerOf, resolvePointer } from "../pointer.ts";
import { openapiSchemas, type SchemaPlace } from "../read/openapi-walk.ts";
import type { Report } from "../report.ts";
import { allSchemas } from "../schemas/schema-walk.ts";
import { normaliseSchema, type SchemaDialect } from "./schema.ts";
import { foreignFormat } from "./schema-format.ts";
import { separateParents } from "./separate-parents.ts";

/** Converts every schema of an OpenAPI or AsyncAPI document, in place, to JSON Schema 2020-12. */
export function normaliseDocument(
  content: Record<string, unknown>,
  kind: "openapi" | "asyncapi",
  report: Report,
): void {
  const version = content["openapi"];
  const old = kind === "openapi" && typeof version === "string" && version.startsWith("3.0");
  const dialect: SchemaDialect = kind === "asyncapi" ? "draft-07" : old ? "oas-3.0" : "2020-12";
  const seen = new Map<PlainObject, string>();
  const queue = kind === "openapi" ? openapiSchemas(content) : asyncapiSchemas(content);
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    // Many may refer to it before its turn comes.
    if (isPlainObject(place.schema) && seen.has(place.schema)) continue;
    // The walk yields a schema before it looks inside, so children are taken from the converted form.
    for (const { schema, pointer } of allSchemas(place.schema, place.pointer)) {
      if (!isPlainObject(schema) || seen.has(schema)) continue;
      seen.set(schema, pointer);
      for (const problem of normaliseSchema(schema, dialect)) {
        report.warning(
          pointer + pointerOf(...problem.keyword.split("/")),
          problem.code,
          problem.message,
          problem.fix,
        );
      }
      const ref = schema["$ref"];
      if (typeof ref !== "string" || !ref.startsWith("#/")) continue;
      // A schema may stand where none is expected (`#/definitions/X`): what a schema refers to is one.
      const target = resolvePointer(content, ref);
      if (isPlainObject(target) && !seen.has(target))
        queue.push({ schema: target, pointer: normalisePointer(ref) });
    }
  }
  separateParents(content, seen, report);
  if (old) content["openapi"] = "3.1.0";
}

function asyncapiSchemas(content: PlainObject): SchemaPlace[] {
  const places: SchemaPlace[] = [];
  const components = isPlainObject(content["components"]) ? content["components"] : {};
  const add = (schema: unknown, pointer: string): void => {
    if (foreignFormat(schema) !== undefined) return;
    if (isPlainObject(schema) && typeof schema["schemaFormat"] === "string" && "schema" in schema) {
      places.push({ schema: schema["schema"], pointer: `${pointer}/schema` });
    } else if (schema !== undefined) places.push({ schema, pointer });
  };
  const addMessages = (messages: unknown, at: string): void => {
    for (const [name, message] of isPlainObject(messages) ? Object.entries(messages) : []) {
      if (!isPlainObject(message)) continue;
      add(message["payload"], `${at}${pointerOf(name)}/payload`);
      add(message["headers"], `${at}${pointerOf(name)}/headers`);
    }
  };
  for (const [name, schema] of isPlainObject(components["schemas"])
    ? Object.entries(components["schemas"])
    : []) {
    add(schema, pointerOf("components", "schemas", name));
  }
  addMessages(components["messages"], "/components/messages");
  addMessages(components["messageTraits"], "/components/messageTraits");
  const channels = isPlainObject(content["channels"]) ? content["channels"] : {};
  for (const [name, channel] of Object.entries(channels)) {
    if (isPlainObject(channel)) addMessages(channel["messages"], pointerOf("channels", name, "messages"));
  }
  return places;
}
