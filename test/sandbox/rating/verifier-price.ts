import { list, Q, type Raw, raw } from "./verifier-numbers.ts";

/** What a price has to come to, and what each of its nodes has to say. Compared by value, leaf by leaf. */
export interface Expected {
  readonly amount: Q;
  /** Everything that the trace's price node may say, in its own shape. */
  readonly node: unknown;
}

const ZERO = new Q(0n);

/** `stated` is the trace's own price node: only what can't be recomputed from one delivery (what the period held) is taken from it. */
export function expectedPrice(entry: Raw, delivery: Raw, zone: string, stated: Raw): Expected {
  const price = raw(entry["price"]);
  const timing = entry["timing"] === undefined ? undefined : raw(entry["timing"]);
  if (timing?.["basis"] === "elapsed") return pieces(price, timing, delivery, zone);
  const window = list(timing?.["windows"]).find((each) =>
    inWindow(each, String(delivery["startedAt"]).slice(0, 16)),
  );
  const chosen = window === undefined ? price : { ...price, ...raw(window["price"]) };
  const priced = "components" in chosen ? summed(chosen, delivery) : single(chosen, delivery, stated);
  return window === undefined ? priced : { ...priced, node: { window: window["id"], ...raw(priced.node) } };
}

function summed(price: Raw, delivery: Raw): Expected {
  const parts = list(price["components"])
    .filter((component) => holds(list(component["when"]), delivery))
    .map((component) => single(component, delivery, {}));
  const amount = parts.reduce((sum, part) => sum.plus(part.amount), ZERO);
  return bounded(price, amount, { model: "sum", components: parts.map(({ node }) => node), amount });
}

function bounded(price: Raw, amount: Q, node: Raw): Expected {
  const [most, least] = [price["maximumAmount"], price["minimumAmount"]];
  const capped = most !== undefined && amount.compare(Q.of(most)) > 0 ? Q.of(most) : amount;
  if (least !== undefined && capped.compare(Q.of(least)) < 0)
    return { amount: Q.of(least), node: { ...node, minimum: Q.of(least) } };
  return capped === amount ? { amount, node } : { amount: capped, node: { ...node, maximum: capped } };
}

function holds(conditions: readonly Raw[], delivery: Raw): boolean {
  return conditions.every(
    (condition) => raw(delivery["usage"])[String(condition["measure"])] === condition["equals"],
  );
}

function single(price: Raw, delivery: Raw, stated: Raw): Expected {
  const model = String(price["model"]);
  if (model === "recurring") return recurring(price, delivery);
  const measured = measure(price, delivery);
  const quantity: Record<string, unknown> = { measure: measureName(price), measured };
  let billed = measured;
  if (price["increment"] !== undefined) {
    const step = Q.of(price["increment"]);
    billed = new Q(billed.over(step).ceiling()).times(step);
    quantity["rounded"] = billed;
  }
  if (price["usageDiscount"] !== undefined) {
    const left = billed.minus(Q.of(price["usageDiscount"]));
    billed = left.n < 0n ? ZERO : left;
    quantity["discounted"] = billed;
  }
  if (model === "percentage") {
    delete quantity["measured"];
    quantity["transactions"] = [measured];
  }
  const first = list(stated["steps"])[0];
  const before =
    price["cumulative"] === undefined || first?.["before"] === undefined ? undefined : Q.of(first["before"]);
  const steps = stepsOf(model, price, billed, before ?? ZERO);
  const amount = steps.reduce((sum, step) => sum.plus(step["amount"] as Q), ZERO);
  const told = before === undefined ? [] : [{ before, period: first?.["period"] }];
  return bounded(price, amount, { model, quantity, steps: [...told, ...steps], amount });
}

function measureName(price: Raw): string {
  const own = price["measure"] ?? (price["model"] === "time-rate" ? { elapsed: "second" } : undefined);
  if (own === undefined) return "delivery";
  return typeof own === "string" ? own : `elapsed ${String(raw(own)["elapsed"])}s`;
}

const UNIT_MS: Readonly<Record<string, bigint>> = {
  second: 1000n,
  minute: 60_000n,
  hour: 3_600_000n,
  day: 86_400_000n,
};

function measure(price: Raw, delivery: Raw): Q {
  const own = price["measure"] ?? (price["model"] === "time-rate" ? { elapsed: "second" } : undefined);
  if (own === undefined) return new Q(1n);
  if (typeof own === "string") return Q.of(raw(delivery["usage"])[own]);
  const ms = Date.parse(String(delivery["endedAt"])) - Date.parse(String(delivery["startedAt"]));
  return new Q(BigInt(ms), UNIT_MS[String(raw(own)["elapsed"])] ?? 1n);
}

function stepsOf(model: string, price: Raw, quantity: Q, before: Q): Raw[] {
  switch (model) {
    case "one-off":
      return [{ amount: Q.of(price["amount"]) }];
    case "unit":
      return [unitStep(price, quantity, before)];
    case "package": {
      const packages = new Q(quantity.over(Q.of(price["packageSize"])).ceiling());
      const each = Q.of(price["packageAmount"]);
      return [
        {
          quantity,
          packageSize: Q.of(price["packageSize"]),
          packages,
          packageAmount: each,
          amount: packages.times(each),
        },
      ];
    }
    case "percentage":
      return [{ transaction: quantity, amount: quantity.times(Q.of(price["rate"])).over(new Q(100n)) }];
    case "graduated":
      return graduatedSteps(list(price["tiers"]), quantity, before);
    case "time-rate":
      return timeSteps(price, quantity);
    default:
      throw new Error(`the verifier doesn't know the model "${model}"`);
  }
}

