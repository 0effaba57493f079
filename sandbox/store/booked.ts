import { postingsIn } from "../ledger/book.ts";
import type { LedgerTransaction, Posting, TransactionHead } from "../ledger/types.ts";
import type { Leg } from "../rating/types.ts";
import type { PostingQuery, StoredPosting, StoredTransaction } from "./store.ts";

export function matchesAccount(account: string, wanted: string): boolean {
  return wanted.endsWith("/") ? account.startsWith(wanted) : account === wanted;
}

/** The postings of transactions that a query asks for, in their order. */
export function postingsWithin(
  transactions: readonly StoredTransaction[],
  { account, deliveryId, after = 0, limit }: PostingQuery,
): StoredPosting[] {
  const found: StoredPosting[] = [];
  for (const transaction of transactions) {
    const { id: transactionId, kind, bookedAt, period } = transaction;
    const postings = postingsIn(transaction);
    let sequence = transaction.sequence - postings.length;
    for (const posting of postings) {
      sequence += 1;
      if (found.length === limit) return found;
      if (sequence <= after) continue;
      if (account !== undefined && !matchesAccount(posting.account, account)) continue;
      if (deliveryId !== undefined && posting.deliveryId !== deliveryId) continue;
      found.push({ ...posting, sequence, transactionId, kind, bookedAt, period });
    }
  }
  return found;
}

/** The postings that a query asks for, from the transactions that hold them. */
export async function readPostings(
  read: (query: PostingQuery) => Promise<readonly StoredTransaction[]>,
  query: PostingQuery,
): Promise<StoredPosting[]> {
  const found: StoredPosting[] = [];
  for (let after = query.after; ; ) {
    const wanted = query.limit - found.length;
    // One more: nothing of the first may be left to show.
    const asked = { ...query, ...(after === undefined ? {} : { after }), limit: wanted + 1 };
    const transactions = await read(asked);
    found.push(...postingsWithin(transactions, { ...query, limit: wanted }));
    if (found.length >= query.limit || transactions.length <= wanted) return found;
    after = transactions.at(-1)?.sequence;
  }
}

/** The deliveries that a transaction books something for. */
export function deliveriesOf(transaction: LedgerTransaction): readonly string[] {
  if ("legs" in transaction) return [transaction.deliveryId];
  return [...new Set(transaction.postings.flatMap(({ deliveryId }) => deliveryId ?? []))];
}

/**
 * What a transaction books as a database keeps it: what it says of its delivery and the legs, or `null` and postings, each
 * a list of its fields in a fixed order.
 */
export type Booked =
  | readonly [deliveryId: string, agreementId: string | null, day: string | null, ...legs: LegFields[]]
  | readonly [null, ...postings: PostingFields[]];

export function bookedBy(transaction: LedgerTransaction): Booked {
  if ("postings" in transaction) return [null, ...transaction.postings.map(postingFields)];
  const { deliveryId, agreementId = null, day = null, legs } = transaction;
  return [deliveryId, agreementId, day, ...legs.map(legFields)];
}

/** The inverse of {@link bookedBy}, with what else is known of the transaction. */
export function transactionFrom<H extends TransactionHead>(head: H, booked: Booked): LedgerTransaction & H {
  if (booked[0] === null) {
    const [, ...postings] = booked;
    return { ...head, postings: postings.map(postingFrom) };
  }
  const [deliveryId, agreementId, day, ...legs] = booked;
  return {
    ...head,
    deliveryId,
    ...(agreementId === null ? {} : { agreementId }),
    ...(day === null ? {} : { day }),
    legs: legs.map((leg) => legFrom(leg, deliveryId)),
  };
}

/** Digits where a float can't hold the amount. */
type AmountJson = number | string;

const amountJson = (amountMinor: bigint): AmountJson => {
  const amount = Number(amountMinor);
  return Number.isSafeInteger(amount) ? amount : String(amountMinor);
};

type LegFields = readonly [
  id: string,
  kind: Leg["kind"],
  product: string,
  payer: string,
  payee: string,
  currency: string,
  net: AmountJson,
  credit: AmountJson,
  taxCode: string,
  taxPercent: string,
  tax: AmountJson,
  payable: AmountJson,
  taxRecovered: 0 | 1,
  taxAuthority?: string,
];

function legFields(leg: Leg): LegFields {
  const { id, kind, product, payer, payee, currency, taxCode, taxPercent, taxAuthority } = leg;
  const [net, credit] = [amountJson(leg.netMinor), amountJson(leg.creditMinor)];
  const [tax, payable] = [amountJson(leg.taxMinor), amountJson(leg.payableMinor)];
  const recovered = leg.taxRecovered ? 1 : 0;
  const head = [id, kind, product, payer, payee, currency] as const;
  const rest = [net, credit, taxCode, taxPercent, tax, payable, recovered] as const;
  return taxAuthority === undefined ? [...head, ...rest] : [...head, ...rest, taxAuthority];
}

function legFrom(fields: LegFields, deliveryId: string): Leg {
  const [id, kind, product, payer, payee, currency] = fields;
  const [, , , , , , net, credit, taxCode, taxPercent, tax, payable, recovered, taxAuthority] = fields;
  return {
    id,
    kind,
    deliveryId,
    product,
    payer,
    payee,
    currency,
    netMinor: BigInt(net),
    creditMinor: BigInt(credit),
    taxCode,
    taxPercent,
    taxMinor: BigInt(tax),
    payableMinor: BigInt(payable),
    taxRecovered: recovered === 1,
    ...(taxAuthority === undefined ? {} : { taxAuthority }),
  };
}

type PostingFields = readonly [
  account: string,
  currency: string,
  amount: AmountJson,
  deliveryId: string | null,
  chargeId: string | null,
];

const postingFields = (posting: Posting): PostingFields => [
  posting.account,
  posting.currency,
  amountJson(posting.amountMinor),
  posting.deliveryId ?? null,
  posting.chargeId ?? null,
];

const postingFrom = ([account, currency, amount, deliveryId, chargeId]: PostingFields): Posting => ({
  account,
  currency,
  amountMinor: BigInt(amount),
  ...(deliveryId === null ? {} : { deliveryId }),
  ...(chargeId === null ? {} : { chargeId }),
});
