import { isPlainObject } from "../../catalog/pointer.ts";
import {
  answerOf,
  type CheckTable,
  held,
  type Observation,
  type RunContext,
  skipped,
  statusOf,
  violated,
} from "../check.ts";
import type { Exchange } from "../model.ts";
import type { FigureDelivery, FiguresSource } from "../options.ts";
import { jsonOf } from "../provider/responses.ts";
import { type MadeUp, Maker } from "./made-up.ts";

const AMOUNTS = ["netMinor", "serviceCreditMinor", "taxMinor", "payableMinor"] as const;
const CASES_PER_PRODUCT = 12;
const REVERSALS_PER_PRODUCT = 3;
/** So many silences in a row, and the rest of the part is skipped. */
const SILENCES_IN_A_ROW = 3;

/** Where the partner's own figures come from, and deliveries to ask it about. */
export interface FiguresContext {
  /** Why there is nothing to compare; undefined where there is. */
  readonly without: string | undefined;
  readonly makers: ReadonlyMap<string, Maker>;
  /** Products that the manifest names and no rate card has. */
  readonly unknown: readonly string[];
  away?: string;
  ask(kind: "charge" | "reversal", delivery: FigureDelivery): Promise<Exchange>;
}

export function createFigures(run: RunContext): FiguresContext {
  const { partner, rating } = run.options;
  const source = partner?.figures;
  const products = source?.products ?? rating?.products ?? [];
  const makers = new Map<string, Maker>();
  for (const product of source === undefined ? [] : products) {
    const facts = rating?.describe(product);
    if (rating !== undefined && facts !== undefined)
      makers.set(product, new Maker(product, facts, rating, run));
  }
  let silences = 0;
  const context: FiguresContext = {
    without: whyWithout(run),
    makers,
    unknown: products.filter((product) => !makers.has(product)),
    async ask(kind, delivery) {
      const exchange = await run.wire.send({
        method: "POST",
        url: source?.url ?? "",
        headers: { "content-type": "application/json", ...credentialsFor(source, run) },
        body: JSON.stringify({ kind, delivery }),
      });
      silences = exchange.response === undefined ? silences + 1 : 0;
      if (silences >= SILENCES_IN_A_ROW)
        context.away = `The partner's figures gave ${answerOf(exchange)}, ${silences} times in a row.`;
      return exchange;
    },
  };
  return context;
}

function whyWithout({ options: { partner, rating } }: RunContext): string | undefined {
  if (partner?.figures === undefined) return "The manifest names no figures of the partner's own.";
  return rating === undefined ? "The specification has no rate cards." : undefined;
}

/** The partner's API takes the same token for its figures; another host gets none. */
function credentialsFor(
  source: FiguresSource | undefined,
  run: RunContext,
): Readonly<Record<string, string>> {
  const { target } = run.options;
  if (source === undefined || target === undefined) return {};
  return URL.parse(source.url)?.origin === URL.parse(target.url)?.origin ? (target.credentials ?? {}) : {};
}

function named(delivery: FigureDelivery): string {
  const { product, startedAt, endedAt, usage } = delivery;
  const measured = Object.entries(usage).map(([name, value]) => `${name} ${String(value)}`);
  const until = endedAt === undefined ? "" : ` to ${endedAt}`;
  return [`${product} at ${startedAt}${until}`, ...measured].join(", ");
}

function refusal({ delivery }: MadeUp, exchange: Exchange): string | undefined {
  const status = statusOf(exchange);
  if (status >= 400 && status < 500) return undefined;
  return `${named(delivery)}: no rule is in force for it, and the partner answers ${answerOf(exchange)} instead of 4xx.`;
}

/** How the partner's figures differ from the rule; undefined where they don't. */
function difference(made: MadeUp, exchange: Exchange): string | undefined {
  const { want, delivery } = made;
  if (want === undefined) return refusal(made, exchange);
  const got = jsonOf(exchange.response);
  if (statusOf(exchange) !== 200 || !isPlainObject(got))
    return `${named(delivery)}: got ${answerOf(exchange)}, expected 200 with the figures as JSON.`;
  if (got["currency"] !== want.currency)
    return `${named(delivery)}: currency is ${want.currency} by the rule, ${JSON.stringify(got["currency"])} by the partner.`;
  const wrong = AMOUNTS.find((name) => !same(got[name], want[name]));
  return wrong === undefined
    ? undefined
    : `${named(delivery)}: ${wrong} is ${want[wrong]} by the rule, ${JSON.stringify(got[wrong])} by the partner.`;
}

const same = (got: unknown, want: bigint): boolean =>
  typeof got === "number" && Number.isSafeInteger(got) && BigInt(got) === want;

