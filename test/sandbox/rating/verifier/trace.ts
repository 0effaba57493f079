import {
  type Charged,
  type Chosen,
  chargeOf,
  citeEntry,
  engages,
  legNode,
  netOf,
  scaleOf,
  type World,
} from "./charge.ts";
import { stamp } from "./clock.ts";
import { most, ONE, Q, ZERO } from "./fractions.ts";
import { type Accepted, binds, inForce, type Library, type Offer } from "./offers.ts";
import type { Counters } from "./price.ts";
import { list, type Raw, raw } from "./raw.ts";
import { byWeight } from "./split.ts";
import { holds, maybeParty, type Subject, subjectOf } from "./subject.ts";

/** All that a trace of this delivery has to say, with numbers as fractions; and its legs, as a fingerprint knows them. */
export function expectedTrace(
  delivery: Raw,
  library: Library,
  counters: Counters,
  accepted: Accepted,
): { readonly trace: Raw; readonly legs: readonly Raw[] } {
  const world: World = { delivery, agreements: library.agreements, accepted, counters, open: [] };
  const sale = saleOf(library, world, undefined);
  const charged = [...ownCharges(library, world, sale)];
  const parts = delivery["parts"] === undefined ? [undefined] : list(delivery["parts"]);
  for (const part of parts)
    for (const bought of purchasesOf(library, world, part, sale))
      charged.push(chargeOf(charged.length, bought, netOf(bought, counters), world));
  const { card } = sale.offer;
  const legs = charged.flatMap(({ node, legs: own }) =>
    own.map((leg) => ({ leg, product: node["product"] })),
  );
  const untaxed = { code: "none", percent: ZERO };
  world.open
    .filter(({ left, party, to }) => left !== 0n && party !== to)
    .forEach(({ left, party, to, product }, i) => {
      const amounts = { netMinor: left, creditMinor: 0n, taxMinor: 0n };
      legs.push({ leg: legNode(`recourse/${i}`, "recourse", party, to, untaxed, amounts), product });
    });
  const trace = {
    trace: "rating-trace/1",
    delivery: deliveryNode(delivery, sale.subject),
    timeZone: card["timeZone"] ?? "UTC",
    currency: card["currency"],
    scale: scaleOf(card),
    charges: charged.map(({ node }) => node),
    legs: legs.map(({ leg }) => leg),
  };
  const known = { deliveryId: delivery["id"], currency: card["currency"] };
  return { trace, legs: legs.map(({ leg, product }) => ({ ...leg, ...known, product })) };
}

/** Times are written with the offset that the zone of the rate card had. */
function deliveryNode(delivery: Raw, { start, end }: Subject): Raw {
  const known = [
    "id",
    "product",
    "customer",
    "usage",
    "provider",
    "parties",
    "beneficiary",
    "parent",
    "parts",
  ];
  const told = known.filter((key) => delivery[key] !== undefined).map((key) => [key, delivery[key]]);
  const until = end === undefined ? {} : { endedAt: stamp(end) };
  return { ...Object.fromEntries(told), startedAt: stamp(start), ...until };
}

/** The offer in force on the day, of an agreement that binds the customer, and its entry with the most conditions that hold. */
function saleOf(library: Library, { delivery, accepted }: World, part: Raw | undefined): Chosen {
  const product = String((part ?? delivery)["product"]);
  const customer = String(delivery["customer"]);
  const offer = library.offers(product, "sale").find((each) => {
    const { date } = subjectOf(delivery, undefined, {}, each);
    return (
      inForce(each.agreement, date) && inForce(each.card, date) && binds(each.agreement, customer, accepted)
    );
  });
  const chosen = offer && entryOf(product, offer, delivery, part, {});
  if (chosen === undefined) throw new Error(`no clause of the documents prices ${product}`);
  if (!admits(chosen, library.agreements, accepted))
    throw new Error(`the provider may not render ${product}`);
  return chosen;
}

/**
 * Who the delivery says rendered it has to be who is paid, the stand-in, or one whom the clause names. A clause that names nobody
 * means all companies, if it gives the provider something.
 */
