import { writeRequest } from "../../specs/engine/catalog/bind.ts";
import { resolvePointer, schemaAt } from "../../specs/engine/catalog/lookup.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { ApiClient, Fields } from "../http/api-client.ts";
import type { Session } from "../session.ts";
import { listAt, textAt, valueAt } from "../views/fields.ts";
import { Identities } from "./identity.ts";
import type { Mapping } from "./mapping.ts";
import type { Row } from "./row.ts";
import { type DeliveryDraft, type DescribeProduct, rowToDelivery } from "./to-delivery.ts";

/** What became of one row. `booked` holds what the API says of the delivery, with its charges where it tells them. */
export type RowResult =
  | { readonly kind: "rated"; readonly booked: Fields }
  | { readonly kind: "known" }
  | { readonly kind: "rejected"; readonly reason: string };

export interface SubmitRowsOptions {
  readonly rows: AsyncIterable<Row>;
  readonly mapping: Mapping;
  readonly describe: DescribeProduct;
  readonly session: Session;
  /** `--batch`: tells genuine twins of another file apart. */
  readonly batch: string | undefined;
  readonly batchSize: number;
  readonly onResult: (row: Row, result: RowResult) => Promise<void>;
}

interface Pending {
  readonly row: Row;
  readonly delivery: DeliveryDraft & { readonly id: string };
}

/**
 * Sends rows in batches, one after the other, since a row may be the parent of a later one. Every delivery has an id that the
 * same row gets again, so a batch can be sent twice, and a run that was cut off be repeated, without booking anything twice.
 */
export async function submitRows(options: SubmitRowsOptions): Promise<void> {
  const { mapping, describe, onResult } = options;
  const identities = new Identities(options.batch);
  const send = senderFor(options.session);
  const size = Math.min(options.batchSize, send.most);
  let pending: Pending[] = [];
  const flush = async (): Promise<void> => {
    const sent = pending;
    pending = [];
    if (sent.length === 0) return;
    const results = await send.all(sent.map(({ delivery }) => delivery));
    for (const [i, { row }] of sent.entries()) {
      const result = results[i] ?? { kind: "rejected", reason: "the answer says nothing about this row" };
      await onResult(row, result);
    }
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
    pending.push({
      row,
      delivery: { ...delivery, id: delivery.id ?? identities.of(row.columns, delivery.product) },
    });
    if (pending.length >= size) await flush();
  }
  await flush();
}

interface Sender {
  /** How many deliveries it takes at once. */
  readonly most: number;
  all(deliveries: readonly Pending["delivery"][]): Promise<readonly RowResult[]>;
}

/** By the batch operation where the spec set has one, else one by one. */
function senderFor(session: Session): Sender {
  const { client } = session;
  if (!client.has("deliveries.submit-batch"))
    return {
      most: 50,
      all: (deliveries) => sequentially(deliveries, (delivery) => submitOne(client, delivery)),
    };
  // A row of a batch is what the body of a single submission would be, in the ecosystem's own field names.
  const single = client.has("deliveries.submit") ? client.operation("deliveries.submit") : undefined;
  const toRow = (delivery: Fields): unknown =>
    single === undefined ? delivery : writeRequest(single, delivery).body;
  return {
    most: largestBatch(session),
    all: (deliveries) =>
      submitBatch(
        client,
        deliveries.map((delivery) => toRow({ ...delivery })),
      ),
  };
}

function largestBatch({ client, catalog }: Session): number {
  const operation = client.operation("deliveries.submit-batch");
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const most = resolvePointer(
    schema === undefined ? undefined : schemaAt(catalog, schema),
    "/properties/deliveries/maxItems",
  );
  return typeof most === "number" ? most : 500;
}

async function submitBatch(client: ApiClient, rows: readonly unknown[]): Promise<readonly RowResult[]> {
  try {
    const { result } = await client.call("deliveries.submit-batch", { deliveries: rows });
    const results: RowResult[] = [];
    for (const row of listAt(result, "results")) {
      const index = valueAt(row, "index");
      if (typeof index === "number") results[index] = rowResult(row);
    }
    return results;
  } catch (cause) {
    if (!(cause instanceof EcoError) || cause.code !== "ECO_BODY_TOO_LARGE" || rows.length < 2) throw cause;
    const half = Math.ceil(rows.length / 2);
    return [
      ...(await submitBatch(client, rows.slice(0, half))),
      ...(await submitBatch(client, rows.slice(half))),
    ];
  }
}

function rowResult(row: Fields): RowResult {
  const outcome = textAt(row, "outcome");
  if (outcome === "rated") return { kind: "rated", booked: row };
  if (outcome === "known") return { kind: "known" };
  const detail = textAt(row, "problem.detail") || textAt(row, "problem.title") || "refused without a reason";
  const places = listAt(row, "problem.errors").map(
    (error) => `${textAt(error, "pointer")} ${textAt(error, "detail")}`,
  );
  return { kind: "rejected", reason: [withCode(detail, textAt(row, "problem.code")), ...places].join("; ") };
}

async function submitOne(client: ApiClient, delivery: Pending["delivery"]): Promise<RowResult> {
  try {
    const { status, result } = await client.call(
      "deliveries.submit",
      { ...delivery },
      { idempotencyKey: delivery.id },
    );
    return status === 200 &&
      client.operation("deliveries.submit").responses.some((response) => response.status === "201")
      ? { kind: "known" }
      : { kind: "rated", booked: result };
  } catch (cause) {
    // What the API says about this one row; everything else (no access, no connection) concerns all of them.
    const status = cause instanceof EcoError ? cause.details["status"] : undefined;
    if (!(cause instanceof EcoError) || (status !== 400 && status !== 409 && status !== 422)) throw cause;
    return { kind: "rejected", reason: withCode(cause.message, cause.code) };
  }
}

function withCode(detail: string, code: string): string {
  return code === "" ? detail : `${detail} (${code})`;
}

async function sequentially<T, R>(items: readonly T[], one: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await one(item));
  return results;
}
