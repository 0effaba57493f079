import { checkDocuments } from "./checks/index.ts";
import type { Book, CompiledAgreement, CompiledCard, Offer } from "./compiled.ts";
import { minorUnits } from "./currency.ts";
import { describeProduct } from "./describe.ts";
import type { AgreementContent, Citation, RateCardContent } from "./documents.ts";
import { compileEntry } from "./entry.ts";
import { baseOf, inheritedCard } from "./inherit.ts";
import { knownMeasures } from "./known-measures.ts";
import type { CompileOutcome, Rating, RatingDocument, RatingDocuments, RatingFinding } from "./outcome.ts";
import { compilePeriodTerms } from "./period-terms.ts";
import { rateDelivery, refuseProviderOf } from "./rate.ts";
import { compileServiceLevel } from "./service-level.ts";
import { compileTax } from "./tax.ts";
import { readMoment } from "./timing/moment.ts";
import { zoneOf } from "./timing/zone.ts";
import { compileValidity } from "./validity.ts";

/**
 * Compiles rate cards and agreements once, so that a delivery costs no look-up in documents.
 * Documents that contradict themselves are refused with findings that name the clause; warnings come along.
 */
export function compileRating(documents: RatingDocuments): CompileOutcome {
  const findings = checkDocuments(documents);
  if (findings.some(({ severity }) => severity === "error")) return { kind: "refused", findings };
  const broken: RatingFinding[] = [];
  const cards = documents.rateCards.flatMap((document) =>
    attempt(() => compileCard(document, documents.rateCards), broken, {
      document: document.path,
      pointer: "",
      what: "The rate card",
    }),
  );
  const agreements = documents.agreements.map(compileAgreement);
  const book = makeBook(cards, agreements, broken);
  if (broken.length > 0) return { kind: "refused", findings: [...findings, ...broken] };
  return { kind: "compiled", rating: createRating(book, compilePeriodTerms(agreements, cards)), findings };
}

function createRating(book: Book, periodTerms: Rating["periodTerms"]): Rating {
  const products = [...book.sales.keys()];
  const newest = new Map(products.map((product) => [product, describeProduct(book, product, undefined)]));
  return {
    products,
    periodTerms,
    describe: (product, at) => (at === undefined ? newest.get(product) : describeProduct(book, product, at)),
    rate: (delivery, context) => rateDelivery(book, delivery, context),
    refuseProvider: (order, context) => refuseProviderOf(book, order, context),
    counters(delivery, context) {
      const asked = new Set<string>();
      // What is asked for doesn't depend on what is answered, so a trial run without answers names all keys.
      const prior = (key: string): undefined => {
        asked.add(key);
      };
      rateDelivery(book, delivery, { ...context, prior, untraced: true });
      return [...asked];
    },
    order(delivery) {
      const zone = book.sales.get(delivery.product)?.[0]?.card.zone;
      const moment = zone === undefined ? undefined : readMoment(delivery.startedAt, zone);
      return moment === undefined ? undefined : [sortableInstant(moment.epochMs), delivery.id].join("/");
    },
  };
}

/** 16 digits. Shifted so that every instant of four-digit years is positive; in two halves, which are small enough to be written fast. */
function sortableInstant(epochMs: number): string {
  const shifted = epochMs + 1e14;
  const high = Math.floor(shifted / 1e8);
  return eightDigits(high) + eightDigits(shifted - high * 1e8);
}

const eightDigits = (number: number): string => String(1e8 + number).slice(1);

function compileCard(document: RatingDocument, all: readonly RatingDocument[]): CompiledCard {
  const own = document.content as unknown as RateCardContent;
  const base = baseOf(own, all);
  const content = inheritedCard(own, base);
  const currency = content.currency ?? "EUR";
  return {
    content,
    path: document.path,
    citation: citationOf(document),
    base: base === undefined ? undefined : citationOf(base),
    currency,
    setting: {
      scale: content.scale ?? minorUnits(currency),
      mode: content.rounding?.mode ?? "half-even",
      roundingLevel: content.rounding?.level ?? "line",
      calendars: content.calendars ?? {},
    },
    zone: zoneOf(content.timeZone ?? "UTC"),
    tax: compileTax(content.tax),
    inForce: compileValidity(own.validFor),
  };
}

function citationOf({ content, digest }: RatingDocument): Citation {
  return { id: String(content["id"]), version: String(content["version"]), digest };
}

