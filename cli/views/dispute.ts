import { currencyOf } from "../currency-of.ts";
import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import type { Column } from "../output/table.ts";
import type { Session } from "../session.ts";
import { column, describeFields, moneyAt } from "./fields.ts";

type Of = Pick<Session, "catalog">;

export const disputeColumns = (session: Of): Column<Fields>[] => [
  column("Id", "id"),
  column("Delivery", "deliveryId"),
  column("Opened by", "openedBy"),
  column("Status", "status"),
  column("Outcome", "outcome"),
  { header: "Claim", value: (dispute) => amountAt(dispute, "claimMinor", session), align: "right" },
  { header: "Credit", value: (dispute) => amountAt(dispute, "creditMinor", session), align: "right" },
  column("Due", "dueAt"),
  column("Reason", "reason"),
];

export function presentDispute(dispute: Fields, out: Output, session: Of): void {
  const shown = {
    ...dispute,
    claim: amountAt(dispute, "claimMinor", session),
    credit: amountAt(dispute, "creditMinor", session),
  };
  out.data(
    describeFields(shown, [
      ["Dispute", "id"],
      ["Delivery", "deliveryId"],
      ["Opened by", "openedBy"],
      ["Reason", "reason"],
      ["Status", "status"],
      ["Outcome", "outcome"],
      ["Claim", "claim"],
      ["Credit", "credit"],
      ["Due", "dueAt"],
      ["Resolved", "resolvedAt"],
    ]),
  );
}

/** `1.50 EUR`, in the currency of the delivery; empty where nothing is asked back yet. */
function amountAt(dispute: Fields, path: string, session: Of): string {
  const currency = currencyOf(dispute, session);
  const amount = moneyAt(dispute, path, currency);
  return amount === "" ? "" : `${amount} ${currency}`;
}
