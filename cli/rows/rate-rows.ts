import type { Delivery, Rating, RatingTotals } from "../../sandbox/rating/index.ts";
import { Identities } from "./identity.ts";
import type { Mapping } from "./mapping.ts";
import type { Row } from "./row.ts";
import { type DescribeProduct, rowToDelivery } from "./to-delivery.ts";

export interface RateRowsOptions {
  readonly rows: AsyncIterable<Row>;
  readonly mapping: Mapping;
  readonly rating: Rating;
  readonly describe: DescribeProduct;
  readonly onRejected: (line: number, reason: string) => void;
  readonly onRow: (count: number) => void;
}

/** Sums over a file, in minor units of one currency: the form that `eco rate --json` prints. */
export type Totals = Omit<RatingTotals, "windows">;

/** Rates rows one by one, as they come; `rejected` counts those that could not be read, mapped or rated. */
export async function rateRows(options: RateRowsOptions): Promise<RatingTotals> {
  const { createSession } = await import("../../sandbox/rating/index.ts");
  const session = createSession(options.rating, { untraced: true });
  const rejected = await takeRows(options, (delivery) => {
    const rated = session.add(delivery);
    return rated.kind === "unrated" ? rated.detail : undefined;
  });
  return { ...session.totals(), rejected };
}

/**
 * Hands each row on as a delivery with its identity.
 * @param take says why it can't use a delivery; undefined where it can.
 * @returns how many rows could not be read, mapped or used.
 */
export async function takeRows(
  options: Omit<RateRowsOptions, "rating">,
  take: (delivery: Delivery) => string | undefined,
): Promise<number> {
  const identities = new Identities();
  const mappedIds = new Set<string>();
  let count = 0;
  let rejected = 0;
  const reject = (line: number, reason: string): void => {
    rejected++;
    options.onRejected(line, reason);
  };
  for await (const row of options.rows) {
    options.onRow(++count);
    if (row.kind === "malformed") {
      reject(row.line, row.problem);
      continue;
    }
    const outcome = rowToDelivery(row.columns, options.mapping, options.describe);
    if (outcome.kind === "rejected") {
      reject(row.line, outcome.reason);
      continue;
    }
    const { delivery } = outcome;
    if (delivery.id !== undefined && mappedIds.has(delivery.id)) {
      reject(row.line, `the id ${delivery.id} stands in the file twice`);
      continue;
    }
    if (delivery.id !== undefined) mappedIds.add(delivery.id);
    const id = delivery.id ?? identities.of(row.columns, delivery.product);
    const reason = take({ ...delivery, id });
    if (reason !== undefined) reject(row.line, reason);
  }
  return rejected;
}
