import { eachMove, postingsIn } from "../../ledger/book.ts";
import type { LedgerTransaction } from "../../ledger/types.ts";
import { deliveriesOf, matchesAccount } from "../booked.ts";
import type { Balance, PostingQuery, StoredTransaction } from "../store.ts";
import { type KeptTransaction, keptAs, transactionOf } from "./kept-transactions.ts";
import { LatestIds } from "./latest-ids.ts";
import { LateIndex, SequenceList } from "./sequence-list.ts";

/** Transactions with their balances. Postings follow from a transaction whenever somebody looks at them. */
export class Books {
  readonly #all = new SequenceList<KeptTransaction>();
  readonly #latest = new LatestIds();
  readonly #byId = new LateIndex(this.#all, ({ id }) => [id]);
  readonly #byDelivery = new LateIndex(this.#all, (kept) => deliveriesOf(transactionOf(kept)));
  readonly #byPeriod = new LateIndex(this.#all, ({ period }) => [period]);
  readonly #byAccount = new LateIndex(this.#all, accountsOf);
  /** What each account stands at, by currency, after so many of the transactions: the others are added when somebody asks. */
  readonly #balances = new Map<string, Map<string, bigint>>();
  #added = 0;
  /** Sequence of the last posting of all. */
  #sequence: number;

  constructor(sequence = 0) {
    this.#sequence = sequence;
  }

  has(transactionId: string): boolean {
    return this.#latest.has(transactionId) ?? this.#byId.get(transactionId).size > 0;
  }

  /** Sequence of the last posting that was booked into a period; 0 without any. */
  lastOf(period: string): number {
    const [last] = this.#byPeriod.get(period).page({ limit: 1, descending: true });
    return last?.sequence ?? 0;
  }

  /** @param postings how many it makes: it was found to be balanced */
  book(transaction: LedgerTransaction, postings: number): void {
    this.#sequence += postings;
    this.#all.insert(keptAs(transaction, this.#sequence));
    this.#latest.add(transaction.id);
  }

  balances(prefix = ""): Balance[] {
    return [...this.#upToDate()]
      .filter(([account]) => account.startsWith(prefix))
      .flatMap(([account, amounts]) =>
        [...amounts].map(([currency, amountMinor]) => ({ account, currency, amountMinor })),
      )
      .sort((a, b) => compare(a.account, b.account) || compare(a.currency, b.currency));
  }

  transactions(query: PostingQuery): StoredTransaction[] {
    const lists = this.#narrowest(query);
    const accept = (kept: KeptTransaction): boolean => holds(transactionOf(kept), query);
    const [only] = lists;
    if (only !== undefined && lists.length === 1) return only.page(query, accept).map(transactionOf);
    // A transaction that moves several of the accounts is on several lists.
    return [...new Set(lists.flatMap((list) => list.page(query, accept)))]
      .sort((a, b) => a.sequence - b.sequence)
      .slice(0, query.limit)
      .map(transactionOf);
  }

  /** The shortest lists that hold every match: the other conditions are checked on what they yield. */
  #narrowest(query: PostingQuery): SequenceList<KeptTransaction>[] {
    const { transactionId, deliveryId, account, period } = query;
    if (transactionId !== undefined) return [this.#byId.get(transactionId)];
    if (deliveryId !== undefined) return [this.#byDelivery.get(deliveryId)];
    if (account !== undefined) {
      const names = account.endsWith("/")
        ? [...this.#upToDate().keys()].filter((name) => matchesAccount(name, account))
        : [account];
      return names.map((name) => this.#byAccount.get(name));
    }
    return [period === undefined ? this.#all : this.#byPeriod.get(period)];
  }

  #upToDate(): ReadonlyMap<string, Map<string, bigint>> {
    for (const kept of this.#all.from(this.#added))
      eachMove(transactionOf(kept), (account, currency, amountMinor) => {
        const amounts = this.#amountsOf(account);
        amounts.set(currency, (amounts.get(currency) ?? 0n) + amountMinor);
      });
    this.#added = this.#all.size;
    return this.#balances;
  }

  #amountsOf(account: string): Map<string, bigint> {
    let amounts = this.#balances.get(account);
    if (amounts === undefined) {
      amounts = new Map();
      this.#balances.set(account, amounts);
    }
    return amounts;
  }
}

/** The accounts that a transaction moves, each once. */
function accountsOf(kept: KeptTransaction): ReadonlySet<string> {
  const accounts = new Set<string>();
  eachMove(transactionOf(kept), (account) => accounts.add(account));
  return accounts;
}

function holds(
  transaction: LedgerTransaction,
  { transactionId, deliveryId, period, account }: PostingQuery,
): boolean {
  return (
    (transactionId === undefined || transaction.id === transactionId) &&
    (period === undefined || transaction.period === period) &&
    (deliveryId === undefined || deliveriesOf(transaction).includes(deliveryId)) &&
    (account === undefined || postingsIn(transaction).some((one) => matchesAccount(one.account, account)))
  );
}

// Code units, not a locale: the same order on every machine and in SQLite.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
