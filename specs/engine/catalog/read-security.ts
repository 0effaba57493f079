import { follow } from "./follow.ts";
import type { OpenapiContext } from "./openapi-context.ts";
import { isPlainObject } from "./pointer.ts";
import type { Operation, SecurityScheme } from "./types.ts";
import { textsOf } from "./untyped.ts";

/** The alternatives of a `security` list, each with its schemes looked up. */
export function readSecurity(context: OpenapiContext, node: unknown, pointer: string): Operation["security"] {
  if (!Array.isArray(node)) return [];
  return node.filter(isPlainObject).map((requirement) =>
    Object.entries(requirement).map(([name, scopes]) => ({
      scheme: readScheme(context, name, pointer),
      scopes: textsOf(scopes),
    })),
  );
}

function readScheme(context: OpenapiContext, name: string, pointer: string): SecurityScheme {
  const components = context.content["components"];
  const schemes = isPlainObject(components) ? components["securitySchemes"] : undefined;
  const declared = isPlainObject(schemes) && Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  const scheme = follow(context.content, declared, "")?.node;
  if (!isPlainObject(scheme) || typeof scheme["type"] !== "string") {
    context.report.warning(
      pointer,
      "spec.openapi.security-scheme",
      `The security scheme ${name} isn't declared under components; it can't be enforced.`,
      "Declare it under `components.securitySchemes`, or correct the name.",
    );
    return { name, type: "unknown", scopes: [] };
  }
  const flows = isPlainObject(scheme["flows"]) ? Object.values(scheme["flows"]).filter(isPlainObject) : [];
  const tokenUrl = flows.map((flow) => flow["tokenUrl"]).find((url) => typeof url === "string");
  const scopes = flows.flatMap((flow) => (isPlainObject(flow["scopes"]) ? Object.keys(flow["scopes"]) : []));
  return {
    name,
    type: scheme["type"],
    ...(typeof scheme["scheme"] === "string" ? { scheme: scheme["scheme"].toLowerCase() } : {}),
    ...(typeof scheme["in"] === "string" ? { in: scheme["in"] } : {}),
    ...(typeof scheme["name"] === "string" ? { parameterName: scheme["name"] } : {}),
    ...(typeof tokenUrl === "string" ? { tokenUrl } : {}),
    scopes: [...new Set(scopes)],
  };
}
