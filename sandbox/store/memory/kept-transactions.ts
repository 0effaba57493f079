import type { LedgerTransaction, PostingTransaction, TransactionHead } from "../../ledger/types.ts";
import type { Leg } from "../../rating/types.ts";
import type { StoredTransaction } from "../store.ts";

/**
 * A transaction as memory keeps it, at its place: the sequence of its last posting. In few pieces: each that is kept is
 * moved several times by the collection of garbage, so a bigint of its own for every amount costs more than making it again.
 */
export type KeptTransaction = KeptLegs | (PostingTransaction & Placed);

interface Placed {
  readonly sequence: number;
}

interface KeptLegs extends TransactionHead, Placed {
  readonly deliveryId: string;
  readonly agreementId: string | undefined;
  readonly day: string | undefined;
  readonly legs: readonly KeptLeg[];
}

/** A leg whose amounts lie in the leg itself, where a number holds them. */
type KeptLeg = { readonly [K in keyof Leg]: Leg[K] extends bigint ? number | bigint : Leg[K] };

export function keptAs(transaction: LedgerTransaction, sequence: number): KeptTransaction {
  if ("postings" in transaction) return { ...transaction, sequence };
  const { id, kind, bookedAt, period, deliveryId, agreementId, day, legs } = transaction;
  return { sequence, id, kind, bookedAt, period, deliveryId, agreementId, day, legs: legs.map(keptLeg) };
}

const keptLeg = (leg: Leg): KeptLeg => ({
  id: leg.id,
  kind: leg.kind,
  deliveryId: leg.deliveryId,
  product: leg.product,
  payer: leg.payer,
  payee: leg.payee,
  currency: leg.currency,
  netMinor: keptAmount(leg.netMinor),
  creditMinor: keptAmount(leg.creditMinor),
  taxCode: leg.taxCode,
  taxPercent: leg.taxPercent,
  taxMinor: keptAmount(leg.taxMinor),
  payableMinor: keptAmount(leg.payableMinor),
  taxRecovered: leg.taxRecovered,
  taxAuthority: leg.taxAuthority,
});

function keptAmount(amountMinor: bigint): number | bigint {
  const amount = Number(amountMinor);
  return Number.isSafeInteger(amount) ? amount : amountMinor;
}

/** As it was booked. */
export function transactionOf(kept: KeptTransaction): StoredTransaction {
  if ("postings" in kept) return kept;
  const { agreementId, day, legs, ...rest } = kept;
  return {
    ...rest,
    ...(agreementId === undefined ? {} : { agreementId }),
    ...(day === undefined ? {} : { day }),
    legs: legs.map(legOf),
  };
}

const legOf = ({ taxAuthority, ...leg }: KeptLeg): Leg => ({
  ...leg,
  netMinor: BigInt(leg.netMinor),
  creditMinor: BigInt(leg.creditMinor),
  taxMinor: BigInt(leg.taxMinor),
  payableMinor: BigInt(leg.payableMinor),
  ...(taxAuthority === undefined ? {} : { taxAuthority }),
});
