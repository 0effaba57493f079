import type { Posting } from "../../ledger/types.ts";
import { text } from "../sql/rows.ts";
import type { Statements } from "./statements.ts";

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
  /** By account; most have one currency. */
  readonly #known = new Map<string, Standing[]>();
  readonly #unwritten = new Set<Standing>();

  constructor(statements: Statements, tenant: string) {
    this.#statements = statements;
    this.#tenant = tenant;
  }

  /** @throws RangeError where a balance is more than SQLite holds, which it would cut without a word */
  add(postings: readonly Posting[]): void {
    for (const { account, currency, amountMinor } of postings) {
      const standing = this.#standing(account, currency);
      standing.amountMinor = fitting(standing.amountMinor + amountMinor);
      this.#unwritten.add(standing);
    }
  }

  /** Before a commit. */
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
    const standings = this.#known.get(account);
    const known = standings?.find((standing) => standing.currency === currency);
    if (known !== undefined) return known;
    const standing = { account, currency, amountMinor: this.#read(account, currency) };
    if (standings === undefined) this.#known.set(account, [standing]);
    else standings.push(standing);
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

function fitting(amountMinor: bigint): bigint {
  if (BigInt.asIntN(64, amountMinor) === amountMinor) return amountMinor;
  throw new RangeError(`The amount ${amountMinor} exceeds 64 bits.`);
}
