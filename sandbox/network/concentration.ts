import { type Exact, reduce } from "../rating/exact.ts";
import type { PartyId } from "../rating/types.ts";
import type { Flow } from "./flows.ts";

/** What one party paid another in one currency, above zero. */
interface Payment {
  readonly payer: PartyId;
  readonly payee: PartyId;
  readonly currency: string;
  readonly valueMinor: bigint;
}

/** What a party paid and received in one currency, credits taken off, before tax. */
export interface PartyAmount {
  readonly currency: string;
  readonly paidMinor: bigint;
  readonly receivedMinor: bigint;
  /** How much what it received depends on few payers. Absent where it received nothing. */
  readonly concentration?: Exact;
}

/** What all parties together received in one currency. */
export interface CurrencyAmount {
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly payees: number;
  /** How much it went to few of them. */
  readonly concentration: Exact;
}

/** The values that went between parties, by flow and currency, each from who gave to who got. */
export const paymentsOf = (flows: readonly Flow[]): readonly Payment[] =>
  flows.flatMap(({ payer, payee, amounts }) =>
    amounts
      .filter(({ valueMinor }) => valueMinor !== 0n)
      .map(({ currency, valueMinor }) =>
        valueMinor > 0n
          ? { payer, payee, currency, valueMinor }
          : { payer: payee, payee: payer, currency, valueMinor: -valueMinor },
      ),
  );

/** Of each party that paid or received something, by currency. */
export function partyAmounts(payments: readonly Payment[]): ReadonlyMap<PartyId, readonly PartyAmount[]> {
  const paid = Map.groupBy(payments, ({ payer }) => payer);
  const received = Map.groupBy(payments, ({ payee }) => payee);
  const amountsOf = (party: PartyId): PartyAmount[] => {
    const [out, into] = [paid.get(party) ?? [], received.get(party) ?? []];
    return currenciesOf([...out, ...into]).map((currency) => {
      const byPayer = sumsBy("payer", into, currency);
      return {
        currency,
        paidMinor: total(sumsBy("payee", out, currency)),
        receivedMinor: total(byPayer),
        ...(byPayer.length === 0 ? {} : { concentration: herfindahl(byPayer) }),
      };
    });
  };
  return new Map([...paid.keys(), ...received.keys()].map((party) => [party, amountsOf(party)]));
}

export const currencyAmounts = (payments: readonly Payment[]): CurrencyAmount[] =>
  currenciesOf(payments).map((currency) => {
    const received = sumsBy("payee", payments, currency);
    return {
      currency,
      totalMinor: total(received),
      payees: received.length,
      concentration: herfindahl(received),
    };
  });

/**
 * The Herfindahl–Hirschman index: the sum of the squared shares, from 1 over their number (all alike) to 1 (one has all).
 *
 * @param amounts at least one, all above zero
 */
function herfindahl(amounts: readonly bigint[]): Exact {
  const sum = total(amounts);
  return reduce({ n: total(amounts.map((amount) => amount * amount)), d: sum * sum });
}

function sumsBy(side: "payer" | "payee", payments: readonly Payment[], currency: string): readonly bigint[] {
  const sums = new Map<PartyId, bigint>();
  for (const payment of payments)
    if (payment.currency === currency)
      sums.set(payment[side], (sums.get(payment[side]) ?? 0n) + payment.valueMinor);
  return [...sums.values()];
}

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

const currenciesOf = (payments: readonly Payment[]): string[] =>
  [...new Set(payments.map(({ currency }) => currency))].sort();
