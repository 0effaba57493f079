import {
  LEVELS,
  type Level,
  type SpecChange,
  type SpecDifference,
} from "../../../specs/engine/difference/change.ts";
import { compareSpecs } from "../../../specs/engine/difference/index.ts";
import { loadFiles, openapi } from "../spec-set.ts";

type Files = Readonly<Record<string, unknown>>;

export async function differenceOf(old: Files, now: Files): Promise<SpecDifference> {
  return compareSpecs((await loadFiles(old)).catalog, (await loadFiles(now)).catalog);
}

export async function changesBetween(old: unknown, now: unknown): Promise<readonly SpecChange[]> {
  return (await differenceOf({ "api.yaml": old }, { "api.yaml": now })).changes;
}

/** `level rule`, sorted: what a table of given and want is about. */
export const inShort = (changes: readonly SpecChange[]): string[] =>
  changes.map(({ level, rule }) => `${level} ${rule}`).sort();

/** The level of the gravest of them; `none` where nothing changed. */
export function gravest(changes: readonly SpecChange[]): Level | "none" {
  const levels = new Set(changes.map(({ level }) => level));
  return LEVELS.find((one) => levels.has(one)) ?? "none";
}

const json = (schema: unknown): object => ({ "application/json": { schema } });

/** One operation that takes and answers values of two schemas. */
export function exchanging(request: unknown, response: unknown, components: object = {}): object {
  const post = {
    operationId: "exchange",
    requestBody: { required: true, content: json(request) },
    responses: { 200: { description: "Done", content: json(response) } },
  };
  return openapi({ "/things": { post } }, components);
}
