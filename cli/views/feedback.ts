import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import type { Column } from "../output/table.ts";
import { column, describeFields, numberColumn, textAt } from "./fields.ts";

export const feedbackColumns: Column<Fields>[] = [
  column("Id", "id"),
  { header: "About", value: aboutOf },
  column("Product", "product"),
  column("Customer", "customer"),
  numberColumn("Score", "score"),
  column("Status", "status"),
  column("Given", "createdAt"),
  column("Words", "comment"),
];

/** The delivery, or the case, that it judges. */
function aboutOf(feedback: Fields): string {
  const delivery = textAt(feedback, "deliveryId");
  return delivery === "" ? textAt(feedback, "caseId") : delivery;
}

export function presentFeedback(feedback: Fields, out: Output): void {
  out.data(
    describeFields(feedback, [
      ["Feedback", "id"],
      ["Delivery", "deliveryId"],
      ["Case", "caseId"],
      ["Product", "product"],
      ["Customer", "customer"],
      ["Given by", "givenBy"],
      ["Score", "score"],
      ["Words", "comment"],
      ["Status", "status"],
      ["Given", "createdAt"],
      ["Changed", "changedAt"],
      ["Changeable until", "changeableUntil"],
      ["Withdrawn", "withdrawnAt"],
    ]),
  );
}
