import { codeSpan, markdownMessage, markdownText } from "../markdown-text.ts";
import { LEVELS, type Level, type Reach, type SpecChange, type SpecDifference } from "./change.ts";

/** What the changes of a level are called, as a heading. */
export const LEVEL_TITLES: Readonly<Record<Level, string>> = {
  breaking: "Breaking",
  "possibly-breaking": "Possibly breaking",
  compatible: "Compatible",
  text: "Only text",
};

const REACHES_SHOWN = 6;

/** `submitDelivery (request body › usage), getDelivery (response 200) and 4 more`: the gravest first. */
export function reachesInWords(reaches: readonly Reach[]): string {
  const sorted = reaches.toSorted((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
  const shown = sorted
    .slice(0, REACHES_SHOWN)
    .map(({ id, where }) => (where === "" ? id : `${id} (${where})`));
  const more = reaches.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

/** `openapi/partner-api.yaml#/components/schemas/Usage`; of what is gone, where it stood. */
export const placeInWords = ({ place: { side, document, pointer } }: SpecChange): string =>
  `${document}#${pointer}${side === "old" ? " (old)" : ""}`;

/** The difference as a section of a changelog. Text from the documents can't break out of its line. */
export function markdownDifference(difference: SpecDifference, title: string): string {
  const sections = LEVELS.flatMap((level) => {
    const changes = difference.changes.filter((change) => change.level === level);
    if (changes.length === 0) return [];
    return [`## ${LEVEL_TITLES[level]}`, changes.map(entry).join("\n")];
  });
  const counts = LEVELS.map(
    (level) => `${difference.counts[level]} ${LEVEL_TITLES[level].toLowerCase()}`,
  ).join(", ");
  const body = sections.length === 0 ? ["Nothing changed."] : [`${counts}.`, ...sections];
  const digests = `Old: \`${difference.from}\`. New: \`${difference.to}\`.`;
  return `${[`# ${markdownText(title)}`, ...body, digests].join("\n\n")}\n`;
}

const entry = (change: SpecChange): string =>
  `- ${markdownMessage(change.message)} Reaches ${markdownMessage(reachesInWords(change.reaches))}. ${codeSpan(placeInWords(change))}`;
