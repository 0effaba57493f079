import standaloneCode from "ajv/dist/standalone/index.js";
import { patternLimit } from "../patterns/bounded-pattern.ts";
import { isPlainObject } from "../pointer.ts";
import type { Catalog, SchemaRef } from "../types.ts";
import { addUnits, createAjv } from "./ajv.ts";
import { type Direction, type SchemaUnit, schemaClosure, unitId } from "./schema-closure.ts";
import { allSchemas } from "./schema-walk.ts";
import { TWINS_IN } from "./unique-items.ts";

/** A schema that a page needs a validator for. */
export interface StandaloneTarget {
  readonly ref: SchemaRef;
  readonly direction?: Direction;
}

/**
 * The text of an ES module with the validators of the given schemas, compiled ahead: it runs under a CSP that forbids
 * `eval`. Its one import is `ajv-formats/dist/formats.js` (only when a schema uses a format that isn't a mere pattern),
 * so it goes through a bundler. Load it with `precompiledValidators(await import(…))`. Node only.
 */
export function emitValidators(catalog: Catalog, targets: readonly StandaloneTarget[]): string {
  const names: Record<string, string> = {};
  const units = targets.flatMap(({ ref, direction }) => {
    names[unitId(ref, direction)] ??= `check${Object.keys(names).length}`;
    return schemaClosure(catalog, ref, direction);
  });
  const ajv = createAjv({
    // Tidied: a page has less of it to fetch.
    code: { source: true, esm: true, lines: false, optimize: true },
    ownProperties: units.some((unit) => unit.inheritedNames),
    // A page weighs what it repeats: each schema becomes one function, called from wherever it is referred to.
    inlineRefs: false,
  });
  addUnits(ajv, units);
  const exported = Object.fromEntries(Object.entries(names).map(([id, name]) => [name, id]));
  const code = standaloneCode.default(ajv, exported);
  const table = Object.entries(names).map(([id, name]) => `  ${JSON.stringify(id)}: ${name},`);
  const limits = JSON.stringify(limitedPatterns(units));
  return `${withoutRequire(code)}\nexport const patternLimits = ${limits};\nexport const validators = {\n${table.join("\n")}\n};\n`;
}

/** The patterns that are only tried on short texts, with the length. */
function limitedPatterns(units: readonly SchemaUnit[]): Record<string, number> {
  const limited: Record<string, number> = {};
  for (const { schema } of units.flatMap((unit) => [...allSchemas(unit.schema)])) {
    if (!isPlainObject(schema)) continue;
    const names = isPlainObject(schema["patternProperties"]) ? Object.keys(schema["patternProperties"]) : [];
    for (const pattern of [schema["pattern"], ...names]) {
      if (typeof pattern !== "string") continue;
      const limit = patternLimit(pattern);
      if (limit !== Number.POSITIVE_INFINITY) limited[pattern] = limit;
    }
  }
  return limited;
}

/** Ajv writes `require` for its helpers even into ES modules. */
function withoutRequire(code: string): string {
  let usesFormats = false;
  const text = code
    .replace(/require\("ajv\/dist\/runtime\/ucs2length"\)\.default/g, "ucs2length")
    .replace(/require\("ajv\/dist\/runtime\/equal"\)\.default/g, "equal")
    .replace(/require\("ajv-formats\/dist\/formats"\)/g, () => {
      usesFormats = true;
      return "formats";
    });
  const unknown = /require\("([^"]+)"\)/.exec(text)?.[1];
  if (unknown !== undefined)
    throw new Error(`the compiled validators need ${unknown}, which a page doesn't have`);
  const imports = usesFormats
    ? 'import { fullFormats } from "ajv-formats/dist/formats.js";\nconst formats = { fullFormats };\n'
    : "";
  const twins = text.includes("twinsIn") ? TWINS_IN : "";
  return `${imports}${RUNTIME}${twins}${text.replace(/^"use strict";/, "")}`;
}

/** The helpers of Ajv's runtime in a form without CommonJS, and the guard of slow patterns. */
const RUNTIME = `function boundedPattern(pattern, flags) {
  const expression = new RegExp(pattern, flags);
  const test = expression.test.bind(expression);
  expression.test = (text) => !(text.length > patternLimits[pattern]) && test(text);
  return expression;
}
function ucs2length(text) { let length = 0; for (const _ of text) length++; return length; }
function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a !== a && b !== b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}
`;
