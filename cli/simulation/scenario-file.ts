import { dirname, join } from "node:path";
import type { Draw, Member, Scenario, Terms } from "../../sandbox/simulation/index.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";
import schema from "../../specs/schemas/scenario.schema.json" with { type: "json" };
import { readYaml } from "../read-file.ts";
import { openRows } from "../rows/read-rows.ts";
import { schemaPlaces } from "../schema-places.ts";

/** A scenario as its file has it: what the file leaves out, flags and usual values fill. */
export type ScenarioFile = Pick<Scenario, "start" | "traffic"> & Partial<Scenario>;

/** Values that are taken of a column. */
const MOST_VALUES = 100_000;

/**
 * A scenario in YAML or JSON, with the columns that it names read in.
 * @throws EcoError ECO_FILE_UNREADABLE, ECO_INPUT_INVALID with every place that breaks the schema
 */
export async function readScenario(path: string): Promise<ScenarioFile> {
  const { createAjv } = await import("../../specs/engine/catalog/schemas/ajv.ts");
  const validate = createAjv().compile<ScenarioFile & { readonly $schema?: string }>(schema);
  const content = await readYaml(path);
  if (!validate(content))
    throw new EcoError(
      "ECO_INPUT_INVALID",
      `${path} is no scenario: ${schemaPlaces(validate.errors, "it")}.`,
      {
        fix: "specs/schemas/scenario.schema.json describes every field; `eco simulate --init FILE` writes one to begin with.",
      },
    );
  const { $schema: _, ...scenario } = content;
  return (await withColumns(scenario, dirname(path))) as ScenarioFile;
}

/** With `values` in the place of each `column`. */
async function withColumns(value: unknown, folder: string): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => withColumns(item, folder)));
  if (!isPlainObject(value)) return value;
  const { column, ...others } = value;
  if (isPlainObject(column)) {
    const { file, name } = column;
    return { ...others, values: await columnOf(join(folder, String(file)), String(name)) } satisfies Draw;
  }
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, inner]) => [key, await withColumns(inner, folder)] as const),
  );
  return Object.fromEntries(entries);
}

const DECIMAL = /^[+-]?\d+(\.\d+)?$/;

async function columnOf(file: string, name: string): Promise<(number | string | boolean)[]> {
  const { rows, columns } = await openRows(file);
  if (columns !== undefined && !columns.includes(name))
    throw new EcoError("ECO_INPUT_INVALID", `${file} has no column \`${name}\`.`, {
      fix: `${didYouMean(name, columns) ?? ""} Its columns: ${columns.join(", ")}.`.trim(),
    });
  const values: (number | string | boolean)[] = [];
  for await (const row of rows) {
    const value = row.kind === "row" ? row.columns[name] : undefined;
    const text = typeof value === "string" ? value.trim() : value;
    if (typeof text === "number" || typeof text === "boolean") values.push(text);
    else if (typeof text === "string" && text !== "")
      values.push(DECIMAL.test(text) ? Number(text) : text === "true" || (text === "false" ? false : text));
    if (values.length === MOST_VALUES) break;
  }
  if (values.length === 0)
    throw new EcoError("ECO_INPUT_INVALID", `${file} has no value in its column \`${name}\`.`);
  return values;
}

/** @throws EcoError ECO_INPUT_INVALID with every place that is wrong under the terms */
export async function assertUsable(
  scenario: Scenario,
  terms: Terms,
  members: readonly Member[],
  name: string,
): Promise<void> {
  const { checkScenario } = await import("../../sandbox/simulation/index.ts");
  const problems = checkScenario(scenario, terms, members);
  const [first] = problems;
  if (first === undefined) return;
  const places = problems.map(({ pointer, message }) => `${pointer} ${message}`).join("; ");
  throw new EcoError("ECO_INPUT_INVALID", `${name} can't be simulated: ${places}.`, {
    fix: first.fix,
    details: { problems },
  });
}
