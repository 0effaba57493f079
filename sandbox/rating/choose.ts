import type { ChargeOutcome } from "./charge.ts";
import type { Book, Offer } from "./compiled.ts";
import type { CompiledEntry } from "./entry.ts";
import type { Exact } from "./exact.ts";
import type { OpenRecourse } from "./legs.ts";
import type { CounterAdvance, RatingContext } from "./outcome.ts";
import { isUnnamed, Refused, roleResolver, type Subject } from "./subject.ts";
import { dayOf, type Moment, readMoment } from "./timing/moment.ts";
import type { Zone } from "./timing/zone.ts";
import type { Delivery, DeliveryPart, PartyId } from "./types.ts";

/** One delivery on its way through the engine. */
export interface Run {
  readonly book: Book;
  readonly delivery: Delivery;
  readonly context: RatingContext | undefined;
  readonly traced: boolean;
  readonly counters: CounterAdvance[];
  readonly open: OpenRecourse[];
  readonly outcomes: ChargeOutcome[];
  /** Stand-ins of the products charged so far: the chain behind a product knows who renders it. */
  readonly standIns: Map<string, StandIns>;
  lastStart: { readonly text: string; readonly zone: Zone; readonly moment: Moment } | undefined;
  prior(key: string): Exact | undefined;
}

/** The agreement and rate card in force for a product on the day of the delivery. */
export function offerFor(run: Run, product: string, pointer = "/product"): Offer {
  const { book, delivery, context } = run;
  const offers = book.sales.get(product);
  if (offers === undefined) {
    throw new Refused(
      "PRODUCT_UNKNOWN",
      `No rate card under an agreement prices the product \`${product}\`.`,
      `Products: ${[...book.sales.keys()].join(", ")}.`,
      pointer,
    );
  }
  for (const offer of offers) {
    const day = dayOf(startOf(run, delivery.startedAt, offer, "").localMs);
    const { agreement, card } = offer;
    if (agreement.inForce(day) && card.inForce(day) && agreement.binds(delivery.customer, context))
      return offer;
  }
  const agreements = [...new Set(offers.map(({ agreement }) => agreement.citation.id))].join(", ");
  throw new Refused(
    "AGREEMENT_NOT_IN_FORCE",
    `No agreement of ${delivery.customer} that covers ${product} was in force on ${delivery.startedAt.slice(0, 10)} (looked at: ${agreements}).`,
    "Check `startedAt` against the dates of the agreement and its rate card, and that the customer has accepted the agreement.",
    "/startedAt",
  );
}

/** The most specific entry whose conditions hold, and the delivery as that entry sees it. */
export function choose(run: Run, offer: Offer, part: DeliveryPart | undefined, pointer: string): Chosen {
  const chosen = tryEntries(run, offer, part, pointer, NOBODY);
  if (chosen !== undefined) {
    run.standIns.set(part?.product ?? run.delivery.product, chosen.entry.content.parties ?? NOBODY);
    return chosen;
  }
  throw new Refused(
    "USAGE_INVALID",
    `No entry of the rate card ${offer.card.citation.id} fits the delivery ${run.delivery.id}: all of them have conditions that don't hold.`,
    "Look at the conditions (`when`) of the product's entries.",
    `${pointer}/usage`,
  );
}

export interface Chosen {
  readonly entry: CompiledEntry;
  readonly subject: Subject;
}

export type StandIns = Readonly<Record<string, PartyId>>;

export const NOBODY: StandIns = {};

/** As `choose`, with stand-ins that another product of the delivery brings; undefined where no entry fits. */
export function tryEntries(
  run: Run,
  offer: Offer,
  part: DeliveryPart | undefined,
  pointer: string,
  others: StandIns,
): Chosen | undefined {
  for (const entry of offer.entries) {
    const own = entry.content.parties;
    const standIns = own === undefined ? others : others === NOBODY ? own : { ...others, ...own };
    const subject = subjectOf(run, offer, part, pointer, standIns);
    if (entry.when === undefined || entry.when(subject)) return { entry, subject };
  }
  return undefined;
}

/** Every entry of an offer with the delivery as it sees it, whether its conditions hold or not. */
export function* subjectsOf(run: Run, offer: Offer): Generator<Chosen> {
  for (const entry of offer.entries) {
    const subject = subjectOf(run, offer, undefined, "", entry.content.parties ?? NOBODY);
    yield { entry, subject };
  }
}

function subjectOf(
  run: Run,
  offer: Offer,
  part: DeliveryPart | undefined,
  pointer: string,
  standIns: StandIns,
): Subject {
  const { delivery } = run;
  const start = startOf(run, part?.startedAt ?? delivery.startedAt, offer, pointer);
  const endText = part === undefined ? delivery.endedAt : (part.endedAt ?? delivery.endedAt);
  const end = endText === undefined ? undefined : readTime(endText, offer, `${pointer}/endedAt`);
  if (end !== undefined && end.epochMs < start.epochMs) throw endsBeforeItStarts(delivery.id, pointer);
  const provider = part === undefined ? delivery.provider : part.provider;
  const day = dayOf(start.localMs);
  return {
    delivery,
    product: part?.product ?? delivery.product,
    pointer,
    usage: part?.usage ?? (part === undefined ? delivery.usage : {}),
    zone: offer.card.zone,
    start,
    end,
    day,
    partyOf: roleResolver(delivery, provider, part?.parties, standIns, offer.agreement.engaged),
    unnamed: (role) => isUnnamed(delivery, provider, part?.parties, role),
    bound: (party, other) =>
      run.book.agreements.some(
        ({ named, inForce, binds }) => inForce(day) && named.has(party) && binds(other, run.context),
      ),
  };
}

function endsBeforeItStarts(id: string, pointer: string): Refused {
  return new Refused(
    "USAGE_INVALID",
    `The delivery ${id} ends before it starts.`,
    "Give an `endedAt` that is not before `startedAt`.",
    `${pointer}/endedAt`,
  );
}

/** Looked at for every agreement and entry of a product, and read once: they share a zone more often than not. */
function startOf(run: Run, text: string, offer: Offer, pointer: string): Moment {
  const known = run.lastStart;
  if (known !== undefined && known.text === text && known.zone === offer.card.zone) return known.moment;
  const moment = readTime(text, offer, `${pointer}/startedAt`);
  run.lastStart = { text, zone: offer.card.zone, moment };
  return moment;
}

function readTime(text: string, { card }: Offer, pointer: string): Moment {
  const moment = readMoment(text, card.zone);
  if (moment !== undefined) return moment;
  throw new Refused(
    "USAGE_INVALID",
    `"${text.slice(0, 40)}" is not a time.`,
    "Write RFC 3339, `2025-03-11T08:30:00+02:00`, or leave the offset out for local time of the rate card's zone.",
    pointer,
  );
}
