import { movesMoney } from "../../ledger/index.ts";
import { type Flow, FlowSums } from "../../network/flows.ts";
import type { Reader } from "../../store/store.ts";
import { giveTurn, TURN } from "../../values/pages.ts";
import { legFromJson } from "../money.ts";
import { bookingsOf } from "../settlements/period-books.ts";

export interface BookedFlows {
  readonly flows: readonly Flow[];
  /** How many deliveries a party takes part in. */
  readonly deliveriesOf: (party: string) => number;
}

/** What was booked into the months, as sums; the bookings themselves are held a page at a time. */
export async function readFlows(
  months: readonly string[],
  product: string | undefined,
  read: Reader,
): Promise<BookedFlows> {
  const sums = new FlowSums(product);
  let seen = 0;
  for (const month of months)
    for await (const { kind, legs, former } of bookingsOf(month, read)) {
      sums.add({ kind, legs, former: (former?.legs ?? []).map(legFromJson).filter(movesMoney) });
      seen += 1;
      if (seen % TURN === 0) await giveTurn();
    }
  return { flows: sums.all(), deliveriesOf: (party) => sums.deliveriesOf(party) };
}
