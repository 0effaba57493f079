import type { IssuedLine, IssuedStatement, Reconciled } from "../../sandbox/ledger/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Session } from "../session.ts";
import { textAt } from "../views/fields.ts";
import { readStatements } from "./read-settlement.ts";

/** Why the books have no line for a delivery that the partner has. */
export type Absence = "unknown" | "not-settled" | "cancelled" | "other-period" | "no-part";

export interface BooksQuery {
  readonly party: string;
  readonly currency: string;
  readonly period?: string | undefined;
}

/**
 * The books as a party sees them: its statements, and the lines of months that are still open. Without a period, a month is
 * opened when a figure turns out to be booked in it: who reconciles March isn't told of all that happened since.
 */
export class Books {
  readonly statements: readonly IssuedStatement[];
  readonly #open = new Map<string, readonly IssuedLine[]>();
  /** The deliveries of these lines. */
  readonly #unsettled = new Set<string>();
  /** Months that have no lines to show: closed ones. */
  readonly #shut: Set<string>;
  readonly #absences = new Map<string, Absence>();
  readonly #session: Session;
  readonly #query: BooksQuery;

  private constructor(session: Session, query: BooksQuery, statements: readonly IssuedStatement[]) {
    this.#session = session;
    this.#query = query;
    this.statements = statements;
    this.#shut = new Set(statements.map(({ period }) => period));
  }

  static async read(session: Session, query: BooksQuery): Promise<Books> {
    const all = await readStatements(session, query);
    const statements = all.filter(({ currency }) => currency === query.currency);
    const books = new Books(session, query, statements);
    if (statements.length === 0 && query.period !== undefined) await books.#openMonth(query.period);
    return books;
  }

  /** All that figures can be compared with. */
  get parts(): readonly { readonly lines: readonly IssuedLine[] }[] {
    return [...this.statements, ...[...this.#open.values()].map((lines) => ({ lines }))];
  }

  /** The months that aren't closed yet, of those whose lines were read. */
  get openPeriods(): readonly string[] {
    return [...this.#open.keys()].sort();
  }

  /** Whether a delivery has lines in a month that isn't closed yet. */
  isUnsettled(deliveryId: string): boolean {
    return this.#unsettled.has(deliveryId);
  }

  /** Why a delivery that was missing has no line. */
  absenceOf(deliveryId: string): Absence | undefined {
    return this.#absences.get(deliveryId);
  }

  /** Asks what became of the deliveries that have no line, and reads the open months that they are in: whether there were any. */
  async widen(compared: readonly Reconciled[]): Promise<boolean> {
    for (const { status, deliveryId } of compared) {
      if (status !== "missing-here" || this.#absences.has(deliveryId)) continue;
      const absence = await this.#askFor(deliveryId);
      this.#absences.set(deliveryId, absence);
      if (absence !== "not-settled" || this.#query.period !== undefined) continue;
      const periods = await this.#periodsOf(deliveryId);
      const before = this.#open.size;
      for (const period of periods) await this.#openMonth(period);
      // Where it is missing although its months were read, nothing of it is the party's.
      if (periods.some((period) => this.#open.has(period))) this.#absences.set(deliveryId, "no-part");
      if (this.#open.size > before) return true;
    }
    return false;
  }

  async #askFor(deliveryId: string): Promise<Absence> {
    const { client } = this.#session;
    if (!client.has("deliveries.get")) return "unknown";
    try {
      const { result } = await client.call("deliveries.get", { deliveryId });
      const status = textAt(result, "status");
      if (status === "cancelled") return "cancelled";
      if (status === "settled") return this.#query.period === undefined ? "no-part" : "other-period";
      return "not-settled";
    } catch (cause) {
      // Ids of the partner's own making may be none at all here.
      if (isOneOf(cause, ["ECO_NOT_FOUND", "ECO_REQUEST_INVALID", "ECO_REQUEST_REFUSED"])) return "unknown";
      throw cause;
    }
  }

  /** The months that a delivery was booked in. */
  async #periodsOf(deliveryId: string): Promise<readonly string[]> {
    const periods = new Set<string>();
    const { client } = this.#session;
    if (!client.has("ledger.postings")) return [];
    for await (const posting of client.list("ledger.postings", { deliveryId }))
      periods.add(textAt(posting, "period"));
    return [...periods];
  }

  async #openMonth(period: string): Promise<void> {
    const { client } = this.#session;
    if (this.#open.has(period) || this.#shut.has(period) || !client.has("statements.open")) return;
    const { party, currency } = this.#query;
    const lines: IssuedLine[] = [];
    try {
      for await (const line of client.list("statements.open", { period, party, currency }))
        lines.push(line as object as IssuedLine);
    } catch (cause) {
      if (!isOneOf(cause, ["ECO_PERIOD_CLOSED"])) throw cause;
      this.#shut.add(period);
      return;
    }
    this.#open.set(period, lines);
    for (const { deliveryId } of lines) if (deliveryId !== undefined) this.#unsettled.add(deliveryId);
  }
}

const isOneOf = (cause: unknown, codes: readonly string[]): boolean =>
  cause instanceof EcoError && codes.includes(cause.code);
