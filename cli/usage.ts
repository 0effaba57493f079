import { Flags } from "@oclif/core";
import type { Fields } from "./http/api-client.ts";
import { readPair } from "./pair.ts";

/** What was measured on a delivery, or is expected to be: `--usage covers=37`. */
export const usageFlag = (summary: string) => ({
  usage: Flags.string({
    helpValue: "<measure=value>",
    multiple: true,
    multipleNonGreedy: true,
    summary,
  }),
});

/** @returns undefined where nothing is given. @throws EcoError ECO_USAGE for what is no pair */
export const usageFrom = (pairs: readonly string[] = []): Fields | undefined =>
  pairs.length === 0 ? undefined : Object.fromEntries(pairs.map(readMeasure));

function readMeasure(pair: string): [string, string | number | boolean] {
  const [measure, text] = readPair(pair, "--usage measure=value");
  if (text === "true" || text === "false") return [measure, text === "true"];
  return [measure, String(Number(text)) === text ? Number(text) : text];
}
