import type { PartyId } from "../rating/types.ts";

/** What an account is for. The first three hold what others owe a party, what it owes them, and what it owes or is owed in tax. */
export const purposes = [
  "receivable",
  "payable",
  "tax",
  "revenue",
  "cost",
  "service-credit",
  "prepaid",
  "rounding",
  "settled",
] as const;
export type Purpose = (typeof purposes)[number];

/** An account's name in its parts: `harbour/receivable/nordic-apps`. */
export interface Account {
  readonly party: PartyId;
  readonly purpose: Purpose;
  /** Who is on the other side; absent for accounts that face nobody. */
  readonly counterparty?: PartyId;
}

/** `harbour/receivable/nordic-apps`; `harbour/revenue` for an account that faces nobody. */
export function accountName(party: PartyId, purpose: Purpose, counterparty?: PartyId): string {
  return counterparty === undefined ? `${party}/${purpose}` : `${party}/${purpose}/${counterparty}`;
}

/**
 * The parts of a name that {@link accountName} made.
 * @throws RangeError for a name that no booking of this ledger makes
 */
export function parseAccount(name: string): Account {
  const [party, purpose, counterparty, ...rest] = name.split("/");
  const known = purposes.find((one) => one === purpose);
  if (party === undefined || party === "" || known === undefined || rest.length > 0)
    throw new RangeError(
      `"${name}" is no account: write party/purpose or party/purpose/counterparty, with a purpose of ${purposes.join(", ")}.`,
    );
  return counterparty === undefined ? { party, purpose: known } : { party, purpose: known, counterparty };
}
