import { writeRequest } from "../../specs/engine/catalog/exchange/bind.ts";
import { resolvePointer, schemaAt } from "../../specs/engine/catalog/lookup.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { ApiClient, Fields } from "../http/api-client.ts";
import type { Session } from "../session.ts";
import { listAt, textAt, valueAt } from "../views/fields.ts";
import type { DeliveryDraft } from "./to-delivery.ts";

export type IdentifiedDelivery = DeliveryDraft & { readonly id: string };

/** What became of one row. */
export type RowResult =
  | { readonly kind: "rated" }
  | { readonly kind: "known" }
  | { readonly kind: "rejected"; readonly reason: string };

export interface Sent {
  /** In the order of the deliveries. */
  readonly results: readonly RowResult[];
  /** What was booked just now, as far as this party may see it: deliveries with their charges, or sums by currency. */
  readonly booked: readonly Fields[];
}

interface Sender {
  /** How many deliveries it takes at once. */
  readonly most: number;
  send(deliveries: readonly IdentifiedDelivery[]): Promise<Sent>;
}

/** By the batch operation where the spec set has one, else one by one. */
export function senderFor(session: Session): Sender {
  const { client } = session;
  if (!client.has("deliveries.submit-batch"))
    return { most: 50, send: (deliveries) => sendEach(client, deliveries) };
  // A row of a batch is what the body of a single submission would be, in the ecosystem's own field names.
  const single = client.has("deliveries.submit") ? client.operation("deliveries.submit") : undefined;
  const toRow = (delivery: IdentifiedDelivery): unknown =>
    single === undefined ? delivery : writeRequest(single, { ...delivery }).body;
  return { most: largestBatch(session), send: (deliveries) => sendBatch(client, deliveries.map(toRow)) };
}

function largestBatch({ client, catalog }: Session): number {
  const operation = client.operation("deliveries.submit-batch");
  const ref = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const schema = ref === undefined ? undefined : schemaAt(catalog, ref);
  const most = resolvePointer(schema, "/properties/deliveries/maxItems");
  return typeof most === "number" ? most : 500;
}

async function sendBatch(client: ApiClient, rows: readonly unknown[]): Promise<Sent> {
  try {
    const { result } = await client.call("deliveries.submit-batch", { deliveries: rows });
    const results: RowResult[] = [];
    for (const row of listAt(result, "results")) {
      const index = valueAt(row, "index");
      if (typeof index === "number") results[index] = rowResult(row);
    }
    return { results, booked: listAt(result, "totals") };
  } catch (cause) {
    if (!(cause instanceof EcoError) || cause.code !== "ECO_BODY_TOO_LARGE" || rows.length < 2) throw cause;
    const half = Math.ceil(rows.length / 2);
    const [first, second] = [
      await sendBatch(client, rows.slice(0, half)),
      await sendBatch(client, rows.slice(half)),
    ];
    return { results: [...first.results, ...second.results], booked: [...first.booked, ...second.booked] };
  }
}

function rowResult(row: Fields): RowResult {
  const outcome = textAt(row, "outcome");
  if (outcome === "rated" || outcome === "known") return { kind: outcome };
  const detail = textAt(row, "problem.detail") || textAt(row, "problem.title") || "refused without a reason";
  return { kind: "rejected", reason: withCode(detail, textAt(row, "problem.code")) };
}

async function sendEach(client: ApiClient, deliveries: readonly IdentifiedDelivery[]): Promise<Sent> {
  const results: RowResult[] = [];
  const booked: Fields[] = [];
  for (const delivery of deliveries) {
    const { result, delivery: answered } = await sendOne(client, delivery);
    results.push(result);
    if (result.kind === "rated" && answered !== undefined) booked.push(answered);
  }
  return { results, booked };
}

async function sendOne(
  client: ApiClient,
  delivery: IdentifiedDelivery,
): Promise<{ readonly result: RowResult; readonly delivery?: Fields }> {
  try {
    const { status, result, operation } = await client.call("deliveries.submit", { ...delivery });
    const tellsKnown = operation.responses.some((response) => response.status === "201");
    return { result: { kind: tellsKnown && status === 200 ? "known" : "rated" }, delivery: result };
  } catch (cause) {
    // What the API says about this one row; everything else (no access, no connection) concerns all of them.
    const status = cause instanceof EcoError ? cause.details["status"] : undefined;
    if (!(cause instanceof EcoError) || (status !== 400 && status !== 409 && status !== 422)) throw cause;
    return { result: { kind: "rejected", reason: withCode(cause.message, cause.code) } };
  }
}

function withCode(detail: string, code: string): string {
  return code === "" ? detail : `${detail} (${code})`;
}
