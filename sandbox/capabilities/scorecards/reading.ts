import { pause } from "../../../specs/engine/pause.ts";
import type { Fact } from "../../measures/facts.ts";
import { everyPage } from "../../values/pages.ts";
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

const PAGE = 500;

/** Page after page, and between two of them everybody else has a turn: a scorecard may look at any number of records. */
export async function* inTurns<T extends { readonly sequence: number }>(
  read: (page: { readonly after: number; readonly limit: number }) => Promise<readonly T[]>,
  from = 0,
): AsyncGenerator<T> {
  for await (const page of everyPage(PAGE, read, from)) {
    yield* page;
    if (page.length === PAGE) await pause(0);
  }
}