function admits({ entry, subject }: Chosen, agreements: readonly Raw[], accepted: Accepted): boolean {
  const { parties, providers, split, payee = { role: "orchestrator" } } = entry.content;
  const named = subject.named("provider");
  const standIn = raw(parties)["provider"];
  const byProvider = raw(payee)["role"] === "provider";
  if (named === undefined || named === standIn) return true;
  if (!byProvider && maybeParty(raw(payee), subject) === named) return true;
  const customer = String(subject.delivery["customer"]);
  const engaged = agreements.filter((agreement) => inForce(agreement, subject.date));
  if (providers !== undefined)
    return list(providers).some(({ party, role }) =>
      party === undefined
        ? engaged.some((agreement) => hasRole(agreement, String(role), named, accepted))
        : party === named,
    );
  const concerned =
    standIn !== undefined || byProvider || JSON.stringify(split ?? {}).includes('"role":"provider"');
  const roles = new Set(
    engaged.flatMap(({ engagedParty }) => list(engagedParty).map(({ role }) => String(role))),
  );
  roles.delete("customer");
  return (
    concerned &&
    engaged.some((agreement) =>
      [...roles].some(
        (role) => hasRole(agreement, role, named, accepted) && !hasRole(agreement, role, customer, accepted),
      ),
    )
  );
}

function hasRole(agreement: Raw, role: string, party: string, accepted: Accepted): boolean {
  return list(agreement["engagedParty"]).some(
    ({ role: own, id }) =>
      own === role && (id === party || (id === undefined && accepted(String(agreement["id"]), party))),
  );
}

function entryOf(
  product: string,
  offer: Offer,
  delivery: Raw,
  part: Raw | undefined,
  others: Raw,
): Chosen | undefined {
  for (const entry of offer.entries) {
    const subject = subjectOf(delivery, part, { ...others, ...raw(entry.content["parties"]) }, offer);
    if (holds(entry.content["when"], subject)) return { product, offer, entry, subject };
  }
  return undefined;
}

function ownCharges(library: Library, world: World, sale: Chosen): readonly Charged[] {
  const net = netOf(sale, world.counters);
  const price = raw(sale.entry.content["price"]);
  if (price["model"] !== "bundle") return [chargeOf(0, sale, net, world)];
  const parts = list(world.delivery["parts"]).map((part) => {
    const chosen = saleOf(library, world, part);
    return { chosen, listed: netOf(chosen, world.counters, true) };
  });
  const lists = parts.map(({ listed }) => most(new Q(listed.minor), ZERO));
  const weights = lists.some(({ n }) => n > 0n) ? lists : lists.map(() => ONE);
  const allocated = byWeight(net.minor, weights);
  return parts.map(({ chosen, listed }, i) => {
    const own = allocated[i] ?? 0n;
    const bundle = {
      product: world.delivery["product"],
      agreement: sale.offer.cites.agreement,
      rateCard: citeEntry(sale.offer, sale.entry),
      ...net.node,
    };
    return chargeOf(
      i,
      chosen,
      { minor: own, funded: [], node: { list: listed.node, bundle, netMinor: own } },
      world,
    );
  });
}

/** What companies of the chain pay each other: once for each rate card between two that an agreement in force binds. */
function purchasesOf(library: Library, world: World, part: Raw | undefined, sale: Chosen): Chosen[] {
  const { delivery, accepted } = world;
  const product = String((part ?? delivery)["product"]);
  const sold = part === undefined ? sale : saleOf(library, world, part);
  const done = new Set<unknown>();
  return library.offers(product, "purchase").flatMap((offer) => {
    const chosen = entryOf(product, offer, delivery, part, raw(sold.entry.content["parties"]));
    if (chosen === undefined || done.has(offer.card["id"]) || !engages(chosen, accepted)) return [];
    const { date } = chosen.subject;
    if (!inForce(offer.card, date) || !inForce(offer.agreement, date)) return [];
    done.add(offer.card["id"]);
    return [chosen];
  });
}
