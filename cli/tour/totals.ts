import { positionsOf, sumsOf } from "../../sandbox/ledger/index.ts";
import { Identities } from "../rows/identity.ts";
import { openRows } from "../rows/read-rows.ts";
import type { Session } from "../session.ts";

/** Sums over deliveries in the words of `eco rate --json`, so that the two can be held against each other. Minor units. */
export interface DeliveryTotals {
  readonly deliveries: number;
  readonly currency: string;
  readonly netMinor: number;
  readonly serviceCreditMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly credited: number;
  readonly sharesMinor: Readonly<Record<string, number>>;
  readonly recourseMinor: Readonly<Record<string, number>>;
}

interface ChargeFields {
  readonly side: string;
  readonly shares: readonly { readonly party: string; readonly amountMinor: number }[];
  readonly recourse: readonly { readonly party: string; readonly amountMinor: number }[];
}

/** The ids that `eco deliveries submit FILE --product PRODUCT` gives to the rows of a file. */
export async function idsOfRows(file: string, product: string): Promise<ReadonlySet<string>> {
  const identities = new Identities();
  const ids = new Set<string>();
  for await (const row of (await openRows(file)).rows)
    if (row.kind !== "malformed") ids.add(identities.of(row.columns, product));
  return ids;
}

/** Totals of those deliveries of a product whose ids are given, as the sandbox has them booked. */
export async function deliveryTotals(
  session: Session,
  product: string,
  ids: ReadonlySet<string>,
): Promise<DeliveryTotals> {
  const sums = {
    deliveries: 0,
    netMinor: 0,
    serviceCreditMinor: 0,
    taxMinor: 0,
    payableMinor: 0,
    credited: 0,
  };
  const sharesMinor: Record<string, number> = {};
  const recourseMinor: Record<string, number> = {};
  let currency = "";
  const add = (into: Record<string, number>, parts: ChargeFields["shares"]): void => {
    for (const { party, amountMinor } of parts) into[party] = (into[party] ?? 0) + amountMinor;
  };
  for await (const delivery of session.client.list("deliveries.list", { product })) {
    if (!ids.has(String(delivery["id"]))) continue;
    sums.deliveries++;
    for (const field of ["netMinor", "serviceCreditMinor", "taxMinor", "payableMinor"] as const)
      sums[field] += Number(delivery[field]);
    if (Number(delivery["serviceCreditMinor"]) !== 0) sums.credited++;
    currency = String(delivery["currency"]);
    for (const charge of delivery["charges"] as readonly ChargeFields[]) {
      if (charge.side !== "sale") continue;
      add(sharesMinor, charge.shares);
      add(recourseMinor, charge.recourse);
    }
  }
  return { ...sums, currency, sharesMinor, recourseMinor };
}

/** What each party is owed (positive) or owes, over all that is booked, and the sum of all accounts, which must be zero. */
export async function ledgerTotals(session: Session): Promise<{
  readonly positions: readonly {
    readonly party: string;
    readonly currency: string;
    readonly amountMinor: bigint;
  }[];
  readonly sums: Readonly<Record<string, bigint>>;
  readonly accounts: number;
}> {
  const amounts = [];
  for await (const balance of session.client.list("ledger.balances"))
    amounts.push({
      account: String(balance["account"]),
      currency: String(balance["currency"]),
      amountMinor: BigInt(Number(balance["amountMinor"])),
    });
  return { positions: positionsOf(amounts), sums: sumsOf(amounts), accounts: amounts.length };
}
