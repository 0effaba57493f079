import { minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import type { Fields } from "../http/api-client.ts";
import type { Output } from "../output/output.ts";
import { column, describeFields, listAt, moneyColumn, textAt } from "./fields.ts";

export const deliveryColumns = [
  column("Id", "id"),
  column("Product", "product"),
  column("Customer", "customer"),
  column("Started", "startedAt"),
  column("Status", "status"),
  moneyColumn("Net", "netMinor"),
  moneyColumn("Credit", "serviceCreditMinor"),
  moneyColumn("Tax", "taxMinor"),
  moneyColumn("Payable", "payableMinor"),
  column("", "currency"),
];

/** A delivery with its charges: who pays whom, and how the net is shared. */
export function presentDelivery(delivery: Fields, out: Output): void {
  out.data(
    describeFields(delivery, [
      ["Delivery", "id"],
      ["Product", "product"],
      ["Status", "status"],
      ["Customer", "customer"],
      ["Provider", "provider"],
      ["Beneficiary", "beneficiary"],
      ["Part of", "parent"],
      ["Started", "startedAt"],
      ["Ended", "endedAt"],
      ["Usage", "usage"],
      ["Agreement", "agreement.id"],
      ["Rate card", "rateCard.id"],
      ["Fingerprint", "fingerprint"],
    ]),
  );
  const charges = listAt(delivery, "charges");
  if (charges.length === 0) return;
  out.data("");
  out.table(charges, [
    column("Charge", "product"),
    column("Side", "side"),
    column("Payer", "payer"),
    column("Payee", "payee"),
    moneyColumn("Net", "netMinor"),
    moneyColumn("Credit", "serviceCreditMinor"),
    moneyColumn("Tax", "taxMinor"),
    moneyColumn("Payable", "payableMinor"),
    column("", "currency"),
    { header: "Shares", value: (charge) => sharesOf(charge, "shares") },
    { header: "Recourse", value: (charge) => sharesOf(charge, "recourse") },
  ]);
}

function sharesOf(charge: Fields, path: string): string {
  const scale = minorUnits(textAt(charge, "currency"));
  return listAt(charge, path)
    .map((share) => {
      const to = textAt(share, "to");
      return `${textAt(share, "party")}${to === "" ? "" : ` to ${to}`} ${readableMinor(Number(share["amountMinor"] ?? 0), scale)}`;
    })
    .join(", ");
}
