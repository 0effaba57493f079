import type { JsonObject, Reader, RecordWrite, StoredRecord } from "../../store/store.ts";
import { findParty } from "../parties/records.ts";
import { collections } from "../records.ts";
import type { WorkOrderRecord } from "../work-orders/records.ts";

/** `forwards/PARTYID`: the build that answers in a stand-in's place. */
export interface ForwardRecord extends JsonObject {
  readonly partyId: string;
  /** Base URL of its fulfilment API. */
  readonly url: string;
}

/** `forwarded-offers/WORKORDERID.ATTEMPT`: an offer that a build hasn't answered yet. */
export interface ForwardedOffer extends JsonObject {
  readonly workOrderId: string;
  readonly attempt: number;
  readonly provider: string;
  readonly url: string;
  /** The build has it and answers later: it is asked what it came to. */
  readonly takenIn: boolean;
  /** How often the order was moved since the build was first asked: what it is asked then is another request. */
  readonly revision?: number;
  /** How often it was asked so far. */
  readonly tries: number;
  /** What waits is made due by its timer. */
  readonly state: "due" | "waiting";
  /** Wall-clock milliseconds until which nobody else asks: whoever claimed it is at it. */
  readonly leasedUntilMs: number;
}

export type StoredForwardedOffer = StoredRecord<ForwardedOffer>;

/** Undefined where the sandbox plays the party itself, or somebody has taken the stand-in's place. */
export async function forwardOf(party: string, read: Reader): Promise<ForwardRecord | undefined> {
  const forward = await read.get<ForwardRecord>(collections.forwards, party);
  if (forward === undefined) return undefined;
  return (await findParty(read, party))?.value.status === "stand-in" ? forward.value : undefined;
}

/** The order that was just offered, for its provider's build. */
export function forwardedOffer(order: WorkOrderRecord, { url }: ForwardRecord): RecordWrite {
  const attempt = order.attempts.length;
  const value: ForwardedOffer = {
    workOrderId: order.id,
    attempt,
    provider: order.provider,
    url,
    takenIn: false,
    tries: 0,
    state: "due",
    leasedUntilMs: 0,
  };
  return {
    collection: collections.forwardedOffers,
    id: offerId(order.id, attempt),
    value,
    expectedVersion: 0,
  };
}

/** Whether the build is being asked; or was, by a process that is gone. */
export const isUnderWay = ({ state, leasedUntilMs }: ForwardedOffer): boolean =>
  state === "due" && leasedUntilMs > 0;

/** Names what one provider is offered: the order, and the provider's place among its attempts. */
export const offerId = (workOrderId: string, attempt: number): string => `${workOrderId}.${attempt}`;

/** Whether the order still waits for the answer of this offer. */
export const waitsFor = (order: WorkOrderRecord | undefined, offer: ForwardedOffer): boolean =>
  order?.status === "offered" && order.attempts.length === offer.attempt;

export const rewritten = (stored: StoredForwardedOffer, value: ForwardedOffer | null): RecordWrite => ({
  collection: collections.forwardedOffers,
  id: stored.id,
  value,
  expectedVersion: stored.version,
});
