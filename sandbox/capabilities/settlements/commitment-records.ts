import type { JsonObject, RecordWrite } from "../../store/store.ts";
import type { LegJson } from "../money.ts";
import { collections, partyKey } from "../records.ts";

/**
 * `commitments/AGREEMENT:COMMITMENT:PAYER:PERIOD`, keys `party:…` of payer and payee: what counts towards a commitment of one
 * payer in one of its periods, and what it came to. Running until the month of its last day is closed.
 */
export interface CommitmentRecord extends JsonObject {
  readonly id: string;
  readonly agreement: { readonly id: string; readonly version: string; readonly digest: string };
  readonly commitmentId: string;
  readonly payer: string;
  readonly payee: string;
  readonly currency: string;
  readonly period: string;
  readonly start: string;
  readonly end: string;
  readonly status: "running" | "settled";
  /** What counts towards it, of months that are closed. */
  readonly netMinor: number;
  /** Charged to reach the minimum, or (negative) credited to stay at the maximum; net. */
  readonly adjustmentMinor: number;
  readonly taxMinor: number;
  /** Over its leg; empty while it runs. */
  readonly fingerprint: string;
  readonly internal: {
    readonly netMinorByProduct: { readonly [product: string]: number };
    readonly legs: readonly LegJson[];
    readonly secret: string;
    readonly trace: JsonObject;
    readonly lastBooking?: string;
  };
}

export const commitmentWrite = (commitment: CommitmentRecord, expectedVersion: number): RecordWrite => ({
  collection: collections.commitments,
  id: commitment.id,
  value: commitment,
  expectedVersion,
  keys: [...new Set([commitment.payer, commitment.payee])].map(partyKey),
});

/** As its parties see it: without what it is made of. */
export function viewCommitment({ internal: _, ...shown }: CommitmentRecord): JsonObject {
  const { fingerprint, ...running } = shown;
  return shown.status === "running" ? running : { ...running, fingerprint };
}
