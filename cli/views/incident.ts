import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import type { Column } from "../output/table.ts";
import { column, describeFields, listAt, textAt, valueAt } from "./fields.ts";

export const incidentColumns: Column<Fields>[] = [
  column("Id", "id"),
  column("Severity", "severity"),
  column("Status", "status"),
  column("Owner", "owner"),
  { header: "Affects", value: affectsOf },
  column("Since", "since"),
  { header: "Overdue", value: (incident) => listed(incident, "overdue") },
  column("Title", "title"),
];

const listed = (fields: Fields, path: string): string => {
  const list = valueAt(fields, path);
  return Array.isArray(list) ? list.map(String).join(", ") : "";
};

/** `express-leg of blueline` */
function affectsOf(incident: Fields): string {
  const [products, parties] = [listed(incident, "products"), listed(incident, "parties")];
  if (products === "") return parties;
  return parties === "" ? products : `${products} of ${parties}`;
}

export function presentIncident(incident: Fields, out: Output): void {
  const shown = {
    ...incident,
    affects: affectsOf(incident),
    concerns: listed(incident, "affected"),
    missed: listed(incident, "overdue"),
    learnt: listed(incident, "actions"),
  };
  out.data(
    describeFields(shown, [
      ["Incident", "id"],
      ["Title", "title"],
      ["Severity", "severity"],
      ["Status", "status"],
      ["Affects", "affects"],
      ["Since", "since"],
      ["Until", "until"],
      ["Reported by", "reportedBy"],
      ["Owner", "owner"],
      ["Concerns", "concerns"],
      ["Acknowledge by", "acknowledgeBy"],
      ["Acknowledged", "acknowledgedAt"],
      ["Resolve by", "resolveBy"],
      ["Resolved", "resolvedAt"],
      ["Overdue", "missed"],
      ["Cause", "cause"],
      ["Summary", "summary"],
      ["Review by", "reviewBy"],
      ["Review", "review"],
      ["Actions", "learnt"],
    ]),
  );
  for (const update of listAt(incident, "updates"))
    out.data(sanitizeLine(`${textAt(update, "at")} ${textAt(update, "by")}: ${textAt(update, "note")}`));
}
