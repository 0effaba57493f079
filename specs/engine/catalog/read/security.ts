import { follow } from "../follow.ts";
import { isPlainObject } from "../pointer.ts";
import type { Operation, SecurityScheme } from "../types.ts";
import { textsOf } from "../untyped.ts";
import type { OpenapiContext } from "./openapi-context.ts";

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
  const reason = unreadable(scheme);
  if (!isPlainObject(scheme) || typeof scheme["type"] !== "string" || reason !== undefined) {
    context.report.warning(
      pointer,
      "spec.openapi.security-scheme",
      `The security scheme ${name} ${reason}: any \`Authorization\` header is taken for it, and none is refused.`,
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

const KINDS = new Set(["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]);

/** Why nobody can tell what a scheme asks for. */
function unreadable(scheme: unknown): string | undefined {
  if (!isPlainObject(scheme)) return "isn't declared under components";
  const { type, name, in: place } = scheme;
  if (typeof type !== "string" || !KINDS.has(type)) return "is of no type that OpenAPI has";
  const placed =
    typeof name === "string" && name !== "" && ["query", "header", "cookie"].includes(String(place));
  return type === "apiKey" && !placed ? "doesn't say by which name and where its key is sent" : undefined;
}
