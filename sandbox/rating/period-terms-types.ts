import type { Citation, CommitmentContent } from "./documents.ts";
import type { RoundingMode } from "./rounding.ts";
import type { TaxRate } from "./tax.ts";
import type { PartyId } from "./types.ts";

/** Who is bound by a term: the parties that the agreement names, and whoever accepts it in an open role. */
export interface Bond {
  readonly payee: PartyId;
  readonly named: readonly PartyId[];
  /** The role that is open to whoever accepts; undefined where none is. */
  readonly openRole: string | undefined;
}

export interface CommitmentTerm extends Bond {
  readonly content: CommitmentContent;
  /** The agreement and the clause, as a trace cites them. */
  readonly cited: Citation & { readonly clause: string };
  /** The tax on a day, and the rate card whose table has it; undefined where the table has a gap there. */
  taxOn(day: number): CommitmentTax | undefined;
}

export interface CommitmentTax {
  readonly rate: TaxRate;
  readonly authority: PartyId | undefined;
  /** Absent where nothing is taxed. */
  readonly rateCard?: Citation;
}

export interface PrepaidTerm extends Bond {
  readonly id: string;
  readonly title: string | undefined;
  /** What is on it to begin with, for payers that the agreement names. */
  readonly openingMinor: bigint;
  /** Days on which what it pays for was delivered; infinite where it has no start or end. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** What of an agreement's version binds a period instead of each charge. */
export interface PeriodTerms {
  readonly agreement: Citation;
  readonly currency: string;
  readonly scale: number;
  readonly mode: RoundingMode;
  readonly commitments: readonly CommitmentTerm[];
  /** In the order in which they are drawn. */
  readonly prepaid: readonly PrepaidTerm[];
  /** Whether it was in force on any of these days. */
  inForceWithin(firstDay: number, lastDay: number): boolean;
}
