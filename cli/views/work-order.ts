import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { column, describeFields, listAt, objectAt, textAt, valueAt } from "./fields.ts";

export const workOrderColumns = [
  column("Id", "id"),
  column("Status", "status"),
  column("Product", "product"),
  column("Customer", "customer"),
  column("Provider", "provider"),
  column("For", "scheduledFor"),
  { header: "Answer by", value: (order: Fields) => (isOffered(order) ? textAt(order, "respondBy") : "") },
  column("Delivery", "deliveryId"),
];

const isOffered = (order: Fields): boolean => order["status"] === "offered";

/** A work order with everybody who was asked, oldest first. */
export function presentWorkOrder(order: Fields, out: Output): void {
  const substitutes = valueAt(order, "substitutes");
  const shown = {
    ...order,
    others: pairsOf(objectAt(order, "parties")),
    measured: pairsOf(objectAt(order, "usage")),
    next: Array.isArray(substitutes) ? substitutes.join(", ") : "",
    answerBy: isOffered(order) ? textAt(order, "respondBy") : "",
  };
  out.data(
    describeFields(shown, [
      ["Work order", "id"],
      ["Status", "status"],
      ["Product", "product"],
      ["Customer", "customer"],
      ["Beneficiary", "beneficiary"],
      ["Provider", "provider"],
      ["Answer by", "answerBy"],
      ["Asked next", "next"],
      ["Others", "others"],
      ["Part of", "parent"],
      ["For", "scheduledFor"],
      ["Expected", "expectedAt"],
      ["Usage", "measured"],
      ["Note", "note"],
      ["Delivery", "deliveryId"],
    ]),
  );
  const attempts = listAt(order, "attempts");
  if (attempts.length === 0) return;
  out.data("");
  out.table(attempts, [
    column("Asked", "provider"),
    column("Outcome", "outcome"),
    column("At", "at"),
    column("Reason", "reason"),
  ]);
}

/** `covers=37, delayMinutes=25` */
const pairsOf = (fields: Fields): string =>
  Object.keys(fields)
    .map((name) => `${name}=${textAt(fields, name)}`)
    .join(", ");
