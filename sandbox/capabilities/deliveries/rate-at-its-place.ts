import type { Rated, Rating, RatingOutcome, Unrated } from "../../rating/index.ts";
import { after, type Soon } from "../../values/soon.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { refuse } from "../define.ts";
import { CounterBook } from "./counters.ts";
import { acceptancesOf, addNew, partiesOf } from "./parties.ts";
import type { DeliveryRequest, Excuses, RatingBasis, StoredDelivery } from "./records.ts";
import type { Surroundings } from "./surroundings.ts";
import { BasisInMaking } from "./trace.ts";

/** What deliveries are rated with. */
export interface Means {
  readonly rating: Rating;
  readonly context: DecisionContext;
  readonly around: Surroundings;
}

export interface Placed {
  readonly kind: "placed";
  readonly rated: Rated;
  readonly order: string;
  /** What was looked at of its counters; undefined for a new one that asked for none. */
  readonly book: CounterBook | undefined;
  readonly secret: string;
  readonly basis: RatingBasis;
}

/** Rates with what stands before the delivery in the total order. Changes nothing, so quotes use it too. */
export function rateAtItsPlace(
  request: DeliveryRequest,
  means: Means,
  stored?: StoredDelivery,
  excused = stored?.value.internal.excused,
): Soon<Placed | Refusal> {
  const { rating, around } = means;
  const order = orderOf(request, rating);
  if (typeof order !== "string") return order;
  const concerned = partiesOf(request, rating);
  const known = around.parties.lookUpAgreements(concerned);
  return after(known, () => rateAmong({ concerned, order, excused }, request, means, stored));
}

/** What a rating starts from. */
interface Start {
  /** What these parties accepted was looked up. */
  readonly concerned: readonly string[];
  readonly order: string;
  readonly excused: Excuses | undefined;
}

function rateAmong(
  { concerned, order, excused }: Start,
  request: DeliveryRequest,
  { rating, context, around }: Means,
  stored: StoredDelivery | undefined,
): Soon<Placed | Refusal> {
  const basis = new BasisInMaking(acceptancesOf(concerned, around.parties), excused);
  const secret = context.newSecret();
  // Nobody reads the trace of a first rating; credits look into it for the way of rounding.
  const untraced = stored?.value.internal.credits === undefined;
  const rate = (prior: (key: string) => string | undefined): RatingOutcome =>
    rating.rate(request, { prior, accepted: basis.accepted, excused, secret, untraced });
  // What is asked for doesn't depend on what is answered; where nothing is, as for most products, the first rating stands.
  const asked: string[] = [];
  const first = rate((key) => {
    addNew(asked, key);
    return undefined;
  });
  const book = bookBeside(request, order, context, stored);
  if (asked.length === 0) return placed(first, { order, book, secret }, basis, context);
  const counters = book ?? new CounterBook(context.read);
  return after(priorsAt(counters, asked, order, stored === undefined), (priors) => {
    basis.priors = priors;
    const again = rate((key) => priors.get(key));
    return placed(again, { order, book: counters, secret }, basis, context);
  });
}

/** The counters without the delivery itself, where it is in them. */
function bookBeside(
  { id }: DeliveryRequest,
  order: string,
  { read }: DecisionContext,
  stored: StoredDelivery | undefined,
): CounterBook | undefined {
  if (stored === undefined) return undefined;
  const book = new CounterBook(read);
  book.change(id, { order, counters: [] });
  return book;
}

function placed(
  outcome: RatingOutcome,
  place: Pick<Placed, "order" | "book" | "secret">,
  basis: BasisInMaking,
  { catalog }: DecisionContext,
): Placed | Refusal {
  if (outcome.kind === "unrated") return refuseUnrated(outcome);
  const { order, book, secret } = place;
  return { kind: "placed", rated: outcome, order, book, secret, basis: basis.made(catalog) };
}

/** Its place in the total order, or why it has none. */
function orderOf(request: DeliveryRequest, rating: Rating): string | Refusal {
  const unknown = unknownProduct(request, rating);
  if (unknown !== undefined) return refuseProduct(unknown, rating);
  return (
    rating.order(request) ??
    refuse("ECO_USAGE_INVALID", "The times of the delivery can't be read.", [
      { pointer: "#/startedAt", detail: "must be RFC 3339, or a local time in the rate card's zone" },
    ])
  );
}

function unknownProduct({ product, parts = [] }: DeliveryRequest, rating: Rating): string | undefined {
  if (rating.describe(product) === undefined) return product;
  return parts.find((part) => rating.describe(part.product) === undefined)?.product;
}

/** For a new delivery after all others the stored sum will do; anything else looks at each. */
async function priorsAt(
  book: CounterBook,
  keys: readonly string[],
  order: string,
  isNew: boolean,
): Promise<Map<string, string>> {
  const inOrder = isNew && (await book.isLast(keys, order));
  const priors = new Map<string, string>();
  for (const key of keys) {
    priors.set(
      key,
      inOrder ? ((await book.record(key))?.value.quantity ?? "0") : await book.prior(key, order),
    );
  }
  return priors;
}

/** That no rate card prices a product. */
export const refuseProduct = (product: string, { products }: Rating): Refusal =>
  refuse("ECO_PRODUCT_UNKNOWN", `No rate card prices the product ${JSON.stringify(product)}.`, [
    { pointer: "#/product", detail: `must be one of ${products.join(", ")}` },
  ]);

export function refuseUnrated(unrated: Unrated): Refusal {
  const code = `ECO_${unrated.code}`;
  const errors =
    unrated.pointer === undefined
      ? undefined
      : [{ pointer: `#${unrated.pointer}`, detail: `${unrated.detail} ${unrated.fix}`.trim() }];
  return refuse(code, unrated.detail, errors);
}
