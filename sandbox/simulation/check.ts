import { minuteOf, monthsOf } from "./calendar.ts";
import { type Member, untracedWith } from "./members.ts";
import type { Draw, Scenario, Traffic, Weights } from "./scenario.ts";
import type { Terms } from "./simulate.ts";
import { compileTraffic } from "./traffic.ts";

/** What is wrong with a scenario that has the form of one. */
export interface ScenarioProblem {
  /** JSON pointer into the scenario. */
  readonly pointer: string;
  readonly message: string;
  readonly fix: string;
}

/** Deliveries of each kind that are tried before a simulation starts. */
const TRIED = 20;

/** Everything that would make figures of a scenario wrong, or none; found in no more time than its first month takes. */
export function checkScenario(
  scenario: Scenario,
  terms: Terms,
  members: readonly Member[],
): readonly ScenarioProblem[] {
  const problems = scenario.traffic.flatMap((traffic, at) =>
    [...trafficProblems(traffic, terms.rating.products)].map((problem) => ({
      ...problem,
      pointer: `/traffic/${at}${problem.pointer}`,
    })),
  );
  return problems.length > 0 ? problems : unrateable(scenario, terms, members);
}

function* trafficProblems(traffic: Traffic, products: readonly string[]): Iterable<ScenarioProblem> {
  const {
    product,
    perMonth,
    perCustomer,
    customers,
    providers,
    parties = {},
    weekdays,
    times = [],
  } = traffic;
  if (!products.includes(product))
    yield {
      pointer: "/product",
      message: `no rate card has a product \`${product}\``,
      fix: `Products: ${products.join(", ")}.`,
    };
  if ((perMonth === undefined) === (perCustomer === undefined))
    yield {
      pointer: "",
      message:
        perMonth === undefined ? "nothing says how much there is of it" : "has `perMonth` and `perCustomer`",
      fix: "Give one of `perMonth` (from all customers together) and `perCustomer` (from each).",
    };
  yield* weightProblems(customers, "/customers");
  if (providers !== undefined) yield* weightProblems(providers, "/providers");
  for (const [role, weights] of Object.entries(parties)) yield* weightProblems(weights, `/parties/${role}`);
  if (weekdays !== undefined) yield* weightProblems(weekdays, "/weekdays");
  for (const [at, { from, to }] of times.entries())
    if (minuteOf(from) >= minuteOf(to))
      yield {
        pointer: `/times/${at}`,
        message: `ends at ${to}, before it begins at ${from}`,
        fix: "Write a window over midnight as two.",
      };
  const draws = { perMonth, perCustomer, lasts: traffic.lasts };
  for (const [name, draw] of Object.entries(draws))
    if (draw !== undefined) yield* drawProblems(draw, `/${name}`);
  for (const [name, draw] of Object.entries(traffic.usage ?? {})) yield* drawProblems(draw, `/usage/${name}`);
  for (const [at, part] of (traffic.parts ?? []).entries())
    for (const [name, draw] of Object.entries(part.usage ?? {}))
      yield* drawProblems(draw, `/parts/${at}/usage/${name}`);
}

function* weightProblems(weights: Weights, pointer: string): Iterable<ScenarioProblem> {
  if (Object.values(weights).some((weight) => weight > 0)) return;
  yield {
    pointer,
    message: "weighs nothing, so none can be drawn",
    fix: "Give at least one a weight above 0.",
  };
}

const KINDS = ["uniform", "normal", "lognormal", "values", "choice", "share", "list"] as const;

function* drawProblems(draw: Draw, pointer: string): Iterable<ScenarioProblem> {
  if (typeof draw !== "object") return;
  const given = KINDS.filter((kind) => kind in draw);
  if (given.length !== 1)
    yield {
      pointer,
      message:
        given.length === 0
          ? "says in no way what is drawn"
          : `says it in ${given.length} ways: ${given.join(", ")}`,
      fix: `Give one of ${KINDS.join(", ")}.`,
    };
  if ("choice" in draw) yield* weightProblems(draw.choice, `${pointer}/choice`);
  if ("list" in draw) {
    yield* drawProblems(draw.list.count, `${pointer}/list/count`);
    yield* drawProblems(draw.list.of, `${pointer}/list/of`);
  }
  const bounds = [draw, ...("uniform" in draw ? [draw.uniform] : [])];
  if (bounds.some(({ min = 0, max = min }) => min > max))
    yield { pointer, message: "`min` is above `max`", fix: "Let `min` be at most `max`." };
}

/** Traffic of which nothing can be rated: a measure that is missing or has another name, a party that isn't admitted. */
function unrateable(
  scenario: Scenario,
  { rating, documents }: Terms,
  members: readonly Member[],
): readonly ScenarioProblem[] {
  const context = untracedWith(members);
  const [month] = monthsOf(scenario.start, 1);
  if (month === undefined) return [];
  return scenario.traffic.flatMap((traffic, at) => {
    // As many as show whether any can be rated, however large the traffic is.
    const { perMonth: _, perCustomer: __, growth: ___, ...kind } = traffic;
    const few: Scenario = { ...scenario, traffic: [{ ...kind, perMonth: TRIED }] };
    const outcomes = compileTraffic(few, documents)(0, month).map((delivery) =>
      rating.rate(delivery, context),
    );
    const first = outcomes.find((outcome) => outcome.kind === "unrated");
    if (first === undefined || outcomes.some(({ kind }) => kind === "rated")) return [];
    return [
      { pointer: `/traffic/${at}${first.pointer ?? ""}`, message: withoutEnd(first.detail), fix: first.fix },
    ];
  });
}

const withoutEnd = (sentence: string): string => sentence.replace(/\.$/, "");
