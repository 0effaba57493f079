import { isPlainObject } from "../pointer.ts";
import { splitTemplate } from "../routes/route-query.ts";
import type { Parameter } from "../types.ts";
import { readContent, readExamples, schemaRef } from "./content.ts";
import { isCarried, type OpenapiContext, objectAt, type PlacedObject } from "./openapi-context.ts";

// These headers are described elsewhere in an operation; as parameters the standard says to ignore them.
const IGNORED_HEADERS = new Set(["accept", "content-type", "authorization"]);

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
  settlePath(context, template, operation, byKey);
  return [...byKey.values()].filter(
    (parameter) => parameter.in !== "header" || !IGNORED_HEADERS.has(parameter.name.toLowerCase()),
  );
}

/** Makes the path parameters those that the path has: what is missing takes any text, what is too many is left out. */
function settlePath(
  context: OpenapiContext,
  template: string,
  operation: PlacedObject,
  byKey: Map<string, Parameter>,
): void {
  const { path, moved } = splitTemplate(template);
  for (const [name, inQuery] of moved) {
    const parameter = byKey.get(`path ${name}`) ?? { name, in: "path", required: true, examples: {} };
    byKey.delete(`path ${name}`);
    if (byKey.has(`query ${inQuery}`)) continue;
    byKey.set(`query ${inQuery}`, { ...parameter, name: inQuery, in: "query" });
  }
  const wanted = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => name));
  for (const name of wanted) {
    if (byKey.has(`path ${name}`)) continue;
    context.report.warning(
      operation.pointer,
      "spec.openapi.path-parameter",
      `The path parameter ${name} of ${template} isn't declared.`,
      "Declare it under `parameters` with `in: path`; until then any text is taken.",
    );
    byKey.set(`path ${name}`, { name, in: "path", required: true, examples: {} });
  }
  for (const [key, { name, in: place }] of byKey) {
    if (place !== "path" || wanted.has(name)) continue;
    context.report.warning(
      operation.pointer,
      "spec.openapi.path-parameter",
      `The path ${template} has no place for its parameter ${name}.`,
      `Write {${name}} where it belongs, or correct \`in\`; until then the parameter is left out.`,
    );
    byKey.delete(key);
  }
}

function readParameter(context: OpenapiContext, node: unknown, at: string): Parameter | undefined {
  const resolved = objectAt(context, node, at, "a parameter");
  if (resolved === undefined) return undefined;
  const { node: value, pointer } = resolved;
  // What a reference that leads nowhere left behind: the reference has been named.
  if (Object.keys(value).length === 0) return undefined;
  const place = value["in"];
  const name = value["name"];
  if (place === "querystring") {
    context.report.error(
      pointer,
      "spec.openapi.parameter",
      "`in: querystring` isn't read: the query is taken as it comes.",
      "Declare the parameters of the query one by one, with `in: query`.",
    );
    return undefined;
  }
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
  if (place === "header" && !isCarried(context, "parameter", name, pointer)) return undefined;
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
