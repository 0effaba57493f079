import type { Delivery } from "../../../sandbox/rating/index.ts";
import {
  createEarnings,
  deriveScenario,
  type Earnings,
  type FoundPlace,
  placesIn,
  type Terms,
} from "../../../sandbox/simulation/index.ts";
import { exampleDeliveries } from "../../../specs/engine/catalog/exchange/example-deliveries.ts";
import { object, objects, text } from "../json.ts";
import { ratingOf } from "../rating.ts";
import type { Site } from "../site.ts";
import { slug, url } from "../url.ts";
import { labelOf } from "../words.ts";
import { type EarningRole, type EarnModel, type Link, type Links, MONTHS, type Service } from "./model.ts";

/** The model, what it had to leave out, and the terms that it runs on at build time. */
export interface Derived {
  readonly model: EarnModel;
  readonly terms: Terms;
  /** Sentences. */
  readonly leftOut: readonly string[];
}

/** Deliveries a month where nobody says how many; a customer orders fewer than a provider delivers. */
const VOLUME = 50;
const ORDERS = 10;

let derived: { readonly site: Site; readonly found: Derived | undefined } | undefined;

/** Who would earn what by a spec set; undefined where it has no rate cards, or none by which anybody is paid. */
export function earnOf(site: Site): Derived | undefined {
  if (derived?.site !== site) derived = { site, found: derive(site) };
  return derived.found;
}

function derive(site: Site): Derived | undefined {
  const rating = ratingOf(site);
  if (rating === undefined || site.rateCards.length === 0) return undefined;
  const documents = { rateCards: site.ofKind("rate-card"), agreements: site.ofKind("agreement") };
  const terms: Terms = { rating, documents };
  const { parties, roles } = site.catalog.ecosystem;
  const members = parties.map(({ id, role }) => ({ id, role }));
  const examples = exampleDeliveries(site.catalog) as unknown as readonly Delivery[];
  const frame = { months: MONTHS, runs: 1, seed: "eco" };
  const { scenario, skipped } = deriveScenario(terms, examples, members, frame);
  const found = placesIn(scenario, terms, members);
  const titleOf = (product: string): string => rating.describe(product)?.title || labelOf(product);
  const roleOf = new Map(members.map(({ id, role }) => [id, role]));
  const earning = roles.map(({ id, title }): EarningRole => {
    const own = found.filter(({ party }) => roleOf.get(party) === id);
    const services = scenario.traffic.flatMap(({ product, perCustomer }) =>
      serviceOf(product, titleOf(product), own, perCustomer !== undefined),
    );
    return { id, title, services };
  });
  if (earning.every(({ services }) => services.length === 0)) return undefined;
  const leftOut = [
    ...skipped.map(
      ({ product, detail }) => `${titleOf(product)}: no delivery of it can be made up. ${detail}`,
    ),
    ...earning
      .filter(({ services }) => services.length === 0)
      .map(
        ({ title }) =>
          `${title}: no rate card gives this role a part of a delivery, so nothing is earned by it.`,
      ),
  ];
  const orchestrator = roleOf.get(site.catalog.ecosystem.orchestrator);
  const names = Object.fromEntries(parties.map(({ id, name }) => [id, name]));
  const model = {
    scenario,
    members,
    roles: earning
      .filter(({ services }) => services.length > 0)
      .toSorted((a, b) => rankOf(a, orchestrator) - rankOf(b, orchestrator)),
    names,
    links: linksOf(site),
  };
  return { model, terms, leftOut };
}

/** Whether a role is a customer in all that it has a part in. */
export const onlyPays = ({ services }: Pick<EarningRole, "services">): boolean =>
  services.every(({ places }) => places.every(({ position }) => position === "customer"));

/** Whom it is written for comes first: those who are paid and may join, then customers; who runs the ecosystem last. */
function rankOf({ id, services }: EarningRole, orchestrator: string | undefined): number {
  if (id === orchestrator) return 3;
  const places = services.flatMap((service) => service.places);
  if (onlyPays({ services })) return 2;
  return places.some(({ position, isOpen }) => isOpen && position !== "customer") ? 0 : 1;
}

function serviceOf(
  product: string,
  title: string,
  own: readonly FoundPlace[],
  recurs: boolean,
): readonly Service[] {
  const places = own.filter((place) => place.product === product);
  if (places.length === 0) return [];
  const isCustomer = places.some(({ position }) => position === "customer");
  const volume = isCustomer ? (recurs ? 1 : ORDERS) : VOLUME;
  return [
    {
      product,
      title,
      places: places.map(({ party, position, isOpen }) => ({
        party,
        ...(position === undefined ? {} : { position }),
        isOpen,
      })),
      volume,
    },
  ];
}

function linksOf({ rateCards, agreements }: Site): Links {
  const cards: Record<string, Link> = {};
  const purchases: Record<string, Link> = {};
  const byAgreement: Record<string, Link> = {};
  const serviceLevels: Record<string, Link> = {};
  for (const { document, id, title, href } of rateCards) {
    const { content } = document;
    const key = `${id} ${text(content["version"])}`;
    cards[key] = { title, href: url(href) };
    for (const entry of objects(content["entries"])) {
      const product = text(entry["product"]);
      const link = { title, href: url(`${href}#${product}`) };
      if (text(entry["side"]) === "purchase") purchases[product] = link;
      else cards[`${key} ${product}`] = link;
    }
  }
  for (const { document, id, title, href } of agreements) {
    const { content } = document;
    const key = `${id} ${text(content["version"])}`;
    const terms = object(content["terms"]);
    byAgreement[key] = { title, href: url(terms["commercial"] === undefined ? href : `${href}#commercial`) };
    for (const level of objects(terms["serviceLevels"])) {
      const levelId = text(level["id"]);
      serviceLevels[`${key} ${levelId}`] = {
        title: text(level["title"]) || levelId,
        href: url(`${href}#${levelPlace(levelId)}`),
      };
    }
  }
  return { cards, purchases, agreements: byAgreement, serviceLevels };
}

/** The place of a service level on its agreement's page. */
export const levelPlace = (id: string): string => `service-level-${slug(id)}`;

/** All that the scenario's services come to for these places, worked out to its end. */
export function workedOut(
  { model, terms }: Derived,
  scenario: EarnModel["scenario"],
  places: Parameters<typeof createEarnings>[1],
): Earnings {
  const earnings = createEarnings({ scenario, from: terms, members: model.members }, places);
  while (earnings.step());
  return earnings;
}
