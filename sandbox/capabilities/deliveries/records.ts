import type { Delivery } from "../../rating/index.ts";
import type { JsonObject, RecordWrite, StoredRecord } from "../../store/store.ts";
import { viewpoint } from "../access.ts";
import type { DecisionContext } from "../capability.ts";
import { pick } from "../define.ts";
import { digestJson } from "../digest.ts";
import type { ChargeJson, LegJson } from "../money.ts";
import { collections } from "../records.ts";
import { CONTENT_FIELDS, REQUEST_FIELDS } from "./fields.ts";

export type DeliveryStatus = "rated" | "corrected" | "cancelled" | "disputed" | "settled";

/** A delivery as it was submitted, with the times that rating resolved. Plain JSON. */
export type DeliveryRequest = JsonObject & Delivery;

/**
 * `deliveries/DELIVERYID`, for everybody who takes part, with a key `counter:…` for each counter that it fills and `parent:…` for the delivery that it is part of. Its trace is
 * made again from it whenever somebody asks (`trace.ts`), its legs stand in its booking.
 */
export interface DeliveryRecord extends JsonObject {
  readonly id: string;
  readonly product: string;
  readonly customer: string;
  readonly provider?: string;
  readonly parent?: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly usage: JsonObject;
  readonly status: DeliveryStatus;
  readonly charges: readonly ChargeJson[];
  readonly currency: string;
  readonly netMinor: number;
  readonly serviceCreditMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly agreement: JsonObject;
  readonly rateCard: JsonObject;
  readonly fingerprint: string;
  readonly ratedAt: string;
  /** What isn't shown: how it is known again, rated again, booked and corrected. */
  readonly internal: DeliveryInternals;
}

export interface DeliveryInternals extends JsonObject, RatingBasis, Submitted {
  /** The request named no provider: the one that is shown is the rate card's. */
  readonly providerOfCard?: true;
  /** Its legs as they stand, where they aren't just what its last booking booked. */
  readonly legs?: readonly LegJson[];
  /** From which the salts of its fingerprint come; never shown. */
  readonly secret: string;
  readonly counters: readonly { readonly key: string; readonly quantity: string }[];
  /** Place in the total order of deliveries, by time and id. */
  readonly order: string;
  readonly participants: readonly string[];
  readonly submittedBy: string;
  readonly serviceLevels: readonly JsonObject[];
  /** The accounting period of its time. */
  readonly period: string;
  /** The accounting period into which it was booked last; settled once that is closed. */
  readonly bookedIn: string;
  /** The id of that booking; from it the earlier ones are found. */
  readonly lastBooking?: string;
  /** Somebody put right what was submitted first; that another delivery moved its tier is none of that. */
  readonly amended?: true;
  /** What disputes gave back; a correction gives it back again. */
  readonly credits?: readonly DisputeCredit[];
}

/**
 * By what a delivery is known when it is submitted again: the same id with other content is a conflict. What isn't here
 * stands in the record as it was submitted.
 */
export interface Submitted {
  /** Over the content as it came first, once a correction has put another in its place. */
  readonly contentDigest?: string;
  /** As they came, where rating resolved them to another text. */
  readonly submittedTimes?: { readonly startedAt: string; readonly endedAt?: string };
}

/** What a rating leaned on beside the delivery itself: with it, the same rating can be made again. */
export interface RatingBasis {
  /** The rate cards and agreements: `rule-books/ID`. Absent for deliveries of databases that kept the trace itself. */
  readonly ruleBook?: string;
  /** What deliveries before it had put into the counters that it asked for. */
  readonly priors?: { readonly [counter: string]: string };
  /** The parties, each as `AGREEMENT PARTY`, that were asked for and hadn't accepted. */
  readonly unbound?: readonly string[];
  /** Breaches that give no credit, by service level, each with the incident that excuses it. */
  readonly excused?: Excuses;
}

/** Service level → incident. */
export type Excuses = { readonly [serviceLevel: string]: string };

/** What an upheld dispute moved on a delivery, in minor units. */
export interface DisputeCredit extends JsonObject {
  readonly disputeId: string;
  readonly openedBy: string;
  /** `customer`: net given back to who pays; `recourse`: recourse taken off the party that disputed it. */
  readonly kind: "customer" | "recourse";
  readonly outcome?: string;
  readonly amountMinor: number;
}

export type StoredDelivery = StoredRecord<DeliveryRecord>;

/** What was asked to be rated, last; corrections start from it. */
export function requestOf(delivery: DeliveryRecord): DeliveryRequest {
  const { provider, ...rest } = pick(delivery, REQUEST_FIELDS);
  const own =
    delivery.internal.providerOfCard === true
      ? rest
      : { ...rest, ...(provider === undefined ? {} : { provider }) };
  return own as DeliveryRequest;
}

/** Over what is delivered, whatever id it goes by. */
export const digestOfContent = (request: DeliveryRequest): string =>
  digestJson(pick(request, CONTENT_FIELDS));

/** Over the content of a delivery as it came first. */
export function digestOfSubmitted(delivery: DeliveryRecord): string {
  const { contentDigest, submittedTimes } = delivery.internal;
  return contentDigest ?? digestOfContent({ ...requestOf(delivery), ...submittedTimes } as DeliveryRequest);
}

