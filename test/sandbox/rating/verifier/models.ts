import { HUNDRED, least, most, ONE, percent, Q, ZERO } from "./fractions.ts";
import { list, type Raw } from "./raw.ts";

/** What a period held before: undefined where nothing came before. */
export interface Before {
  readonly quantity: Q;
  readonly events: bigint;
}

export interface Asked {
  readonly quantity: Q;
  readonly transactions: readonly Q[];
  readonly before: Before | undefined;
}

/** The steps of a price, each with its amount. */
export function stepsOf(price: Raw, asked: Asked): readonly Raw[] {
  const model = String(price["model"]);
  switch (model) {
    case "one-off":
      return [{ amount: Q.of(price["amount"]) }];
    case "dynamic":
      return [{ amount: asked.quantity }];
    case "unit":
      return [unit(price, asked)];
    case "package":
      return [packages(price, asked)];
    case "volume":
      return [volume(list(price["tiers"]), asked)];
    case "graduated":
    case "graduated-percentage":
      return graduated(list(price["tiers"]), asked);
    case "percentage":
      return percentage(price, asked);
    case "time-rate":
      return timeRate(price, asked.quantity);
    default:
      throw new Error(`"${model}" is no price model`);
  }
}

const priorOf = ({ before }: Asked): Q => before?.quantity ?? ZERO;
const amount = (value: unknown): Q => Q.of(value ?? "0");

function unit(price: Raw, asked: Asked): Raw {
  const { quantity } = asked;
  const each = amount(price["unitAmount"]);
  const free = amount(price["freeUnits"]);
  if (free.n === 0n) return { quantity, unitAmount: each, amount: quantity.times(each) };
  const prior = priorOf(asked);
  const above = (total: Q): Q => most(total.minus(free), ZERO);
  const charged = above(prior.plus(quantity)).minus(above(prior));
  return { free: quantity.minus(charged), quantity: charged, unitAmount: each, amount: charged.times(each) };
}

function packages(price: Raw, asked: Asked): Raw {
  const size = Q.of(price["packageSize"]);
  const each = Q.of(price["packageAmount"]);
  const started = (total: Q): bigint =>
    most(total.minus(amount(price["freeUnits"])), ZERO)
      .over(size)
      .round("ceiling");
  const prior = priorOf(asked);
  const count = new Q(started(prior.plus(asked.quantity)) - started(prior));
  return {
    quantity: asked.quantity,
    packageSize: size,
    packages: count,
    packageAmount: each,
    amount: count.times(each),
  };
}

const endOf = (tier: Raw): Q | undefined => {
  const { upTo } = tier;
  return upTo === null || upTo === undefined ? undefined : Q.of(upTo);
};

const eachOf = (tier: Raw): Q =>
  tier["rate"] === undefined ? amount(tier["unitAmount"]) : percent(tier["rate"]);

function volume(tiers: readonly Raw[], asked: Asked): Raw {
  const priced = (total: Q): { tier: Raw; worth: Q } => {
    const tier = tiers.find((each) => total.compare(endOf(each) ?? total) <= 0);
    if (tier === undefined) throw new Error("no tier holds the quantity");
    return { tier, worth: total.times(eachOf(tier)).plus(amount(tier["flatAmount"])) };
  };
  const total = priorOf(asked).plus(asked.quantity);
  const { tier, worth } = priced(total);
  const flat = amount(tier["flatAmount"]);
  const former = asked.before === undefined ? undefined : priced(asked.before.quantity).worth;
  return {
    upTo: endOf(tier) ?? null,
    quantity: total,
    unitAmount: eachOf(tier),
    ...(flat.n === 0n ? {} : { flatAmount: flat }),
    ...(former === undefined ? {} : { whole: worth, former }),
    amount: former === undefined ? worth : worth.minus(former),
  };
}

function graduated(tiers: readonly Raw[], asked: Asked): Raw[] {
  const prior = priorOf(asked);
  const after = prior.plus(asked.quantity);
  const steps: Raw[] = [];
  let above = ZERO;
  tiers.forEach((tier, i) => {
    const end = endOf(tier);
    const part = least(after, end ?? after).minus(most(prior, above));
    const first = i === 0 && asked.before === undefined;
    const entered = first || (i > 0 && prior.compare(above) <= 0 && after.compare(above) > 0);
    if (entered || part.n > 0n) {
      const flat = entered ? amount(tier["flatAmount"]) : ZERO;
      steps.push({
        above,
        upTo: end ?? null,
        quantity: part,
        ...(tier["rate"] === undefined ? { unitAmount: eachOf(tier) } : { rate: String(tier["rate"]) }),
        ...(flat.n === 0n ? {} : { flatAmount: flat }),
        amount: part.times(eachOf(tier)).plus(flat),
      });
    }
    above = end ?? above;
  });
  return steps;
}

function percentage(price: Raw, asked: Asked): Raw[] {
  const [units, count] = [amount(price["freeUnits"]), amount(price["freeEvents"])];
  const [high, low] = [price["perTransactionMax"], price["perTransactionMin"]];
  let seen = priorOf(asked);
  let events = asked.before?.events ?? 0n;
  return asked.transactions.map((transaction) => {
    events += 1n;
    const left = units.minus(seen);
    seen = seen.plus(transaction);
    const withinUnits = units.n === 0n || seen.compare(units) <= 0;
    const withinEvents = count.n === 0n || new Q(events).compare(count) <= 0;
    if ((units.n > 0n || count.n > 0n) && withinUnits && withinEvents)
      return { transaction, ...(transaction.n === 0n ? {} : { free: transaction }), amount: ZERO };
    const free = units.n === 0n ? ZERO : most(least(left, transaction), ZERO);
    const charged = transaction
      .minus(free)
      .times(amount(price["rate"]))
      .over(HUNDRED)
      .plus(amount(price["fixedAmount"]));
    const head = { transaction, ...(free.n === 0n ? {} : { free }) };
    const over = high !== undefined && charged.compare(Q.of(high)) > 0;
    const capped = over ? Q.of(high) : charged;
    if (low !== undefined && capped.compare(Q.of(low)) < 0)
      return { ...head, bound: "minimum", amount: Q.of(low) };
    return over ? { ...head, bound: "maximum", amount: capped } : { ...head, amount: charged };
  });
}

function timeRate(price: Raw, seconds: Q): Raw[] {
  const connect = amount(price["connectAmount"]);
  const steps: Raw[] = connect.n === 0n ? [] : [{ connectAmount: connect, amount: connect }];
  const intervals = list(price["intervals"]);
  let paid = ZERO;
  intervals.forEach((interval, i) => {
    const from = most(amount(interval["start"]), paid);
    const next = intervals[i + 1]?.["start"];
    const within = least(seconds, next === undefined ? seconds : Q.of(next)).minus(from);
    if (within.n <= 0n) return;
    const per = Q.of(interval["per"] ?? ONE);
    const billed = within.roundTo(Q.of(interval["increment"] ?? ONE), "ceiling");
    paid = from.plus(billed);
    const rate = amount(interval["amount"]);
    const worth = billed.times(rate).over(per);
    steps.push({
      fromSecond: from,
      seconds: within,
      billedSeconds: billed,
      rate,
      perSeconds: per,
      amount: worth,
    });
  });
  return steps;
}
