import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { column, describeFields, listAt, moneyColumn } from "./fields.ts";

/** A closed period: what each party is owed (or owes, with a minus). */
export function presentSettlement(settlement: Fields, out: Output): void {
  out.data(
    describeFields(settlement, [
      ["Settlement", "id"],
      ["Period", "period"],
      ["Status", "status"],
      ["Closed", "closedAt"],
    ]),
  );
  const positions = listAt(settlement, "positions");
  if (positions.length === 0) return;
  out.data("");
  out.table(positions, [
    column("Party", "party"),
    moneyColumn("Position", "amountMinor"),
    column("", "currency"),
  ]);
}
