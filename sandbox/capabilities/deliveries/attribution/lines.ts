import type { JsonObject } from "../../../store/store.ts";
import { objectAt, objectsIn, text } from "../../define.ts";
import { decimal } from "../trace-lines.ts";

/** Who caused and bears what, in words. @param attribution as it is shown, @param scale of the currency */
export function attributionLines(attribution: JsonObject, scale: number): string[] {
  const score = objectAt(attribution, "score");
  return [
    ...objectsIn(attribution["delays"]).flatMap(delayLine),
    ...objectsIn(attribution["credits"]).map(
      (credit) =>
        `Service credit of ${money(credit["creditMinor"], credit, scale)} for ${text(credit, "product")}: borne by ${listed(
          objectsIn(credit["parts"]).map(
            (part) => `${nameOf(part)} ${money(part["amountMinor"], credit, scale)}`,
          ),
        )}.`,
    ),
    ...(score["feedbackId"] === undefined ? [] : [scoreLine(score)]),
  ];
}

function delayLine(delay: JsonObject): string[] {
  const parts = objectsIn(delay["parts"]);
  if (parts.length === 0) return [];
  const promised = delay["atMost"] === undefined ? "" : `, at most ${text(delay, "atMost")} promised`;
  const caused = listed(parts.map((part) => `${nameOf(part)} ${text(part, "amount")}${why(part)}`));
  return [`Of ${text(delay, "measure")} ${text(delay, "value")}${promised}: ${caused}.`];
}

function scoreLine(score: JsonObject): string {
  const parts = objectsIn(score["parts"]);
  const said = `The customer's score: ${String(score["score"])} of ${String(score["best"])}`;
  if (parts.length === 0) return `${said}.`;
  return `${said}; of the ${String(score["short"])} that it is short: ${listed(
    parts.map((part) => `${nameOf(part)} ${text(part, "amount")}`),
  )}.`;
}

const WHY: ReadonlyMap<string, string> = new Map([
  ["measured", "measured"],
  ["agreed", "as agreed"],
]);

const why = (part: JsonObject): string => {
  const word = WHY.get(text(part, "basis"));
  return word === undefined ? "" : ` (${word})`;
};

const nameOf = (part: JsonObject): string => text(part, "party") || "others";
const listed = (words: readonly string[]): string => words.join(", ");
const money = (value: JsonObject[string] | undefined, credit: JsonObject, scale: number): string =>
  `${decimal(value, scale)} ${text(credit, "currency")}`;
