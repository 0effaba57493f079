import { operationsByCapability } from "../../../specs/engine/catalog/lookup.ts";
import type { JsonObject, Reader, RecordWrite, StoredRecord } from "../../store/store.ts";
import type { DecisionContext } from "../capability.ts";
import { collections } from "../records.ts";
import { plusMilliseconds, toUtc } from "../time.ts";
import { type CANCEL, MOVE } from "../work-orders/fulfilment-calls.ts";
import type { StoredWorkOrder } from "../work-orders/records.ts";
import { type ForwardedOffer, forwardOf, isUnderWay, offerId, rewritten } from "./forward-records.ts";

/** A build that can't be told for so long isn't told any more. */
const PATIENCE_MS = 72 * 3_600_000;

/**
 * `build-notices/WORKORDERID.VERSION`: what a build that has an order must still be told of it. Those of one order are
 * told one after the other, as they were made.
 */
export interface BuildNotice extends JsonObject {
  readonly workOrderId: string;
  /** Whose turn it was: the provider's place among the attempts, from 1. */
  readonly attempt: number;
  readonly provider: string;
  readonly url: string;
  readonly tells: typeof MOVE | typeof CANCEL;
  /** What the operation is given, beside the order. */
  readonly content: JsonObject;
  readonly tries: number;
  /** What waits is made due by its timer. */
  readonly state: "due" | "waiting";
  /** Wall-clock milliseconds until which nobody else tells it. */
  readonly leasedUntilMs: number;
  /** Virtual time. */
  readonly giveUpAt: string;
}

export type StoredNotice = StoredRecord<BuildNotice>;

export const noticed = (stored: StoredNotice, value: BuildNotice | null): RecordWrite => ({
  collection: collections.buildNotices,
  id: stored.id,
  value,
  expectedVersion: stored.version,
});

/** `held-by-builds/WORKORDERID.ATTEMPT`: a build has taken the order in, or on. Nothing to write where that is known. */
export async function heldByBuild(
  { workOrderId, attempt, provider }: ForwardedOffer,
  read: Reader,
): Promise<readonly RecordWrite[]> {
  const at = { collection: collections.heldByBuilds, id: offerId(workOrderId, attempt) };
  if ((await read.get(at.collection, at.id)) !== undefined) return [];
  return [{ ...at, value: { workOrderId, provider }, expectedVersion: 0 }];
}

/**
 * What follows for the build that answers in the provider's place when somebody else moves the order or calls it off:
 * a build that has the order, or may have it, is told. An offer that it hasn't taken in goes out anew, as it is now.
 */
export async function tellBuild(
  stored: StoredWorkOrder,
  tells: BuildNotice["tells"],
  content: { readonly reason: string; readonly scheduledFor?: string },
  context: DecisionContext,
): Promise<readonly RecordWrite[]> {
  const { read, catalog, caller, now } = context;
  const { value: order, version } = stored;
  const forward = await forwardOf(order.provider, read);
  if (forward === undefined || caller?.party === order.provider) return [];
  const attempt = order.attempts.length;
  const id = offerId(order.id, attempt);
  const offer = await read.get<ForwardedOffer>(collections.forwardedOffers, id);
  const isHeld = (await read.get(collections.heldByBuilds, id)) !== undefined;
  const isBeingAsked = offer !== undefined && isUnderWay(offer.value);
  const wasAsked = isBeingAsked || (offer !== undefined && offer.value.tries > 0);
  if (!isHeld && !wasAsked) return [];
  // Another time is another offer.
  const isAnew = tells === MOVE && offer !== undefined && !offer.value.takenIn;
  const again = isAnew
    ? [rewritten(offer, { ...offer.value, revision: (offer.value.revision ?? 0) + 1 })]
    : [];
  const isSaid = isAnew && !isBeingAsked;
  if (isSaid || operationsByCapability(catalog, tells).length === 0) return again;
  const { reason, scheduledFor } = content;
  const value: BuildNotice = {
    workOrderId: order.id,
    attempt,
    provider: order.provider,
    url: forward.url,
    tells,
    content: {
      ...(scheduledFor === undefined
        ? {}
        : { scheduledFor: toUtc(scheduledFor, catalog.ecosystem.timeZone) ?? scheduledFor }),
      reason,
    },
    tries: 0,
    state: "due",
    leasedUntilMs: 0,
    giveUpAt: plusMilliseconds(now, PATIENCE_MS),
  };
  const notice = {
    collection: collections.buildNotices,
    id: `${id}.${version}`,
    value,
    expectedVersion: 0,
  };
  return [...again, notice];
}
