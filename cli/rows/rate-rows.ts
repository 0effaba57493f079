import type { Rating, RatingTotals } from "../../sandbox/rating/index.ts";
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
    const rated = session.add({ ...delivery, id });
    if (rated.kind === "unrated") reject(row.line, rated.detail);
  }
  return { ...session.totals(), rejected };
}