async function compare(
  context: FiguresContext,
  subject: string,
  cases: readonly MadeUp[],
): Promise<Observation> {
  let last: Exchange | undefined;
  for (const [index, one] of cases.entries()) {
    last = await context.ask("charge", one.delivery);
    const wrong = difference(one, last);
    if (wrong !== undefined)
      return violated(wrong, { subject, evidence: [last], example: one.delivery, cases: index + 1 });
    if (context.away !== undefined) break;
  }
  return held(`${cases.length} deliveries come to the same by the rule and by the partner.`, {
    subject,
    evidence: last === undefined ? [] : [last],
    cases: cases.length,
  });
}

type Amounts = Readonly<Record<(typeof AMOUNTS)[number], bigint>>;

/** What the partner answers a price with; undefined where it is none. */
function amountsIn(exchange: Exchange): Amounts | undefined {
  const body = jsonOf(exchange.response);
  if (statusOf(exchange) !== 200 || !isPlainObject(body)) return undefined;
  const values = AMOUNTS.map((name) => [name, body[name]] as const);
  if (!values.every(([, value]) => Number.isSafeInteger(value))) return undefined;
  return Object.fromEntries(values.map(([name, value]) => [name, BigInt(Number(value))])) as Amounts;
}

/** What is left of a charge when it is reversed; undefined where nothing is. */
function remainder(delivery: FigureDelivery, charged: Exchange, back: Exchange): string | undefined {
  const [own, undone] = [amountsIn(charged), amountsIn(back)];
  if (own === undefined)
    return `${named(delivery)}: got ${answerOf(charged)}, expected 200 with whole amounts.`;
  if (undone === undefined)
    return `The reversal of ${named(delivery)}: got ${answerOf(back)}, expected 200 with whole amounts.`;
  const left = AMOUNTS.find((name) => own[name] + undone[name] !== 0n);
  return left && `${named(delivery)}: ${left} is ${own[left]}, and ${undone[left]} when it is reversed.`;
}

/** A charge and its reversal, of which the sum is nothing: be the charge itself right or wrong. */
async function reversed(
  context: FiguresContext,
  subject: string,
  cases: readonly MadeUp[],
): Promise<Observation> {
  let evidence: readonly Exchange[] = [];
  for (const [index, { delivery }] of cases.entries()) {
    const [charged, back] = [await context.ask("charge", delivery), await context.ask("reversal", delivery)];
    evidence = [charged, back];
    const left = remainder(delivery, charged, back);
    if (left !== undefined) return violated(left, { subject, evidence, example: delivery, cases: index + 1 });
  }
  const message = `${cases.length} deliveries and their reversals net to zero.`;
  return held(message, { subject, evidence, cases: cases.length });
}

type Look = (product: string, maker: Maker, context: FiguresContext) => Promise<Observation>;

async function* perProduct(context: FiguresContext, look: Look): AsyncGenerator<Observation> {
  if (context.without !== undefined) return yield skipped("not-applicable", context.without);
  for (const [product, maker] of context.makers) {
    if (context.away !== undefined) return;
    if (maker.works) yield await look(product, maker, context);
    else {
      const message =
        "No delivery of it could be made up that the rules rate: it needs more than one can know here.";
      yield skipped("not-applicable", message, { subject: product });
    }
  }
}

function some(cases: readonly MadeUp[], product: string, what: string, look: () => Promise<Observation>) {
  if (cases.length > 0) return look();
  return Promise.resolve(skipped("not-applicable", `The product has no ${what}.`, { subject: product }));
}

export const figureChecks: CheckTable<FiguresContext> = {
  async *"money.figures.rule"(context) {
    for (const subject of context.without === undefined ? context.unknown : [])
      yield violated("The manifest promises figures for it, and no rate card has such a product.", {
        subject,
      });
    yield* perProduct(context, (product, maker) => compare(context, product, maker.any(CASES_PER_PRODUCT)));
  },
  async *"money.figures.tiers"(context) {
    yield* perProduct(context, (product, maker) => {
      const cases = maker.atTurns();
      return some(cases, product, "tiers", () => compare(context, product, cases));
    });
  },
  async *"money.figures.dates"(context) {
    yield* perProduct(context, (product, maker) => {
      const cases = maker.atChanges();
      return some(cases, product, "dates of validity", () => compare(context, product, cases));
    });
  },
  async *"money.figures.reversal"(context) {
    yield* perProduct(context, (product, maker) =>
      reversed(context, product, maker.any(REVERSALS_PER_PRODUCT)),
    );
  },
};
