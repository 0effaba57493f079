import { eachMove, postingsIn } from "../ledger/book.ts";
import type { LedgerTransaction } from "../ledger/types.ts";
import { deliveriesOf, matchesAccount } from "./booked.ts";
import { SequenceIndex, SequenceList } from "./sequence-list.ts";
import type { Balance, PostingQuery, StoredTransaction } from "./store.ts";

/** What an account stands at, by currency, and the transactions that moved it. */
interface AccountEntry {
  readonly amounts: Map<string, bigint>;
  readonly transactions: SequenceList<StoredTransaction>;
}

/** Transactions with their balances. Postings follow from a transaction whenever somebody looks at them. */
export class Books {
  readonly #all = new SequenceList<StoredTransaction>();
  readonly #byId = new Map<string, StoredTransaction>();
  readonly #byDelivery = new SequenceIndex<StoredTransaction>();
  readonly #byPeriod = new SequenceIndex<StoredTransaction>();
  readonly #accounts = new Map<string, AccountEntry>();
  /** Sequence of the last posting of all. */
  #sequence: number;

  constructor(sequence = 0) {
    this.#sequence = sequence;
  }

  has(transactionId: string): boolean {
    return this.#byId.has(transactionId);
  }

  /** Sequence of the last posting that was booked into a period; 0 without any. */
  lastOf(period: string): number {
    const [last] = this.#byPeriod.get(period).page({ limit: 1, descending: true });
    return last?.sequence ?? 0;
  }

  /** One that was found to be balanced. */
  book(transaction: LedgerTransaction): void {
    const moved: SequenceList<StoredTransaction>[] = [];
    eachMove(transaction, (account, currency, amountMinor) => {
      const { amounts, transactions } = this.#account(account);
      amounts.set(currency, (amounts.get(currency) ?? 0n) + amountMinor);
      this.#sequence += 1;
      moved.push(transactions);
    });
    const stored: StoredTransaction = { ...transaction, sequence: this.#sequence };
    this.#all.insert(stored);
    this.#byId.set(stored.id, stored);
    this.#byPeriod.insert(stored.period, stored);
    for (const delivery of deliveriesOf(stored)) this.#byDelivery.insert(delivery, stored);
    for (const transactions of moved) if (transactions.last !== stored) transactions.insert(stored);
  }

  balances(prefix = ""): Balance[] {
    return [...this.#accounts]
      .filter(([account]) => account.startsWith(prefix))
      .flatMap(([account, { amounts }]) =>
        [...amounts].map(([currency, amountMinor]) => ({ account, currency, amountMinor })),
      )
      .sort((a, b) => compare(a.account, b.account) || compare(a.currency, b.currency));
  }

  transactions(query: PostingQuery): StoredTransaction[] {
    const lists = this.#narrowest(query);
    const accept = (transaction: StoredTransaction): boolean => holds(transaction, query);
    const [only] = lists;
    if (only !== undefined && lists.length === 1) return only.page(query, accept);
    // A transaction that moves several of the accounts is on several lists.
    return [...new Set(lists.flatMap((list) => list.page(query, accept)))]
      .sort((a, b) => a.sequence - b.sequence)
      .slice(0, query.limit);
  }

  /** The shortest lists that hold every match: the other conditions are checked on what they yield. */
  #narrowest(query: PostingQuery): SequenceList<StoredTransaction>[] {
    const { transactionId, deliveryId, account, period } = query;
    if (transactionId !== undefined) {
      const found = this.#byId.get(transactionId);
      return found === undefined ? [] : [SequenceList.of(found)];
    }
    if (deliveryId !== undefined) return [this.#byDelivery.get(deliveryId)];
    if (account !== undefined) {
      const names = account.endsWith("/")
        ? [...this.#accounts.keys()].filter((name) => matchesAccount(name, account))
        : [account];
      return names.flatMap((name) => this.#accounts.get(name)?.transactions ?? []);
    }
    return [period === undefined ? this.#all : this.#byPeriod.get(period)];
  }

  #account(name: string): AccountEntry {
    let entry = this.#accounts.get(name);
    if (entry === undefined) {
      entry = { amounts: new Map(), transactions: new SequenceList() };
      this.#accounts.set(name, entry);
    }
    return entry;
  }
}

function holds(
  transaction: StoredTransaction,
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
