import type { Fields } from "../http/api-client.ts";
import { counted } from "../output/counted.ts";
import type { Column } from "../output/table.ts";
import { column, listAt, moneyColumn, numberColumn, textAt } from "./fields.ts";

/** A row for each currency of a party or a flow; what isn't shown of a party leaves one row. */
export const byCurrency = (items: readonly Fields[]): Fields[] =>
  items.flatMap((item) => {
    const amounts = listAt(item, "amounts");
    return amounts.length === 0 ? [item] : amounts.map((amount) => ({ ...item, ...amount }));
  });

export const flowColumns: Column<Fields>[] = [
  column("Payer", "payer"),
  column("Payee", "payee"),
  numberColumn("Deliveries", "deliveries"),
  moneyColumn("Net", "netMinor"),
  moneyColumn("Credits", "creditMinor"),
  moneyColumn("Value", "valueMinor"),
  moneyColumn("Tax", "taxMinor"),
  column("Currency", "currency"),
  { header: "Products", value: ({ products }) => (Array.isArray(products) ? products.join(", ") : "") },
];

export const partyColumns: Column<Fields>[] = [
  column("Party", "id"),
  column("Role", "role"),
  numberColumn("Deliveries", "deliveries"),
  moneyColumn("Paid", "paidMinor"),
  moneyColumn("Received", "receivedMinor"),
  column("Currency", "currency"),
  numberColumn("Paid by", "inDegree"),
  numberColumn("Pays", "outDegree"),
  numberColumn("Betweenness", "betweenness"),
  { header: "Brokerage", value: brokerageOf },
  numberColumn("Concentration", "concentration"),
];

export const currencyColumns: Column<Fields>[] = [
  column("Currency", "currency"),
  numberColumn("Payees", "payees"),
  moneyColumn("Value", "totalMinor"),
  numberColumn("Concentration", "concentration"),
];

/** `5 parties, 4 links, density 0.2` */
export function networkWords(map: Fields): string {
  const parties = Number(textAt(map, "network.parties"));
  const links = Number(textAt(map, "network.links"));
  return `${counted(parties, "party", "parties")}, ${counted(links, "link")}, density ${textAt(map, "network.density")}`;
}

const BROKERAGE = ["coordinator", "consultant", "gatekeeper", "representative", "liaison"] as const;

/** `9: gatekeeper 3, liaison 6`; those that are none are left out. */
function brokerageOf(party: Fields): string {
  const total = textAt(party, "brokerage.total");
  const kinds = BROKERAGE.map((kind) => [kind, textAt(party, `brokerage.${kind}`)] as const).filter(
    ([, times]) => times !== "" && times !== "0",
  );
  return kinds.length === 0
    ? total
    : `${total}: ${kinds.map(([kind, times]) => `${kind} ${times}`).join(", ")}`;
}
