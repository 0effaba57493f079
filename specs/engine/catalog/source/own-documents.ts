import type { ValidateFunction } from "ajv";
import { isPlainObject, type PlainObject } from "../pointer.ts";
import type { Report } from "../report.ts";
import type { DocumentKind } from "../types.ts";

type OwnKind = Exclude<DocumentKind, "openapi" | "asyncapi" | "arazzo">;

/** The JSON Schema of each document kind that is ours. Imported on demand: a warm start needs none of them. */
const schemas: Readonly<Record<OwnKind, () => Promise<{ readonly default: unknown }>>> = {
  agreement: () => import("../../../schemas/agreement.schema.json", { with: { type: "json" } }),
  certification: () => import("../../../schemas/certification.schema.json", { with: { type: "json" } }),
  ecosystem: () => import("../../../schemas/ecosystem.schema.json", { with: { type: "json" } }),
  metrics: () => import("../../../schemas/metrics.schema.json", { with: { type: "json" } }),
  "rate-card": () => import("../../../schemas/rate-card.schema.json", { with: { type: "json" } }),
};

const compiled = new Map<OwnKind, Promise<ValidateFunction>>();

function validatorOf(kind: OwnKind): Promise<ValidateFunction> {
  let validator = compiled.get(kind);
  if (validator === undefined) {
    validator = (async () => {
      const { createAjv } = await import("../schemas/ajv.ts");
      const schema = (await schemas[kind]()).default;
      return createAjv().compile(isPlainObject(schema) ? schema : {});
    })();
    compiled.set(kind, validator);
  }
  return validator;
}

/** Validates a rate card, an agreement, a manifest, … against its schema; each violation becomes a finding. */
export async function checkOwnDocument(kind: OwnKind, content: PlainObject, report: Report): Promise<void> {
  const validate = await validatorOf(kind);
  if (validate(content)) return;
  for (const error of (validate.errors ?? []).slice(0, 50)) {
    const extra =
      error.keyword === "additionalProperties" ? `: ${String(error.params["additionalProperty"])}` : "";
    report.error(
      error.instancePath,
      `spec.${kind}.schema`,
      `${error.instancePath === "" ? "The document" : error.instancePath} ${error.message ?? "is invalid"}${extra}.`,
      `See specs/schemas/${kind}.schema.json, ${error.schemaPath}.`,
    );
  }
}
