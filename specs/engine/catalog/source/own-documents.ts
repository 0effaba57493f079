import type { ValidateFunction } from "ajv";
import { didYouMean } from "../../suggest.ts";
import { isPlainObject, type PlainObject, resolvePointer } from "../pointer.ts";
import type { Report } from "../report.ts";
import type { DocumentKind } from "../types.ts";
import { textsOf } from "../untyped.ts";

type OwnKind = Exclude<DocumentKind, "openapi" | "asyncapi" | "arazzo">;

/** The JSON Schema of each document kind that is ours. Imported on demand: a warm start needs none of them. */
const schemas: Readonly<Record<OwnKind, () => Promise<{ readonly default: unknown }>>> = {
  agreement: () => import("../../../schemas/agreement.schema.json", { with: { type: "json" } }),
  certification: () => import("../../../schemas/certification.schema.json", { with: { type: "json" } }),
  ecosystem: () => import("../../../schemas/ecosystem.schema.json", { with: { type: "json" } }),
  metrics: () => import("../../../schemas/metrics.schema.json", { with: { type: "json" } }),
  "rate-card": () => import("../../../schemas/rate-card.schema.json", { with: { type: "json" } }),
};

/** What holds documents of a kind against their schema, and the names of all properties that it has anywhere. */
interface Checker {
  readonly validate: ValidateFunction;
  readonly names: readonly string[];
}

const checkers = new Map<OwnKind, Promise<Checker>>();

function checkerOf(kind: OwnKind): Promise<Checker> {
  let checker = checkers.get(kind);
  if (checker === undefined) {
    checker = (async () => {
      const { createAjv } = await import("../schemas/ajv.ts");
      const schema = (await schemas[kind]()).default;
      const validate = createAjv().compile(isPlainObject(schema) ? schema : {});
      return { validate, names: [...propertyNames(schema)] };
    })();
    checkers.set(kind, checker);
  }
  return checker;
}

function propertyNames(schema: unknown, names = new Set<string>()): Set<string> {
  if (typeof schema !== "object" || schema === null) return names;
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties" && isPlainObject(value)) for (const name of Object.keys(value)) names.add(name);
    propertyNames(value, names);
  }
  return names;
}

/** Validates a rate card, an agreement, a manifest, … against its schema; each violation becomes a finding. */
export async function checkOwnDocument(kind: OwnKind, content: PlainObject, report: Report): Promise<void> {
  const { validate, names } = await checkerOf(kind);
  if (validate(content)) return;
  // That a branch failed says nothing beside what failed in it.
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== "if");
  for (const error of errors.slice(0, 50)) {
    const unknown: unknown = error.params["additionalProperty"] ?? error.params["unevaluatedProperty"];
    const allowed: unknown = error.params["allowedValues"];
    const more = Array.isArray(allowed) ? `: ${allowed.join(", ")}` : "";
    const what =
      typeof unknown === "string"
        ? `has no property ${unknown}, or not here`
        : `${error.message ?? "is invalid"}${more}`;
    report.error(
      error.instancePath,
      `spec.${kind}.schema`,
      `${error.instancePath === "" ? "The document" : error.instancePath} ${what}.`,
      nearest(unknown, names) ??
        nearest(Array.isArray(allowed) && resolvePointer(content, error.instancePath), textsOf(allowed)) ??
        `See specs/schemas/${kind}.schema.json, ${error.schemaPath}.`,
    );
  }
}

/** What may have been meant by a name that is none of those; one that is may stand in the wrong place. */
const nearest = (name: unknown, names: readonly string[]): string | undefined =>
  typeof name === "string" && !names.includes(name) ? didYouMean(name, names) : undefined;
