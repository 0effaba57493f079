import type { JsonObject } from "../../store/store.ts";

/** `settlements/SETTLEMENTID` */
export interface SettlementRecord extends JsonObject {
  readonly id: string;
  readonly period: string;
  readonly status: "closed";
  readonly closedAt: string;
  readonly positions: readonly {
    readonly party: string;
    readonly amountMinor: number;
    readonly currency: string;
  }[];
  /** Statements in the order of the parties, with whose they are. */
  readonly issued: readonly { readonly id: string; readonly party: string }[];
}
