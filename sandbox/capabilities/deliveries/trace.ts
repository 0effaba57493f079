import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { canonicalJson, type Rating } from "../../rating/index.ts";
import type { JsonObject } from "../../store/store.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { notFound, objectsIn, refuse } from "../define.ts";
import { withCredits } from "../disputes/money.ts";
import { chargeToJson } from "../money.ts";
import { collections } from "../records.ts";
import { ratingUnder } from "./former-rating.ts";
import { type Accepted, addNew } from "./parties.ts";
import { ratingOf } from "./rating-of.ts";
import { type DeliveryRecord, type Excuses, type RatingBasis, requestOf } from "./records.ts";
import { ruleBookId } from "./rule-book.ts";

const NONE_ASKED: ReadonlyMap<string, string> = new Map();

/** What a rating leans on, noted down while it asks. */
export class BasisInMaking {
  /** Who has accepted what; who hadn't is remembered. */
  readonly accepted: Accepted;
  /** What of its breaches is excused. */
  readonly excused: Excuses | undefined;
  /** What was asked of counters, and answered. */
  priors: ReadonlyMap<string, string> = NONE_ASKED;
  readonly #unbound: string[] = [];

  constructor(accepted: Accepted, excused: Excuses | undefined = undefined) {
    this.excused = excused;
    this.accepted = (agreementId, party, role) => {
      const binds = accepted(agreementId, party, role);
      if (!binds) addNew(this.#unbound, boundName(agreementId, party, role));
      return binds;
    };
  }

  made(catalog: Catalog): RatingBasis {
    return {
      ruleBook: ruleBookId(catalog),
      ...(this.priors.size === 0 ? {} : { priors: Object.fromEntries(this.priors) }),
      ...(this.#unbound.length === 0 ? {} : { unbound: this.#unbound }),
      ...(this.excused === undefined ? {} : { excused: this.excused }),
    };
  }
}

const boundName = (...asked: Parameters<Accepted>): string =>
  asked.filter((name) => name !== undefined).join(" ");

/** `traces/DELIVERYID`: of deliveries that were rated before traces were made again when somebody asks. */
interface TraceRecord extends JsonObject {
  readonly trace: JsonObject;
}

/**
 * The trace of a delivery. It follows from the delivery, the documents and what the rating leaned on, so it isn't kept: it
 * is made by rating once more, and refused where that comes to anything else than what was booked.
 */
export async function traceOf(
  delivery: DeliveryRecord,
  context: DecisionContext,
): Promise<JsonObject | Refusal> {
  const { ruleBook } = delivery.internal;
  if (ruleBook === undefined) {
    const kept = await context.read.get<TraceRecord>(collections.traces, delivery.id);
    return kept === undefined
      ? notFound("trace of delivery", delivery.id)
      : withDisputes(kept.value.trace, delivery);
  }
  const rating = await ratingWith(ruleBook, context);
  const trace = rating && traceAgain(delivery, rating);
  return (
    trace ??
    refuse(
      "ECO_TRACE_UNREPEATABLE",
      `Rating ${delivery.id} again by the documents of then doesn't come to what was booked.`,
    )
  );
}

/** A trace may hold anything, but it says first that it is one. */
export const isRefusal = (outcome: JsonObject | Refusal): outcome is Refusal => outcome["kind"] === "refused";

async function ratingWith(ruleBook: string, { catalog, read }: DecisionContext): Promise<Rating | undefined> {
  if (ruleBook !== ruleBookId(catalog)) return ratingUnder(ruleBook, read);
  const rating = ratingOf(catalog);
  return "kind" in rating ? undefined : rating;
}

function traceAgain(delivery: DeliveryRecord, rating: Rating): JsonObject | undefined {
  const { priors = {}, unbound = [], credits = [], excused, secret } = delivery.internal;
  const rated = rating.rate(requestOf(delivery), {
    prior: (key) => (Object.hasOwn(priors, key) ? priors[key] : undefined),
    accepted: (...asked) => !unbound.includes(boundName(...asked)),
    excused,
    secret,
  });
  if (rated.kind === "unrated") return undefined;
  const credited = withCredits(rated, credits, secret);
  const same =
    credited.fingerprint === delivery.fingerprint &&
    canonicalJson(credited.charges.map(chargeToJson)) === canonicalJson(delivery.charges);
  return same ? withDisputes(rated.trace as JsonObject, delivery) : undefined;
}

/** A trace that was kept tells of the disputes that it knew. */
function withDisputes(trace: JsonObject, { internal: { credits = [] } }: DeliveryRecord): JsonObject {
  if (credits.length === 0) return trace;
  const told = objectsIn(trace["disputes"]);
  const disputes = credits.map(
    ({ disputeId, kind, outcome, amountMinor }) =>
      told.find(({ id }) => id === disputeId) ?? {
        id: disputeId,
        ...(outcome === undefined ? {} : { outcome }),
        kind,
        creditMinor: amountMinor,
      },
  );
  return { ...trace, disputes };
}
