import type { Fact } from "../../measures/facts.ts";
import type { DecisionContext } from "../capability.ts";
import type { MeasuredPeriod } from "./period.ts";

/** What is read of the store for a scorecard, and how far. */
export interface Reading {
  readonly context: DecisionContext;
  readonly period: MeasuredPeriod;
  /** Only records in which this party takes part. */
  readonly party?: string | undefined;
  /** Whether it matters who had been asked for a delivery before its provider: work orders are read for it. */
  readonly withSubstitutes: boolean;
}

/** What one record of the store says, with its place there. */
export interface ReadFacts {
  readonly sequence: number;
  readonly facts: readonly Fact[];
}
