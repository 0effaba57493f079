import { readableMinor } from "../../../sandbox/rating/currency.ts";
import type { Statement } from "../../../sandbox/simulation/index.ts";
import { dayWords } from "./dates.ts";
import { type Derived, workedOut } from "./derived.ts";
import { type Choice, type EarningRole, LATE, MONTHS, placesOf, type Service, scenarioOf } from "./model.ts";

/** What one place comes to in the first month, as texts. */
export interface OverviewRow {
  readonly service: Service;
  readonly party: string;
  readonly position: string | undefined;
  readonly isOpen: boolean;
  readonly currency: string;
  readonly charged: string;
  readonly others: string;
  readonly late: string;
  readonly net: string;
  /** In words; undefined where no agreement says when. */
  readonly paidOn: string | undefined;
}

export interface RoleOverview {
  readonly role: EarningRole;
  readonly rows: readonly OverviewRow[];
}

/** An example, shown before anybody asks. */
export interface Example {
  readonly choice: Choice;
  readonly statement: Statement;
  readonly runs: number;
}

/** Every place at a sensible volume: each role by itself, with all of its services at once. */
export function overviewOf(derived: Derived): {
  readonly roles: readonly RoleOverview[];
  readonly example?: Example;
} {
  const { model } = derived;
  const examples: (Example & { readonly rank: number })[] = [];
  const simulated = [true, false].flatMap((ofCustomers) => workedOutFor(derived, ofCustomers));
  const roles = model.roles.map((role): RoleOverview => {
    const rows = role.services.flatMap((service) =>
      service.places.flatMap((place) => {
        const { party, position, isOpen } = place;
        const own = simulated.find((each) => each.ofCustomers === (position === "customer"));
        const statements = own?.earnings.statements([{ party, product: service.product }]) ?? [];
        return statements.map((statement) => {
          const choice = choiceOf(role, [{ service, party }], model.scenario.start);
          examples.push({
            choice,
            statement,
            runs: own?.runs ?? 1,
            rank: rankOf(statement, position, isOpen),
          });
          return { service, party, position, isOpen, ...figuresOf(statement) };
        });
      }),
    );
    return { role, rows };
  });
  const best = examples.reduce<(typeof examples)[number] | undefined>(
    (found, each) => (found === undefined || each.rank > found.rank ? each : found),
    undefined,
  );
  return { roles, ...(best === undefined ? {} : { example: best }) };
}

/** Orders of customers and the deliveries of all others are two kinds of traffic. */
function workedOutFor(derived: Derived, ofCustomers: boolean) {
  const { model } = derived;
  const all = model.roles.flatMap((role) =>
    role.services.flatMap((service) =>
      service.places
        .filter(({ position }) => (position === "customer") === ofCustomers)
        .map(({ party }) => ({ role, service, party })),
    ),
  );
  const [first] = all;
  if (first === undefined) return [];
  const choice = choiceOf(first.role, all, model.scenario.start);
  const scenario = scenarioOf(model, choice);
  const places = placesOf(choice).filter(({ product }) => product !== undefined);
  return [{ ofCustomers, runs: scenario.runs, earnings: workedOut(derived, scenario, places) }];
}

const choiceOf = (
  role: EarningRole,
  chosen: readonly { readonly service: Service; readonly party: string }[],
  start: string,
): Choice => ({
  role: role.id,
  services: chosen.map(({ service, party }) => ({ product: service.product, party, volume: service.volume })),
  late: LATE,
  start,
  months: MONTHS,
});

/** The example that says most: who is paid, in a place that is open to newcomers, for what may be late. */
function rankOf({ totalMinor, lines }: Statement, position: string | undefined, isOpen: boolean): number {
  const isRisky = lines.some(({ kind }) => kind === "recourse" || kind === "service-credit");
  return (
    Number(totalMinor > 0) * 8 + Number(isOpen) * 4 + Number(position === "provider") * 2 + Number(isRisky)
  );
}

function figuresOf({ lines, payments, scale, currency }: Statement) {
  const money = (counts: (line: Statement["lines"][number]) => boolean): string =>
    readableMinor(
      lines.filter(counts).reduce((sum, { monthsMinor }) => sum + (monthsMinor[0] ?? 0), 0),
      scale,
    );
  const due = payments.find(({ amountMinor }) => amountMinor !== 0)?.due;
  return {
    currency,
    // What a customer is charged stands in the same column, below zero.
    charged: money(({ kind, side }) => kind === "charged" || (kind === "paid" && side === "sale")),
    others: money(({ kind, side }) => kind === "kept" || (kind === "paid" && side === "purchase")),
    late: money(({ kind }) => kind === "service-credit" || kind === "recourse"),
    net: money(() => true),
    paidOn: due && dayWords(due.on),
  };
}
