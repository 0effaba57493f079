import type { Book, Offer } from "./compiled.ts";
import type { MeasureInfo, ProductInfo } from "./outcome.ts";
import { parseDay } from "./timing/moment.ts";

/** What can be said of a product before any delivery; of the offer in force on a day, or the newest. */
export function describeProduct(
  book: Book,
  product: string,
  at: string | undefined,
): ProductInfo | undefined {
  const offers = book.sales.get(product) ?? [];
  const day = at === undefined ? undefined : parseDay(at.slice(0, 10));
  const offer =
    day === undefined
      ? offers[0]
      : offers.find(({ card, agreement }) => card.inForce(day) && agreement.inForce(day));
  const entry = offer?.entries.at(-1);
  if (offer === undefined || entry === undefined) return undefined;
  const { card } = offer;
  const standIns = entry.content.parties ?? {};
  const provider = standIns["provider"];
  return {
    product,
    title: entry.content.title ?? card.content.title ?? product,
    model: entry.timed.model,
    currency: card.currency,
    scale: card.setting.scale,
    timeZone: card.zone.id,
    measures: measuresOf(offer),
    needsEnd: offer.entries.some(({ timed }) => timed.needsEnd),
    parties: rolesOf(offer),
    ...(provider === undefined ? {} : { provider }),
    rateCard: card.citation,
    cumulative: offer.entries.some(({ timed }) => timed.cumulative),
  };
}

function measuresOf({ entries, serviceLevels }: Offer): readonly MeasureInfo[] {
  const measures = new Map<string, MeasureInfo>();
  for (const measure of entries.flatMap((entry) => entry.measures))
    if (!measures.has(measure.name)) measures.set(measure.name, measure);
  for (const { measure } of serviceLevels) {
    if (!measures.has(measure)) measures.set(measure, { name: measure, type: "number", required: false });
  }
  return [...measures.values()];
}

/** Roles that shares, payers, payees and filters ask for, with who stands in. */
function rolesOf({ entries, agreement }: Offer): Readonly<Record<string, string | null>> {
  const roles: Record<string, string | null> = {};
  for (const { content } of entries) {
    const selectors = [
      content.payer,
      content.payee,
      ...(content.split?.shares ?? []),
      ...(content.when ?? []),
    ];
    for (const role of [
      ...selectors.map((selector) => selector?.role),
      ...Object.keys(content.parties ?? {}),
    ]) {
      if (role === undefined || role === "customer" || role === "provider" || agreement.engaged.has(role))
        continue;
      roles[role] = content.parties?.[role] ?? roles[role] ?? null;
    }
  }
  return roles;
}
