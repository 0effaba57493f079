import type { Member, Place, Scenario } from "../../../sandbox/simulation/index.ts";

/** Where something is explained: `{ title: "Express legs", href: "/rate-cards/express-leg/#express-leg" }`. */
export interface Link {
  readonly title: string;
  readonly href: string;
}

/** The documents behind the lines of a statement, with their pages. Keys of documents are `id version`. */
export interface Links {
  readonly cards: Readonly<Record<string, Link>>;
  /** By product: what companies of a chain pay each other for it. */
  readonly purchases: Readonly<Record<string, Link>>;
  readonly agreements: Readonly<Record<string, Link>>;
  /** By `id version level`. */
  readonly serviceLevels: Readonly<Record<string, Link>>;
}

export interface ServicePlace {
  readonly party: string;
  readonly position?: string;
  /** Whether a company that no document names may stand there. */
  readonly isOpen: boolean;
}

/** A service in which a role has a part. */
export interface Service {
  readonly product: string;
  readonly title: string;
  readonly places: readonly ServicePlace[];
  /** Deliveries a month that are shown without being asked. */
  readonly volume: number;
}

export interface EarningRole {
  readonly id: string;
  readonly title: string;
  readonly services: readonly Service[];
}

/** What `/earn/model.json` holds: everything but the documents, which the calculators load too. */
export interface EarnModel {
  readonly scenario: Scenario;
  readonly members: readonly Member[];
  readonly roles: readonly EarningRole[];
  readonly names: Readonly<Record<string, string>>;
  readonly links: Links;
}

export interface ChosenService {
  readonly product: string;
  readonly party: string;
  /** Deliveries a month. */
  readonly volume: number;
}

/** What a reader expects. */
export interface Choice {
  readonly role: string;
  readonly services: readonly ChosenService[];
  /** From 0 to 1, of services that have a service level. */
  readonly late: number;
  /** `2025-03` */
  readonly start: string;
  readonly months: number;
}

export const LATE = 0.1;
export const MONTHS = 3;
/** An odd number has one in the middle. */
const MOST_RUNS = 9;
const FEWEST_RUNS = 3;
/** Deliveries that are made up at most while more runs than the fewest are made: about a second. */
const QUICK = 50_000;

/**
 * The traffic of the choice. Services that weren't chosen stay in it with no deliveries, since each kind draws from its place in
 * the list: a service comes to the same whatever is chosen beside it.
 */
export function scenarioOf(
  { scenario, roles }: Pick<EarnModel, "scenario" | "roles">,
  choice: Choice,
): Scenario {
  const chosen = new Map(choice.services.map((service) => [service.product, service]));
  const role = roles.find(({ id }) => id === choice.role);
  const isCustomer = ({ product, party }: ChosenService): boolean =>
    role?.services
      .find((service) => service.product === product)
      ?.places.find((place) => place.party === party)?.position === "customer";
  const volume = choice.services.reduce((sum, service) => sum + service.volume, 0);
  const affordable = Math.floor(QUICK / Math.max(1, volume * choice.months));
  const runs = Math.min(MOST_RUNS, Math.max(FEWEST_RUNS, affordable - ((affordable + 1) % 2)));
  return {
    ...scenario,
    start: choice.start,
    months: choice.months,
    runs,
    traffic: scenario.traffic.map(({ perMonth: _, perCustomer: __, ...kind }) => {
      const service = chosen.get(kind.product);
      return {
        ...kind,
        perMonth: service?.volume ?? 0,
        ...(kind.late === undefined ? {} : { late: choice.late }),
        // All of a customer's orders are its own.
        ...(service !== undefined && isCustomer(service) ? { customers: { [service.party]: 1 } } : {}),
      };
    }),
  };
}

/** Where the reader stands by a choice, with what binds the period of each party. */
export function placesOf({ services }: Choice): readonly Place[] {
  const parties = new Set(services.map(({ party }) => party));
  return [
    ...services.map(({ party, product }) => ({ party, product })),
    ...[...parties].map((party) => ({ party })),
  ];
}