function compileAgreement(document: RatingDocument): CompiledAgreement {
  const content = document.content as unknown as AgreementContent;
  const named = new Set(content.engagedParty.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const open = content.engagedParty.some(({ id }) => id === undefined);
  const roles = Map.groupBy(content.engagedParty, ({ role }) => role);
  const engaged = new Map<string, string>();
  for (const [role, [first, second]] of roles) {
    if (first?.id !== undefined && second === undefined) engaged.set(role, first.id);
  }
  const valid = compileValidity(content.validFor);
  return {
    content,
    path: document.path,
    citation: citationOf(document),
    engaged,
    named,
    inForce: (day) => content.status === "in-force" && valid(day),
    binds: (party, context) => named.has(party) || (open && context?.accepted?.(content.id, party) !== false),
  };
}

function makeBook(
  cards: readonly CompiledCard[],
  agreements: readonly CompiledAgreement[],
  broken: RatingFinding[],
): Book {
  const sales = new Map<string, Offer[]>();
  const purchases = new Map<string, Offer[]>();
  for (const agreement of agreements) {
    (agreement.content.terms.commercial?.rateCards ?? []).forEach((reference, i) => {
      const versions = cards.filter(
        ({ citation }) =>
          citation.id === reference.id &&
          (reference.version === undefined || citation.version === reference.version),
      );
      for (const card of versions)
        addOffers(agreement, card, `/terms/commercial/rateCards/${i}`, { sales, purchases }, broken);
    });
  }
  for (const offers of [...sales.values(), ...purchases.values()]) offers.sort(byPrecedence);
  return { sales, purchases, agreements, measures: knownMeasures({ sales, purchases }) };
}

/** Agreements that name their customer before open ones; then the newer dates, then the newer version. */
function byPrecedence(a: Offer, b: Offer): number {
  const open = (offer: Offer): number =>
    offer.agreement.content.engagedParty.some(({ id }) => id === undefined) ? 1 : 0;
  const start = (offer: Offer): string =>
    `${offer.agreement.content.validFor?.start ?? ""}/${offer.card.content.validFor?.start ?? ""}`;
  const version = (offer: Offer): string =>
    `${offer.agreement.citation.version}/${offer.card.citation.version}`;
  return (
    open(a) - open(b) ||
    -start(a).localeCompare(start(b), "en") ||
    -version(a).localeCompare(version(b), "en", { numeric: true })
  );
}

function addOffers(
  agreement: CompiledAgreement,
  card: CompiledCard,
  clause: string,
  books: { sales: Map<string, Offer[]>; purchases: Map<string, Offer[]> },
  broken: RatingFinding[],
): void {
  const grouped = Map.groupBy(
    card.content.entries.map((entry, i) => ({ entry, pointer: `/entries/${i}` })),
    ({ entry }) => `${entry.side ?? "sale"} ${entry.product}`,
  );
  for (const group of grouped.values()) {
    const first = group[0]?.entry;
    if (first === undefined) continue;
    const { product } = first;
    const discounts = (agreement.content.terms.commercial?.discounts ?? []).filter(
      ({ products }) => products === undefined || products.includes(product),
    );
    const entries = group.flatMap(({ entry, pointer }) =>
      attempt(() => compileEntry(entry, pointer, card, discounts), broken, {
        document: card.path,
        pointer,
        what: `The entry for ${product}`,
      }),
    );
    entries.sort((a, b) => b.specificity - a.specificity);
    const serviceLevels = (agreement.content.terms.serviceLevels ?? []).flatMap((level, i) =>
      level.products.includes(product)
        ? [compileServiceLevel(level, `/terms/serviceLevels/${i}`, card.setting.scale, card.setting.mode)]
        : [],
    );
    const book = first.side === "purchase" ? books.purchases : books.sales;
    const offers = book.get(product) ?? [];
    offers.push({
      product,
      agreement,
      card,
      entries,
      serviceLevels,
      cited: { ...agreement.citation, clause },
    });
    book.set(product, offers);
  }
}

/** What can't be compiled although every check let it pass is a finding too, never a crash. */
function attempt<T>(
  compile: () => T,
  broken: RatingFinding[],
  { document, pointer, what }: { document: string; pointer: string; what: string },
): T[] {
  try {
    return [compile()];
  } catch (error) {
    broken.push({
      severity: "error",
      code: "ECO_RATE_CARD_INVALID",
      document,
      pointer,
      message: `${what} can't be used: ${error instanceof Error ? error.message : String(error)}.`,
      fix: "Correct the clause; `specs/schemas/rate-card.schema.json` describes every field.",
    });
    return [];
  }
}
