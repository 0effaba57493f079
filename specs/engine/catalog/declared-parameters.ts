import { type OpenapiContext, objectAt, type PlacedObject } from "./openapi-context.ts";
import { isPlainObject } from "./pointer.ts";
import { readContent, readExamples, schemaRef } from "./read-content.ts";
import type { Parameter } from "./types.ts";

// These headers are described elsewhere in an operation; as parameters the standard says to ignore them.
const ignoredHeaders = new Set(["accept", "content-type", "authorization"]);

/**
 * The parameters of an operation: those of its path item, unless it declares its own under the same name and place, and
 * those that its path names and nobody declares (reported, and taken as any text).
 */
export function declaredParameters(
  context: OpenapiContext,
  template: string,
  item: PlacedObject,
  operation: PlacedObject,
): Parameter[] {
  const byKey = new Map<string, Parameter>();
  for (const level of [item, operation]) {
    const list = level.node["parameters"];
    if (list === undefined) continue;
    if (!Array.isArray(list)) {
      context.report.error(
        `${level.pointer}/parameters`,
        "spec.openapi.shape",
        "`parameters` must be a list.",
        "Give a list.",
      );
      continue;
    }
    for (const [index, node] of list.entries()) {
      const parameter = readParameter(context, node, `${level.pointer}/parameters/${index}`);
      if (parameter !== undefined) byKey.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  for (const [, name] of template.matchAll(/\{([^{}]+)\}/g)) {
    if (name === undefined || byKey.has(`path ${name}`)) continue;
    context.report.warning(
      operation.pointer,
      "spec.openapi.path-parameter",
      `The path parameter ${name} of ${template} isn't declared.`,
      "Declare it under `parameters` with `in: path`; until then any text is taken.",
    );
    byKey.set(`path ${name}`, { name, in: "path", required: true, examples: {} });
  }
  return [...byKey.values()].filter(
    (parameter) => parameter.in !== "header" || !ignoredHeaders.has(parameter.name.toLowerCase()),
  );
}

function readParameter(context: OpenapiContext, node: unknown, at: string): Parameter | undefined {
  const resolved = objectAt(context, node, at, "a parameter");
  if (resolved === undefined) return undefined;
  const { node: value, pointer } = resolved;
  const place = value["in"];
  const name = value["name"];
  if (
    typeof name !== "string" ||
    !(place === "path" || place === "query" || place === "header" || place === "cookie")
  ) {
    context.report.error(
      pointer,
      "spec.openapi.parameter",
      "A parameter needs a `name`, and `in` must be path, query, header or cookie.",
      "Complete the parameter.",
    );
    return undefined;
  }
  const content = isPlainObject(value["content"])
    ? readContent(context, value["content"], `${pointer}/content`)
    : {};
  const [contentType, media] = Object.entries(content)[0] ?? [];
  const schema = schemaRef(context, value["schema"], `${pointer}/schema`) ?? media?.schema;
  return {
    name,
    in: place,
    required: place === "path" || value["required"] === true,
    ...(typeof value["description"] === "string" ? { description: value["description"] } : {}),
    ...(schema === undefined ? {} : { schema }),
    ...(typeof value["style"] === "string" ? { style: value["style"] } : {}),
    ...(typeof value["explode"] === "boolean" ? { explode: value["explode"] } : {}),
    ...(contentType === undefined ? {} : { contentType }),
    ...(value["allowEmptyValue"] === true ? { allowEmptyValue: true } : {}),
    ...(value["deprecated"] === true ? { deprecated: true } : {}),
    examples: { ...media?.examples, ...readExamples(context, value, pointer) },
  };
}
