import type { IssuedStatement } from "../issued.ts";
import type { BankAccount } from "./iban.ts";

/** A closed period with its statements, as far as whoever exports it may see them. Plain JSON. */
export interface SettlementExport {
  readonly settlement: ClosedSettlement;
  readonly statements: readonly IssuedStatement[];
  /** What is known of the parties beside their ids; a party that isn't listed goes by its id. */
  readonly parties: readonly PartyDetails[];
}

export interface ClosedSettlement {
  readonly id: string;
  /** `2025-03`. */
  readonly period: string;
  /** RFC 3339, UTC. */
  readonly closedAt: string;
  /** Positive is owed to the party, in minor units. */
  readonly positions: readonly {
    readonly party: string;
    readonly currency: string;
    readonly amountMinor: number;
  }[];
}

export interface PartyDetails {
  readonly id: string;
  readonly name: string;
  readonly taxId?: string;
  readonly bankAccount?: BankAccount;
}

export function nameOf(parties: readonly PartyDetails[], id: string): string {
  return parties.find((party) => party.id === id)?.name ?? id;
}
