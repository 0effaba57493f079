import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { column, describeFields, moneyAt, moneyColumn, objectAt, textAt } from "./fields.ts";

export const commitmentColumns = [
  column("Commitment", "id"),
  column("Payer", "payer"),
  column("Period", "period"),
  column("Status", "status"),
  moneyColumn("Net", "netMinor"),
  moneyColumn("Difference", "adjustmentMinor"),
  moneyColumn("Tax", "taxMinor"),
  column("", "currency"),
];

/** How a commitment was settled, with the clause that says so. */
export function presentCommitment(commitment: Fields, out: Output): void {
  out.data(
    describeFields(commitment, [
      ["Commitment", "id"],
      ["Payer", "payer"],
      ["Payee", "payee"],
      ["Period", "period"],
      ["Status", "status"],
      ["Agreement", "trace.commitment.agreement.id"],
      ["Version", "trace.commitment.agreement.version"],
      ["Clause", "trace.commitment.agreement.clause"],
      ["Bound", "trace.bound"],
      ["Fingerprint", "fingerprint"],
    ]),
  );
  const currency = textAt(commitment, "currency");
  const counted = objectAt(commitment, "trace.netMinorByProduct");
  const rows = [
    ...Object.keys(counted).map((product) => [product, moneyAt(counted, product, currency)]),
    ["counts towards it", moneyAt(commitment, "netMinor")],
    ["difference", moneyAt(commitment, "adjustmentMinor")],
    [`tax, ${textAt(commitment, "trace.tax.percent") || "0"} %`, moneyAt(commitment, "taxMinor")],
  ] as const;
  out.data("");
  out.table(rows, [
    { header: "", value: ([name]) => name ?? "" },
    { header: currency, value: ([, amount]) => amount ?? "", align: "right" },
  ]);
}
