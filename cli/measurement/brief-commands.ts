import type { Fields } from "../http/api-client.ts";
import { quoted } from "../output/quoted.ts";
import { listAt, textAt, valueAt } from "../views/fields.ts";

/** The brief with the command beside each anomaly that shows more of it. @param as flags that say as whom, with a space before them */
export const withCommands = (brief: Fields, as: string): Fields => ({
  ...brief,
  anomalies: listAt(brief, "anomalies").map((anomaly) => ({
    ...anomaly,
    command: `${commandFor(anomaly)}${as}`,
  })),
});

/** A record of the day, where there is one; the list in which they stand where there is none. */
function commandFor(anomaly: Fields): string {
  const [first] = recordsOf(anomaly);
  const record = first === undefined ? undefined : quoted(first);
  switch (textAt(anomaly, "signal")) {
    case "deliveries":
      return `eco deliveries list${narrowing(anomaly)}`;
    case "cancellations":
      return `eco deliveries list --status cancelled${narrowing(anomaly)}`;
    case "service-levels-missed":
    case "credits":
    case "corrections":
      return record === undefined
        ? `eco deliveries list${narrowing(anomaly)}`
        : `eco deliveries explain ${record}`;
    case "disputes":
      return record === undefined ? "eco disputes list" : `eco disputes show ${record}`;
    case "dispatches-failed":
      return "eco events endpoints list";
    case "cases":
    case "contacts-repeated":
      return record === undefined ? "eco cases list" : `eco cases show ${record}`;
    default:
      return record === undefined ? "eco work-orders list" : `eco work-orders show ${record}`;
  }
}

export const recordsOf = (anomaly: Fields): string[] => {
  const records = valueAt(anomaly, "records");
  return Array.isArray(records) ? records.filter((id) => typeof id === "string") : [];
};

/** Deliveries can be listed by product and by customer. */
function narrowing(anomaly: Fields): string {
  const subjects = [valueAt(anomaly, "subject") as Fields, ...listAt(anomaly, "sameFor")];
  return subjects
    .filter((subject) => subject["kind"] === "product" || subject["kind"] === "customer")
    .map((subject) => ` --${textAt(subject, "kind")} ${quoted(textAt(subject, "id"))}`)
    .join("");
}