function unitStep(price: Raw, quantity: Q, before: Q): Raw {
  const each = Q.of(price["unitAmount"]);
  if (price["freeUnits"] === undefined) return { quantity, unitAmount: each, amount: quantity.times(each) };
  const above = (total: Q): Q => {
    const rest = total.minus(Q.of(price["freeUnits"]));
    return rest.n < 0n ? ZERO : rest;
  };
  const charged = above(before.plus(quantity)).minus(above(before));
  return { free: quantity.minus(charged), quantity: charged, unitAmount: each, amount: charged.times(each) };
}

function graduatedSteps(tiers: readonly Raw[], quantity: Q, before: Q): Raw[] {
  const after = before.plus(quantity);
  const steps: Raw[] = [];
  let above = ZERO;
  tiers.forEach((tier, i) => {
    const open = tier["upTo"] === null || tier["upTo"] === undefined;
    const end = open ? after : Q.of(tier["upTo"]);
    const low = before.compare(above) > 0 ? before : above;
    const high = after.compare(end) < 0 ? after : end;
    const part = high.minus(low);
    const entered = before.compare(above) <= 0 && (after.compare(above) > 0 || (i === 0 && before.n === 0n));
    if (part.n > 0n || entered) {
      const flat = entered && tier["flatAmount"] !== undefined ? Q.of(tier["flatAmount"]) : undefined;
      const amount = part.times(Q.of(tier["unitAmount"] ?? "0")).plus(flat ?? ZERO);
      const head = {
        above,
        upTo: open ? null : end,
        quantity: part,
        unitAmount: Q.of(tier["unitAmount"] ?? "0"),
      };
      steps.push(flat === undefined ? { ...head, amount } : { ...head, flatAmount: flat, amount });
    }
    above = end;
  });
  return steps;
}

function timeSteps(price: Raw, seconds: Q): Raw[] {
  const connect = price["connectAmount"];
  const steps: Raw[] = connect === undefined ? [] : [{ connectAmount: Q.of(connect), amount: Q.of(connect) }];
  const intervals = list(price["intervals"]);
  intervals.forEach((interval, i) => {
    const from = Q.of(interval["start"] ?? "0");
    const next = intervals[i + 1]?.["start"];
    const end = next === undefined || seconds.compare(Q.of(next)) < 0 ? seconds : Q.of(next);
    if (end.compare(from) <= 0) return;
    const [per, increment] = [Q.of(interval["per"] ?? "1"), Q.of(interval["increment"] ?? "1")];
    const billed = new Q(end.minus(from).over(increment).ceiling()).times(increment);
    const rate = Q.of(interval["amount"]);
    steps.push({
      fromSecond: from,
      seconds: end.minus(from),
      billedSeconds: billed,
      rate,
      perSeconds: per,
      amount: billed.times(rate).over(per),
    });
  });
  return steps;
}

function recurring(price: Raw, delivery: Raw): Expected {
  const [year = 0, month = 0, day = 0] = String(delivery["startedAt"]).slice(0, 10).split("-").map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const ratio = new Q(BigInt(days - day + 1), BigInt(days));
  const amount = Q.of(price["amount"]).times(ratio);
  const until = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  const step = { from: String(delivery["startedAt"]).slice(0, 10), until, ratio, amount };
  return {
    amount,
    node: { model: "recurring", charged: price["charged"], basis: price["proration"], steps: [step], amount },
  };
}

/** Minute by minute, by the clocks of the zone: slow, and beyond doubt. */
function pieces(price: Raw, timing: Raw, delivery: Raw, zone: string): Expected {
  const unit = raw(single({ ...price, unitAmount: "0" }, delivery, {}).node);
  const quantity = raw(unit["quantity"]);
  const hours = (quantity["rounded"] ?? quantity["measured"]) as Q;
  const minutes = Number(hours.times(new Q(60n)).floor());
  const start = Date.parse(String(delivery["startedAt"]));
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const runs: { window: Raw | undefined; minutes: number }[] = [];
  for (let i = 0; i < minutes; i++) {
    const local = clock.format(start + i * 60_000).replace(" ", "T");
    const window = list(timing["windows"]).find((each) => inWindow(each, local));
    const last = runs.at(-1);
    if (last !== undefined && last.window === window) last.minutes++;
    else runs.push({ window, minutes: 1 });
  }
  const nodes = runs.map((run) => {
    const part = new Q(BigInt(run.minutes), 60n);
    const [step] = stepsOf("unit", run.window === undefined ? price : raw(run.window["price"]), part, ZERO);
    return {
      window: run.window?.["id"] ?? "otherwise",
      quantity: part,
      steps: [step],
      amount: step?.["amount"] as Q,
    };
  });
  const amount = nodes.reduce((sum, node) => sum.plus(node.amount), ZERO);
  return { amount, node: { model: price["model"], quantity, pieces: nodes, amount } };
}

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** `local` as `2025-03-11T08:30`. */
function inWindow(window: Raw, local: string): boolean {
  const weekday = DAYS[new Date(`${local.slice(0, 10)}T12:00:00Z`).getUTCDay()] ?? "";
  const days = window["days"];
  if (Array.isArray(days) && !days.includes(weekday)) return false;
  const time = local.slice(11, 16);
  return list(window["times"]).some(({ from, to }) => time >= String(from) && time < String(to));
}
