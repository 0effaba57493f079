import type { Fields } from "../http/api-client.ts";
import { counted } from "../output/counted.ts";
import { markdownLine, markdownTable } from "../output/markdown.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import type { Column } from "../output/table.ts";
import { column, listAt, moneyAt, moneyColumn, numberColumn, objectAt, textAt, valueAt } from "./fields.ts";
import { figureColumn, scorecardRows, standingColumn, targetOf } from "./scorecard.ts";
import { waitingColumns } from "./waiting.ts";

/** One table of a review. */
interface Section {
  readonly title: string;
  readonly rows: readonly Fields[];
  readonly columns: readonly Column<Fields>[];
}

export function presentReview(review: Fields, title: string, out: Output): void {
  out.data(sanitizeLine(title));
  for (const { title: heading, rows, columns } of sectionsOf(review)) {
    out.data(`\n${out.style("bold", heading)}`);
    out.table(rows, columns);
  }
}

export const markdownReview = (review: Fields, title: string): string =>
  `${[
    `# ${markdownLine(title)}`,
    ...sectionsOf(review).flatMap(({ title: heading, rows, columns }) => [
      `## ${markdownLine(heading)}`,
      markdownTable(rows, columns),
    ]),
  ].join("\n\n")}\n`;

/** `Harbour Campus, 2026-Q1 beside 2025-Q4` */
export function titleOf(review: Fields, ecosystem: string): string {
  const whose = textAt(review, "party") || ecosystem;
  const soFar = review["complete"] === true ? "" : " so far";
  return `${whose}, ${textAt(review, "quarter")}${soFar} beside ${textAt(review, "before")}`;
}

/** In the order in which they are talked about. What there is nothing of is left out. */
function sectionsOf(review: Fields): Section[] {
  const [quarter, before] = [textAt(review, "quarter"), textAt(review, "before")];
  const party = textAt(review, "party");
  const open = Number(textAt(review, "waiting.open"));
  const shown = listAt(review, "waiting.items");
  const more = open > shown.length ? `, the most urgent ${shown.length} of ${open}` : "";
  const sections: Section[] = [
    {
      title: "Scorecard",
      rows: scorecardRows(review),
      columns: [
        column("Layer", "shownLayer"),
        column("Metric", "id"),
        { header: "Target", value: targetOf, align: "right" },
        ...(party === "" ? [] : quarterColumns(`${party} `, "own", quarter, before)),
        ...quarterColumns(party === "" ? "" : "All ", "ecosystem", quarter, before),
      ],
    },
    {
      title: "Tiers that changed",
      rows: listAt(review, "tierChanges"),
      columns: [
        column("Party", "party"),
        column(before, "before"),
        column(quarter, "tier"),
        { header: "Benefits", value: ({ benefits }) => (Array.isArray(benefits) ? benefits.join("; ") : "") },
      ],
    },
    {
      title: "Value by the books",
      rows: listAt(review, "amounts"),
      columns: [
        column("Party", "party"),
        moneyColumn("Paid", "paidMinor"),
        moneyColumn("Received", "receivedMinor"),
        moneyColumn("Margin", "marginMinor"),
        moneyColumn(`Margin ${before}`, "before.marginMinor"),
        column("Currency", "currency"),
      ],
    },
    {
      title: "How much went to few",
      rows: listAt(review, "concentration"),
      columns: [
        column("Currency", "currency"),
        moneyColumn("Value", "totalMinor"),
        numberColumn("Payees", "payees"),
        numberColumn("Concentration", "concentration"),
        numberColumn(before, "before.concentration"),
      ],
    },
    {
      title: "What happened",
      rows: happened(review),
      columns: [
        column("", "area"),
        column("", "what"),
        numberColumn(quarter, "quarter"),
        numberColumn(before, "before"),
      ],
    },
    {
      title: "Certificates that end next",
      rows: listAt(review, "certifications.expiring"),
      columns: [
        column("Ends", "expiresAt"),
        column("Party", "party"),
        column("Level", "level"),
        column("Id", "id"),
      ],
    },
    {
      title: "Changes that were announced",
      rows: listAt(review, "changes.announcedChanges"),
      columns: [
        column("Change", "title"),
        column("Level", "level"),
        column("Announced", "announcedAt"),
        column("Holds from", "effectiveAt"),
        numberColumn("Days of notice", "noticeDays"),
        column("Id", "id"),
      ],
    },
    {
      title: "First deliveries",
      rows: listAt(review, "onboarding.firstDeliveries"),
      columns: [
        column("Party", "party"),
        column("At", "at"),
        { header: "After", value: waited, align: "right" },
      ],
    },
    {
      title: "Exits",
      rows: listAt(review, "exits.parties"),
      columns: [column("Party", "party"), column("From", "leftAt"), column("Status", "status")],
    },
    { title: `What waits now${more}`, rows: shown, columns: waitingColumns },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

const quarterColumns = (whose: string, at: string, quarter: string, before: string): Column<Fields>[] => [
  figureColumn(`${whose}${before}`, `before.${at}`),
  figureColumn(`${whose}${quarter}`, at),
  standingColumn(at),
];

/** `1,440 minutes` */
const waited = (row: Fields): string => counted(Number(textAt(row, "waitedMinutes")), "minute");

const AREAS = ["certifications", "disputes", "incidents", "feedback", "changes", "onboarding", "exits"];

/** A row for all that happened in one of the quarters. The area is named by its first one. */
const happened = (review: Fields): Fields[] =>
  AREAS.flatMap((area) =>
    countsIn(objectAt(review, area))
      .filter(({ quarter, before }) => quarter !== 0 || before !== 0)
      .map((row, index) => ({ ...row, area: index === 0 ? area : "" })),
  );

const countsIn = (section: Fields): Fields[] => [
  ...Object.keys(section)
    .filter((name) => valueAt(section, `${name}.quarter`) !== undefined)
    .map((name) => ({ ...objectAt(section, name), what: inWords(name) })),
  ...listAt(section, "severities").map((row) => ({ ...row, what: textAt(row, "severity") })),
  ...listAt(section, "scores").map((row) => ({ ...row, what: `score ${textAt(row, "score")}` })),
  ...listAt(section, "credits").map((row) => ({
    what: `given back, ${textAt(row, "currency")}`,
    quarter: moneyAt(row, "quarter"),
    before: moneyAt(row, "before"),
  })),
];

/** `resolvedInTime` → `resolved in time` */
const inWords = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
