import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { column, describeFields } from "./fields.ts";

export const caseColumns = [
  column("Id", "id"),
  column("Status", "status"),
  column("Intent", "intent"),
  column("Customer", "customer"),
  column("With", "assignee"),
  column("Opened", "openedAt"),
  column("Subject", "subject"),
];

export function presentCase(one: Fields, out: Output): void {
  out.data(
    describeFields(one, [
      ["Case", "id"],
      ["Subject", "subject"],
      ["Intent", "intent"],
      ["Status", "status"],
      ["Customer", "customer"],
      ["Beneficiary", "beneficiary"],
      ["About", "relatesTo"],
      ["With", "assignee"],
      ["Note", "note"],
      ["Opened", "openedAt"],
      ["Resolved", "resolvedAt"],
      ["First contact", "firstContact"],
      ["Summary", "summary"],
      ["Delivery", "deliveryId"],
    ]),
  );
}
