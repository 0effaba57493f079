import type { Session } from "../session.ts";
import { Identities } from "./identity.ts";
import type { Mapping } from "./mapping.ts";
import type { Row } from "./row.ts";
import { type IdentifiedDelivery, type RowResult, type Sent, senderFor } from "./send-deliveries.ts";
import { type DescribeProduct, rowToDelivery } from "./to-delivery.ts";

export interface SubmitRowsOptions {
  readonly rows: AsyncIterable<Row>;
  readonly mapping: Mapping;
  readonly describe: DescribeProduct;
  readonly session: Session;
  /** `--batch`: tells genuine twins of another file apart. */
  readonly batch: string | undefined;
  readonly batchSize: number;
  readonly onResult: (row: Row, result: RowResult) => Promise<void>;
  /** A batch was answered, after its rows were reported. */
  readonly onSent: (sent: Sent) => void;
}

interface Pending {
  readonly row: Row;
  readonly delivery: IdentifiedDelivery;
}

/**
 * Sends rows in batches, one after the other, since a row may be the parent of a later one. Every delivery has an id that
 * the same row gets again, so a batch can be sent twice, and a run that was cut off be repeated, without booking anything twice.
 */
export async function submitRows(options: SubmitRowsOptions): Promise<void> {
  const { mapping, describe, onResult } = options;
  const identities = new Identities(options.batch);
  const sender = senderFor(options.session);
  const size = Math.min(options.batchSize, sender.most);
  let pending: Pending[] = [];
  const flush = async (): Promise<void> => {
    if (pending.length === 0) return;
    const batch = pending;
    pending = [];
    const sent = await sender.send(batch.map(({ delivery }) => delivery));
    for (const [i, { row }] of batch.entries()) {
      await onResult(
        row,
        sent.results[i] ?? { kind: "rejected", reason: "the answer says nothing about this row" },
      );
    }
    options.onSent(sent);
  };
  for await (const row of options.rows) {
    if (row.kind === "malformed") {
      await onResult(row, { kind: "rejected", reason: row.problem });
      continue;
    }
    const outcome = rowToDelivery(row.columns, mapping, describe);
    if (outcome.kind === "rejected") {
      await onResult(row, { kind: "rejected", reason: outcome.reason });
      continue;
    }
    const { delivery } = outcome;
    const id = delivery.id ?? identities.of(row.columns, delivery.product);
    pending.push({ row, delivery: { ...delivery, id } });
    if (pending.length >= size) await flush();
  }
  await flush();
}
