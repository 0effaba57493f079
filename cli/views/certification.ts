import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import type { Column } from "../output/table.ts";
import { column, describeFields, valueAt } from "./fields.ts";

export const certificationColumns: Column<Fields>[] = [
  column("Id", "id"),
  column("Party", "party"),
  { header: "Parts", value: (fields) => texts(fields, "parts").join(", ") },
  column("Level", "level"),
  column("Status", "status"),
  column("Evidence", "evidence"),
  column("Build", "build"),
  column("Expires", "expiresAt"),
];

function texts(fields: Fields, path: string): string[] {
  const value = valueAt(fields, path);
  return Array.isArray(value) ? value.map(String) : [];
}

export function presentCertification(certification: Fields, out: Output): void {
  const shown = { ...certification, partsText: texts(certification, "parts").join(", ") };
  out.data(
    describeFields(shown, [
      ["Certification", "id"],
      ["Party", "party"],
      ["Parts", "partsText"],
      ["Level", "level"],
      ["Build", "build"],
      ["Status", "status"],
      ["Reason", "reason"],
      ["Evidence", "evidence"],
      ["Seed", "seed"],
      ["Run", "runDigest"],
      ["Issued", "issuedAt"],
      ["Expires", "expiresAt"],
    ]),
  );
  for (const line of [
    ...texts(certification, "notDriven"),
    ...texts(certification, "missing"),
    ...told(certification),
  ])
    out.data(`  ${sanitizeLine(line)}`);
}

function objectsAt(fields: Fields, path: string): Fields[] {
  const value = valueAt(fields, path);
  return Array.isArray(value) ? value : [];
}

/** Waivers, conditions and what puts the level at risk, one sentence each. */
function told(certification: Fields): string[] {
  const { risk } = certification as { risk?: Fields };
  return [
    ...objectsAt(certification, "waivers").map(
      ({ check, status, until }) => `Waiver of ${check}: ${status}, until ${until}.`,
    ),
    ...objectsAt(certification, "conditions").map(
      ({ text, status, until }) => `Condition, ${status}, until ${until}: ${text}`,
    ),
    ...(risk === undefined ? [] : [`At risk until ${risk["until"]}: ${risk["metric"]} is ${risk["value"]}.`]),
  ];
}
