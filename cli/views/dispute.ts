import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import type { Column } from "../output/table.ts";
import { column, describeFields, moneyAt, moneyColumn } from "./fields.ts";

export function disputeColumns(currency: string): Column<Fields>[] {
  return [
    column("Id", "id"),
    column("Delivery", "deliveryId"),
    column("Opened by", "openedBy"),
    column("Status", "status"),
    column("Outcome", "outcome"),
    moneyColumn("Claim", "claimMinor", currency),
    moneyColumn("Credit", "creditMinor", currency),
    column("Due", "dueAt"),
    column("Reason", "reason"),
  ];
}

export function presentDispute(dispute: Fields, currency: string, out: Output): void {
  const shown = {
    ...dispute,
    claim: moneyAt(dispute, "claimMinor", currency),
    credit: moneyAt(dispute, "creditMinor", currency),
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
