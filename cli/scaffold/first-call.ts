import { operationsByCapability, takesHeader } from "../../specs/engine/catalog/lookup.ts";
import { mayCall } from "../../specs/engine/catalog/rights.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import type { ClientApi } from "./client.ts";
import { inComment, literal, member as memberOf } from "./code.ts";
import type { StarterParts } from "./member.ts";
import { sampleDelivery } from "./sample-delivery.ts";

export interface FirstCall {
  readonly operation: Operation;
  /** `src/first-call.ts` */
  readonly source: string;
}

/** What a client of this party does first: it submits a delivery where its role may, else it reads a list. */
export function firstCall(parts: StarterParts, apis: readonly ClientApi[]): FirstCall | undefined {
  const { catalog, member } = parts;
  const role = catalog.ecosystem.roles.find(({ id }) => id === member.role) ?? { scopes: [] };
  const allowed = (operation: Operation): boolean =>
    METHODS.has(operation.method) &&
    apis.some(({ document }) => document.path === operation.document) &&
    mayCall(role, operation);
  for (const operation of operationsByCapability(catalog, "deliveries.submit").filter(allowed)) {
    const sample = sampleDelivery(catalog, operation, member);
    if (sample === undefined) continue;
    const key = takesHeader(operation, "idempotency-key");
    const headers = { ...sample.headers, ...(key ? { "Idempotency-Key": KEY } : {}) };
    const type =
      sample.contentType === "application/json" ? {} : { headers: { "content-type": sample.contentType } };
    const params = { ...some("header", headers), ...some("query", sample.query) };
    return {
      operation,
      source: source(apis, operation, { ...some("params", params), ...type, body: sample.body }),
    };
  }
  const list = [...operationsByCapability(catalog, "deliveries.list"), ...catalog.operations].find(
    (operation) => operation.method === "GET" && !needsValues(operation) && allowed(operation),
  );
  return list === undefined ? undefined : { operation: list, source: source(apis, list, {}) };
}

/** Those that the client has a function for. */
const METHODS = new Set(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"]);

const needsValues = ({ parameters, path }: Operation): boolean =>
  path.includes("{") || parameters.some(({ required }) => required);

const some = (name: string, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.keys(values).length === 0 ? {} : { [name]: values };

/** Stands for a key that is made when the call is. */
const KEY = "\u0001key";

function source(
  apis: readonly ClientApi[],
  operation: Operation,
  options: Readonly<Record<string, unknown>>,
): string {
  const api = apis.find(({ document }) => document.path === operation.document);
  const written = literal(options).replace(JSON.stringify(KEY), "randomUUID()");
  const keyed = written.includes("randomUUID()");
  const argument = Object.keys(options).length === 0 ? "" : `, ${written}`;
  return `/** ${inComment(operation.summary || operation.id)}: \`npm run call\`. */
${keyed ? 'import { randomUUID } from "node:crypto";\n' : ""}import { ${api?.name} } from "./client.ts";

const { data, error, response } = await ${api?.name}${memberOf(operation.method)}(${JSON.stringify(operation.template)}${argument});
if (response.ok) console.log(response.status, JSON.stringify(data, null, 2));
else {
  console.error(response.status, JSON.stringify(error, null, 2));
  process.exitCode = 1;
}
`;
}
