import { patternProblem } from "../patterns/pattern-guard.ts";
import { defineMember, isPlainObject } from "../pointer.ts";

export type SchemaDialect = "oas-3.0" | "2020-12" | "draft-07";

/** What was wrong with a keyword, and that it is left out of validation. */
export interface KeywordProblem {
  readonly keyword: string;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

type Mutable = Record<string, unknown>;

const TYPE_NAMES = new Set(["null", "boolean", "object", "array", "number", "string", "integer"]);
const NUMERIC = new Set(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]);
const COUNTS = new Set([
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
  "minContains",
  "maxContains",
]);
const LISTS_OF_SCHEMAS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const MAPS_OF_SCHEMAS = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

/**
 * Turns one schema, in place, into JSON Schema 2020-12 that any validator can compile. Keywords that can't be
 * understood are taken out and reported: a slip in one schema must not make the document unusable.
 * Schemas inside it are left to the caller's walk.
 */
export function normaliseSchema(schema: Mutable, dialect: SchemaDialect): KeywordProblem[] {
  const problems: KeywordProblem[] = [];
  if (dialect === "oas-3.0") dropRefSiblings(schema);
  if (dialect !== "2020-12") convertOldKeywords(schema);
  else if (Array.isArray(schema["items"]) && schema["prefixItems"] === undefined) {
    problems.push({
      keyword: "items",
      code: "spec.schema.keyword",
      message: "`items` is a list, as before JSON Schema 2020-12; it is read as `prefixItems`.",
      fix: "Write `prefixItems`.",
    });
    convertItems(schema);
  }
  convertDependencies(schema);
  checkType(schema, problems);
  if (dialect === "2020-12") checkNullable(schema, problems);
  convertNullable(schema);
  // No standard has it, and as validators know it, it takes no URL of one's own machine or network.
  if (schema["format"] === "url") schema["format"] = "uri";
  for (const keyword of Object.keys(schema)) checkKeyword(schema, keyword, problems);
  return problems;
}

function dropRefSiblings(schema: Mutable): void {
  if (typeof schema["$ref"] !== "string") return;
  for (const keyword of Object.keys(schema)) {
    if (keyword !== "$ref" && keyword !== "description" && !keyword.startsWith("x-")) delete schema[keyword];
  }
}

