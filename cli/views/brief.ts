import type { Fields } from "../http/api-client.ts";
import { recordsOf } from "../measurement/brief-commands.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import { listAt, textAt } from "./fields.ts";

/** The areas one after the other, each anomaly with its evidence and the command that shows more. */
export function presentBrief(brief: Fields, out: Output): void {
  out.data(sanitizeLine(textAt(brief, "summary")));
  let area = "";
  const anomalies = listAt(brief, "anomalies");
  for (const anomaly of anomalies.toSorted(byArea)) {
    if (textAt(anomaly, "area") !== area) {
      area = textAt(anomaly, "area");
      out.data(`\n${out.style("bold", area)}`);
    }
    out.data(`  ${sanitizeLine(textAt(anomaly, "summary"))}`);
    const same = listAt(anomaly, "sameFor").map((subject) =>
      subject["kind"] === "all" ? "all together" : `the ${textAt(subject, "kind")} ${textAt(subject, "id")}`,
    );
    if (same.length > 0) out.data(sanitizeLine(`    The same figures: ${same.join(", ")}.`));
    const records = recordsOf(anomaly);
    if (records.length > 0) out.data(sanitizeLine(`    Such as ${records.slice(0, 3).join(", ")}.`));
    out.data(`    ${sanitizeLine(textAt(anomaly, "command"))}`);
  }
  const tooNew = textAt(brief, "tooNew");
  if (tooNew !== "0")
    out.note(
      `\nNot compared: ${tooNew} with fewer than ${textAt(brief, "minimumWeeks")} such weekdays before. The page Metrics says how days are compared.`,
    );
}

const AREAS = ["demand", "capacity", "quality"];
const byArea = (one: Fields, other: Fields): number =>
  AREAS.indexOf(textAt(one, "area")) - AREAS.indexOf(textAt(other, "area"));
