import type { JsonObject, Reader } from "../../store/store.ts";
import { maySee, viewpoint } from "../access.ts";
import type { Capability, DecisionContext, Refusal } from "../capability.ts";
import { cursorMark, foreignCursor, markedCursor, readPlace } from "../cursor.ts";
import { answer, define, notFound, optional, optionalText, pageFields, required, text } from "../define.ts";
import type { ChargeJson } from "../money.ts";
import { readLimit } from "../page.ts";
import { collections } from "../records.ts";
import { chargeParties, type DeliveryRecord, viewCharge } from "./records.ts";

/** A place in the order of charges: a delivery's, and how many of its charges are behind. */
interface Place {
  readonly sequence: number;
  readonly charges: number;
}

const textOf = ({ sequence, charges }: Place): string => `${sequence.toString(36)}-${charges.toString(36)}`;

function placeIn(input: JsonObject, mark: string): Place | Refusal {
  const place = readPlace(input, mark);
  if (typeof place === "object") return place;
  if (place === undefined) return { sequence: 0, charges: 0 };
  const found = /^([0-9a-z]{1,11})-([0-9a-z]{1,4})$/.exec(place);
  const [sequence, charges] = (found?.slice(1) ?? []).map((part) => Number.parseInt(part, 36));
  return sequence !== undefined && charges !== undefined ? { sequence, charges } : foreignCursor();
}

const list = define({
  name: "charges.list",
  summary: "What the caller pays, is paid, or has a share in.",
  input: { ...pageFields, deliveryId: optional("text", "Only charges of this delivery.") },
  async decide(input, context) {
    const mark = cursorMark(context.operationId, input, context);
    const from = placeIn(input, mark);
    if ("kind" in from) return from;
    const deliveryId = optionalText(input, "deliveryId");
    const deliveries =
      deliveryId === undefined ? deliveriesFrom(from, context) : theDelivery(deliveryId, context.read);
    const { items, next } = await pageOfCharges(deliveries, from, readLimit(input), context);
    return answer({ items, ...(next === undefined ? {} : { nextCursor: markedCursor(textOf(next), mark) }) });
  },
});

interface Found {
  readonly sequence: number;
  readonly value: DeliveryRecord;
}

/** Charges are parts of deliveries: what of each the caller may see, from a place on. */
async function pageOfCharges(
  deliveries: AsyncIterable<Found>,
  from: Place,
  limit: number,
  context: DecisionContext,
): Promise<{ readonly items: JsonObject[]; readonly next?: Place }> {
  const items: JsonObject[] = [];
  for await (const { sequence, value } of deliveries) {
    const behind = sequence === from.sequence ? from.charges : 0;
    for (const [index, charge] of value.charges.entries()) {
      if (index < behind || !maySee(context, chargeParties(charge))) continue;
      if (items.length === limit) return { items, next: { sequence, charges: index } };
      items.push(viewCharge(charge, viewpoint(context)));
    }
  }
  return { items };
}

async function* theDelivery(id: string, read: Reader): AsyncGenerator<Found> {
  const stored = await read.get<DeliveryRecord>(collections.deliveries, id);
  if (stored !== undefined) yield stored;
}

const DELIVERIES_AT_ONCE = 100;

async function* deliveriesFrom({ sequence }: Place, context: DecisionContext): AsyncGenerator<Found> {
  const party = viewpoint(context);
  for (let after = Math.max(sequence - 1, 0); ; ) {
    const page = await context.read.list<DeliveryRecord>({
      collection: collections.deliveries,
      ...(party === undefined ? {} : { party }),
      after,
      limit: DELIVERIES_AT_ONCE,
    });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < DELIVERIES_AT_ONCE) return;
    after = last.sequence;
  }
}

const get = define({
  name: "charges.get",
  summary: "One charge with its split, service credit, recourse and tax.",
  input: { chargeId: required("text", "The charge.") },
  async decide(input, context) {
    const id = text(input, "chargeId");
    const charge = await findCharge(id, context.read);
    return charge === undefined || !maySee(context, chargeParties(charge))
      ? notFound("charge", id)
      : answer(viewCharge(charge, viewpoint(context)));
  },
});

/** A charge is named after its delivery: `DELIVERYID.0`. */
async function findCharge(id: string, read: Reader): Promise<ChargeJson | undefined> {
  const deliveryId = id.slice(0, Math.max(id.lastIndexOf("."), 0));
  const delivery = await read.get<DeliveryRecord>(collections.deliveries, deliveryId);
  return delivery?.value.charges.find((charge) => charge.id === id);
}

export const chargeCapabilities: readonly Capability[] = [list, get];
