import { Ajv2020 } from "ajv/dist/2020.js";
import formatsPlugin from "ajv-formats";
import { jwtVerify, SignJWT } from "jose";
import { type Policy, problem, Refused, sha256 } from "./api.ts";

const audience = "reference-partner";
const signingKey = new TextEncoder().encode("reference-partner-signing-key-0123456789");

/** A bearer token as the ecosystem would present it. */
export async function bearer(tenant: string, scope: string, expiresInSeconds = 600): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({ tenant, scope })
    .setProtectedHeader({ alg: "HS256" })
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + expiresInSeconds)
    .sign(signingKey);
  return `Bearer ${token}`;
}

const keyForm = /^[\x21-\x7e]{1,255}$/;
const idForm = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** The policy of a partner that does everything right. `document` is the OpenAPI document it implements. */
export function healthyPolicy(document: object): Policy {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  formatsPlugin.default(ajv);
  ajv.addSchema(document, "document");
  return {
    async authenticate(authorization) {
      const token = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
      if (token === undefined) return undefined;
      try {
        const { payload } = await jwtVerify(token, signingKey, { audience, algorithms: ["HS256"] });
        return { tenant: String(payload["tenant"]), scopes: String(payload["scope"]).split(" ") };
      } catch {
        return undefined;
      }
    },
    mayUse: (caller, scope) => caller.scopes.includes(scope),
    parse(text) {
      if (text === "") return undefined;
      try {
        return JSON.parse(text);
      } catch {
        throw new Refused(problem(400, "BODY_NOT_JSON", "Body is not JSON", "The body can't be parsed."));
      }
    },
    acceptsType: (type) => /^application\/json\s*(;|$)/i.test(type),
    bodyFaults(schema, body) {
      if (body === undefined) return ["# is required"];
      const validate = ajv.getSchema(`document#/components/schemas/${schema}`);
      if (validate === undefined || validate(body) === true) return [];
      return (validate.errors ?? []).map((one) => `#${one.instancePath} ${one.message}`);
    },
    queryFaults(route, query) {
      const missing = (route.requiredQuery ?? [])
        .filter((name) => !query.has(name))
        .map((name) => `${name} is required`);
      const wrong = Object.entries(route.query ?? {}).filter(([name, schema]) => {
        const text = query.get(name);
        if (text === null) return false;
        const value = text !== "" && !Number.isNaN(Number(text)) ? Number(text) : text;
        return !ajv.validate(schema, value);
      });
      return [...missing, ...wrong.map(([name]) => `${name} is invalid`)];
    },
    pathFaults: (path) =>
      Object.entries(path).flatMap(([name, id]) => (idForm.test(id) ? [] : [`${name} is invalid`])),
    keyFault: (key) =>
      key !== null && keyForm.test(key) ? undefined : "Idempotency-Key is missing or malformed",
    keyOf: (caller, route, key) => `${caller.tenant} ${route.method} ${route.path} ${key}`,
    digestOf: sha256,
    unknownRoute: () => problem(404, "NOT_FOUND", "Not found", "There is nothing at this path."),
    wrongMethod: (allowed) => ({
      ...problem(405, "METHOD_NOT_ALLOWED", "Method not allowed", `Use ${allowed.join(" or ")}.`),
      headers: { "content-type": "application/problem+json", allow: allowed.join(", ") },
    }),
    crashed: () => problem(500, "INTERNAL", "Internal error", "It is our fault; the incident is logged."),
  };
}
