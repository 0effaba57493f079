import type { Leg, PeriodTerms } from "../../rating/index.ts";
import { parseDay } from "../../rating/timing/moment.ts";
import { boundsOf, type Period, periodOf } from "../../rating/timing/period.ts";
import type { Reader } from "../../store/store.ts";
import { type Booking, bookingOf } from "../deliveries/bookings.ts";

/** What was booked under an agreement between two parties, for one product, on days that no term tells apart. */
export interface Usage {
  readonly agreementId: string;
  readonly payer: string;
  readonly payee: string;
  readonly currency: string;
  readonly product: string;
  /** Any of these days. */
  readonly day: number;
  readonly netMinor: bigint;
  readonly payableMinor: bigint;
}

/** A leg of a booking, or as JSON keeps it. */
type CountedLeg = Pick<Leg, "kind" | "payer" | "payee" | "currency" | "product"> & {
  readonly netMinor: bigint | number;
  readonly payableMinor: bigint | number;
};

/**
 * Gathers, booking by booking, what counts towards the commitments of agreements and what prepaid balances pay for. What it keeps
 * grows with payers, products and periods, not with deliveries.
 */
export class TermUsage {
  readonly #read: Reader;
  readonly #agreements: ReadonlyMap<string, DayCutter>;
  readonly #usage = new Map<string, { -readonly [K in keyof Usage]: Usage[K] }>();

  constructor(terms: readonly PeriodTerms[], read: Reader) {
    this.#read = read;
    this.#agreements = new Map(
      [...Map.groupBy(terms, ({ agreement }) => agreement.id)].map(([id, versions]) => [
        id,
        new DayCutter(versions),
      ]),
    );
  }

  get all(): readonly Usage[] {
    return [...this.#usage.values()];
  }

  /** Counts what a booking changes: the day or the agreement of a delivery may be another one than it was. */
  async visit(booking: Booking): Promise<void> {
    const { agreementId = "", day = "", former, previous } = booking;
    if (this.#agreements.size === 0) return;
    const before =
      former === undefined || previous === undefined ? undefined : await bookingOf(previous, this.#read);
    const hasMoved = before !== undefined && (before.agreementId !== agreementId || before.day !== day);
    if (hasMoved && former !== undefined) {
      this.#count(before.agreementId ?? "", before.day ?? "", former.legs, -1n);
      this.#count(agreementId, day, former.legs, 1n);
    }
    this.#count(agreementId, day, booking.legs, 1n);
  }

  #count(agreementId: string, day: string, legs: readonly CountedLeg[], sign: bigint): void {
    const cutter = this.#agreements.get(agreementId);
    if (cutter === undefined) return;
    const { first, name } = cutter.cut(day);
    for (const leg of legs) {
      if (leg.kind !== "sale") continue;
      const { payer, payee, currency, product } = leg;
      const key = `${agreementId}\n${payer}\n${payee}\n${currency}\n${product}\n${name}`;
      let known = this.#usage.get(key);
      if (known === undefined) {
        known = { agreementId, payer, payee, currency, product, day: first, netMinor: 0n, payableMinor: 0n };
        this.#usage.set(key, known);
      }
      known.netMinor += sign * BigInt(leg.netMinor);
      known.payableMinor += sign * BigInt(leg.payableMinor);
    }
  }
}

/** Cuts the calendar where a commitment's period ends, or a balance begins or ends to be valid, and at the end of each month. */
class DayCutter {
  readonly #periods: readonly Period[];
  readonly #edges: readonly number[];
  readonly #known = new Map<string, { readonly name: string; readonly first: number }>();

  constructor(versions: readonly PeriodTerms[]) {
    const periods = versions.flatMap(({ commitments }) => commitments.map(({ content }) => content.period));
    this.#periods = [...new Set<Period>(["month", ...periods])];
    const edges = versions.flatMap(({ prepaid }) =>
      prepaid.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay + 1]),
    );
    this.#edges = [...new Set(edges)].filter(Number.isFinite).sort((a, b) => a - b);
  }

  cut(text: string): { readonly name: string; readonly first: number } {
    let cut = this.#known.get(text);
    if (cut === undefined) {
      const day = parseDay(text) ?? 0;
      const edge = this.#edges.findLastIndex((each) => each <= day);
      const starts = this.#periods.map((period) => boundsOf(day, period).first);
      const first = Math.max(...starts, this.#edges[edge] ?? Number.NEGATIVE_INFINITY);
      const name = [...this.#periods.map((period) => periodOf(day, period)), edge].join(" ");
      cut = { name, first };
      this.#known.set(text, cut);
    }
    return cut;
  }
}