export function deliveryWrite(delivery: DeliveryRecord, expectedVersion: number): RecordWrite {
  const { participants, counters } = delivery.internal;
  const { parent } = delivery;
  return {
    collection: collections.deliveries,
    id: delivery.id,
    value: delivery,
    expectedVersion,
    parties: participants,
    keys:
      counters.length === 0 && parent === undefined
        ? NO_KEYS
        : [
            ...counters.map((counter) => `counter:${counter.key}`),
            ...(parent === undefined ? [] : [partsKey(parent)]),
          ],
  };
}

const NO_KEYS: readonly string[] = [];

/** The key under which the deliveries that are part of one are found. */
export const partsKey = (parent: string): string => `parent:${parent}`;

/**
 * Everybody whose own a charge is. A company behind the provider to which only recourse comes down is not among them:
 * it finds the recourse as the service credit of its own purchase, and what the customer pays is not its business.
 */
export const chargeParties = (charge: ChargeJson): string[] => [
  ...new Set([charge.payer, charge.payee, ...charge.shares.map((share) => share.party)]),
];

/** Whether a charge is a party's own: it pays, it is paid, or it has a share. */
export const chargeInvolves = ({ payer, payee, shares }: ChargeJson, party: string): boolean =>
  payer === party || payee === party || shares.some((share) => share.party === party);

/** A charge as a party sees it: of the shares and the recourse only what is its own. */
export function viewCharge(charge: ChargeJson, party: string | undefined): ChargeJson {
  if (party === undefined || charge.payee === party) return charge;
  return {
    ...charge,
    shares: charge.shares.filter((share) => share.party === party),
    recourse: charge.recourse.filter((recourse) => recourse.party === party || recourse.to === party),
  };
}

/**
 * A delivery as the caller sees it: its own charges, and the totals over them. Who has no part in the sale (a supplier
 * behind a complementor) is shown the totals of its own charges, not what the customer pays. Booked into a period that
 * is `closed` by now, it is settled.
 */
export function viewDelivery(
  delivery: DeliveryRecord,
  context: DecisionContext,
  closed: ReadonlySet<string> = NONE_CLOSED,
): JsonObject {
  const party = viewpoint(context);
  const settles = delivery.status === "rated" || delivery.status === "corrected";
  const status = settles && closed.has(delivery.internal.bookedIn) ? "settled" : delivery.status;
  if (party === undefined) return shownAs(delivery, status, delivery.charges, delivery);
  const own = delivery.charges.filter((charge) => chargeInvolves(charge, party));
  const charges = own.map((charge) => viewCharge(charge, party));
  const seesSale = own.some((charge) => charge.side === "sale");
  return shownAs(delivery, status, charges, seesSale ? delivery : totalsOf(own));
}

type Totals = Pick<DeliveryRecord, "netMinor" | "serviceCreditMinor" | "taxMinor" | "payableMinor">;

/** Written out member by member: to leave some out of a copy, or to lay others over it, takes many times as long. */
function shownAs(
  delivery: DeliveryRecord,
  status: DeliveryStatus,
  charges: readonly ChargeJson[],
  totals: Totals,
): JsonObject {
  const { provider, endedAt } = delivery;
  return {
    id: delivery.id,
    ...pick(delivery, SHOWN_OF_REQUEST),
    product: delivery.product,
    customer: delivery.customer,
    ...(provider === undefined ? {} : { provider }),
    usage: delivery.usage,
    startedAt: delivery.startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    status,
    charges,
    currency: delivery.currency,
    netMinor: totals.netMinor,
    serviceCreditMinor: totals.serviceCreditMinor,
    taxMinor: totals.taxMinor,
    payableMinor: totals.payableMinor,
    agreement: delivery.agreement,
    rateCard: delivery.rateCard,
    fingerprint: delivery.fingerprint,
    ratedAt: delivery.ratedAt,
  };
}

/** Of those that a request may have; the others are set anew when it is rated. */
export const SHOWN_OF_REQUEST = ["parties", "beneficiary", "parent", "parts"];

/** All that a delivery may be shown with. */
export const SHOWN_FIELDS: readonly string[] = [
  "id",
  ...SHOWN_OF_REQUEST,
  "product",
  "customer",
  "provider",
  "usage",
  "startedAt",
  "endedAt",
  "status",
  "charges",
  "currency",
  "netMinor",
  "serviceCreditMinor",
  "taxMinor",
  "payableMinor",
  "agreement",
  "rateCard",
  "fingerprint",
  "ratedAt",
];

const NONE_CLOSED: ReadonlySet<string> = new Set();

function totalsOf(charges: readonly ChargeJson[]): Totals {
  const sum = (amount: (charge: ChargeJson) => number) =>
    charges.reduce((total, charge) => total + amount(charge), 0);
  return {
    netMinor: sum((charge) => charge.netMinor),
    serviceCreditMinor: sum((charge) => charge.serviceCreditMinor),
    taxMinor: sum((charge) => charge.taxMinor),
    payableMinor: sum((charge) => charge.payableMinor),
  };
}