/** What changed between draft 4 (OpenAPI 3.0) or draft 7 (AsyncAPI) and 2020-12. */
function convertOldKeywords(schema: Mutable): void {
  for (const [limit, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    if (typeof schema[exclusive] !== "boolean") continue;
    if (schema[exclusive] === true && schema[limit] !== undefined) {
      schema[exclusive] = schema[limit];
      delete schema[limit];
    } else {
      delete schema[exclusive];
    }
  }
  if ("example" in schema && !("examples" in schema)) {
    schema["examples"] = [schema["example"]];
    delete schema["example"];
  }
  if (Array.isArray(schema["items"])) convertItems(schema);
}

/** No keyword since 2019-09, but validators still obey it: as what it was split into, its schemas are looked at like any other. */
function convertDependencies(schema: Mutable): void {
  const { dependencies } = schema;
  delete schema["dependencies"];
  if (!isPlainObject(dependencies)) return;
  for (const [name, value] of Object.entries(dependencies)) {
    const keyword = Array.isArray(value) ? "dependentRequired" : "dependentSchemas";
    const known = schema[keyword];
    const map: Mutable = isPlainObject(known) ? { ...known } : {};
    if (!Object.hasOwn(map, name)) defineMember(map, name, value);
    schema[keyword] = map;
  }
}

function convertItems(schema: Mutable): void {
  schema["prefixItems"] = schema["items"];
  delete schema["items"];
  if (schema["additionalItems"] !== undefined) schema["items"] = schema["additionalItems"];
  delete schema["additionalItems"];
}

function convertNullable(schema: Mutable): void {
  const nullable = schema["nullable"];
  delete schema["nullable"];
  if (nullable !== true) return;
  const type = schema["type"];
  if (typeof type === "string") {
    schema["type"] = [type, "null"];
    if (Array.isArray(schema["enum"]) && !schema["enum"].includes(null))
      schema["enum"] = [...schema["enum"], null];
    return;
  }
  // Without `type` the standard gives it no effect, but `nullable` beside `allOf` is how people wrote "this or null".
  const inner: Mutable = {};
  for (const keyword of ["allOf", "anyOf", "oneOf", "discriminator", "enum", "not"]) {
    if (schema[keyword] === undefined) continue;
    inner[keyword] = schema[keyword];
    delete schema[keyword];
  }
  if (Object.keys(inner).length > 0) schema["anyOf"] = [inner, { type: "null" }];
}

function checkNullable(schema: Mutable, problems: KeywordProblem[]): void {
  if (schema["nullable"] === undefined) return;
  problems.push({
    keyword: "nullable",
    code: "spec.schema.keyword",
    message: "`nullable` has no meaning in JSON Schema 2020-12; it is read as OpenAPI 3.0 does.",
    fix: 'Write `type: [string, "null"]`.',
  });
}

function checkType(schema: Mutable, problems: KeywordProblem[]): void {
  const type = schema["type"];
  if (type === undefined) return;
  const names = Array.isArray(type) ? type : [type];
  const known = names.filter((name) => typeof name === "string" && TYPE_NAMES.has(name));
  if (known.length === names.length && known.length > 0) return;
  problems.push(
    ignored(
      "type",
      `\`type: ${JSON.stringify(type)}\` is no type of JSON Schema.`,
      "Use one of its seven types.",
    ),
  );
  if (type === "file") {
    schema["type"] = "string";
    schema["format"] = "binary";
  } else if (known.length > 0) schema["type"] = known;
  else delete schema["type"];
}

function ignored(keyword: string, message: string, fix: string): KeywordProblem {
  return { keyword, code: "spec.schema.keyword", message: `${message} The keyword is ignored.`, fix };
}

function checkKeyword(schema: Mutable, keyword: string, problems: KeywordProblem[]): void {
  const value = schema[keyword];
  const drop = (expected: string): void => {
    problems.push(ignored(keyword, `\`${keyword}\` must be ${expected}.`, `Give ${expected}, or remove it.`));
    delete schema[keyword];
  };
  if (NUMERIC.has(keyword) || COUNTS.has(keyword)) checkNumber(schema, keyword, drop);
  else if (keyword === "required") checkRequired(schema, drop);
  else if (keyword === "enum") {
    if (!Array.isArray(value) || value.length === 0) drop("a list with at least one value");
  } else if (keyword === "pattern") checkPattern(schema, problems);
  else if (keyword === "patternProperties" && isPlainObject(value)) checkPatternProperties(value, problems);
  else if (LISTS_OF_SCHEMAS.includes(keyword)) {
    if (!Array.isArray(value) || value.length === 0) drop("a list with at least one schema");
    else schema[keyword] = value.filter(isSchema);
  } else if (MAPS_OF_SCHEMAS.includes(keyword)) {
    if (!isPlainObject(value)) drop("an object of schemas");
    else checkMap(value, keyword, problems);
  } else if (["items", "not", "additionalProperties", "contains", "propertyNames"].includes(keyword)) {
    if (!isSchema(value)) drop("a schema");
  } else if (keyword === "format" || keyword === "$id" || keyword === "$anchor") {
    if (typeof value !== "string") drop("a string");
  } else if (keyword === "uniqueItems" || keyword === "readOnly" || keyword === "writeOnly") {
    if (typeof value !== "boolean") drop("true or false");
  } else if (keyword === "$ref" && typeof value !== "string") drop("a string");
}

function isSchema(value: unknown): boolean {
  return typeof value === "boolean" || isPlainObject(value);
}

function checkMap(map: Record<string, unknown>, keyword: string, problems: KeywordProblem[]): void {
  for (const [name, value] of Object.entries(map)) {
    if (isSchema(value)) continue;
    problems.push(
      ignored(`${keyword}/${name}`, `\`${name}\` must be a schema.`, "Give a schema, or remove it."),
    );
    defineMember(map, name, true);
  }
}

function checkNumber(schema: Mutable, keyword: string, drop: (expected: string) => void): void {
  const value = schema[keyword];
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) drop("a number");
  else if (COUNTS.has(keyword) && (number < 0 || !Number.isInteger(number)))
    drop("a whole number, not negative");
  else if (keyword === "multipleOf" && number <= 0) drop("a number above 0");
  else if (number !== value) schema[keyword] = number;
}

function checkRequired(schema: Mutable, drop: (expected: string) => void): void {
  const value = schema["required"];
  if (!Array.isArray(value) || value.some((name) => typeof name !== "string"))
    drop("a list of property names");
  else if (new Set(value).size !== value.length) schema["required"] = [...new Set(value)];
}

function checkPattern(schema: Mutable, problems: KeywordProblem[]): void {
  const verdict = patternProblem(schema["pattern"]);
  if (verdict === undefined) return;
  if ("rewritten" in verdict) {
    schema["pattern"] = verdict.rewritten;
    return;
  }
  problems.push({ keyword: "pattern", ...verdict });
  // Kept under another name for readers; a validator must never run it.
  schema["x-eco-pattern-ignored"] = schema["pattern"];
  delete schema["pattern"];
}

function checkPatternProperties(map: Record<string, unknown>, problems: KeywordProblem[]): void {
  for (const [pattern, value] of Object.entries(map)) {
    const verdict = patternProblem(pattern);
    if (verdict === undefined) continue;
    delete map[pattern];
    if ("rewritten" in verdict) defineMember(map, verdict.rewritten, value);
    else problems.push({ keyword: `patternProperties/${pattern}`, ...verdict });
  }
}
