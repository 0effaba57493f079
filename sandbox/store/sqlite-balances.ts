import type { Posting } from "../ledger/types.ts";
import { text } from "./rows.ts";
import type { Statements } from "./sqlite-statements.ts";

interface Standing {
  readonly account: string;
  readonly currency: string;
  amountMinor: bigint;
}

/** So many accounts are kept in memory from one commit to the next. */
const KEPT = 2_000;

/**
 * The balances of a tenant as long as nobody else writes them: bookings move the same few accounts again and again, so
 * each is read once and written once for each commit.
 */
export class SqliteBalances {
  readonly #statements: Statements;
  readonly #tenant: string;
  readonly #known = new Map<string, Standing>();
  readonly #unwritten = new Set<Standing>();

  constructor(statements: Statements, tenant: string) {
    this.#statements = statements;
    this.#tenant = tenant;
  }

  /** All or nothing. @throws RangeError where a balance would be more than SQLite holds, which it would cut without a word */
  add(postings: readonly Posting[]): void {
    const moved = new Map<Standing, bigint>();
    for (const { account, currency, amountMinor } of postings) {
      const standing = this.#standing(account, currency);
      moved.set(standing, (moved.get(standing) ?? standing.amountMinor) + amountMinor);
    }
    for (const amountMinor of moved.values()) assertFits(amountMinor);
    for (const [standing, amountMinor] of moved) {
      standing.amountMinor = amountMinor;
      this.#unwritten.add(standing);
    }
  }

  /** Before a commit, and before anybody reads balances. */
  write(): void {
    for (const standing of this.#unwritten) {
      this.#statements.run(
        `INSERT INTO balances (tenant, account, currency, amount_minor) VALUES (?, ?, ?, ?)
         ON CONFLICT (tenant, account, currency) DO UPDATE SET amount_minor = excluded.amount_minor`,
        [this.#tenant, standing.account, standing.currency, standing.amountMinor],
      );
    }
    this.#unwritten.clear();
    if (this.#known.size > KEPT) this.#known.clear();
  }

  #standing(account: string, currency: string): Standing {
    const key = `${account}\n${currency}`;
    let standing = this.#known.get(key);
    if (standing === undefined) {
      standing = { account, currency, amountMinor: this.#read(account, currency) };
      this.#known.set(key, standing);
    }
    return standing;
  }

  #read(account: string, currency: string): bigint {
    const row = this.#statements.get(
      `SELECT CAST(amount_minor AS TEXT) AS amount FROM balances
       WHERE tenant = ? AND account = ? AND currency = ?`,
      [this.#tenant, account, currency],
    );
    return row === undefined ? 0n : BigInt(text(row, "amount"));
  }
}

function assertFits(amountMinor: bigint): void {
  if (BigInt.asIntN(64, amountMinor) !== amountMinor)
    throw new RangeError(`The amount ${amountMinor} exceeds 64 bits.`);
}
