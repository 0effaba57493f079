import { minor, percent, Q } from "./fractions.ts";
import { type Accepted, binds, inForce } from "./offers.ts";
import { list, type Raw, raw } from "./raw.ts";
import { wholeParts } from "./split.ts";
import { maybeParty, type Subject } from "./subject.ts";

/** What a party at fault owes to another. Taken off the legs between the two, as far as they go. */
export interface OpenRecourse {
  readonly product: string;
  readonly party: string;
  readonly to: string;
  left: bigint;
}

export interface Promised {
  readonly product: string;
  readonly subject: Subject;
  readonly agreements: readonly Raw[];
  readonly accepted: Accepted;
  readonly scale: number;
  readonly mode: string;
}

export interface Quality {
  readonly credit: bigint;
  readonly nodes: readonly Raw[];
  readonly recourse: readonly OpenRecourse[];
}

/** Every service level of the agreement that the delivery measures, in listed order. */
export function qualityOf(agreement: Raw, net: bigint, payee: string, promised: Promised): Quality {
  const nodes: Raw[] = [];
  const recourse: OpenRecourse[] = [];
  let credit = 0n;
  list(raw(agreement["terms"])["serviceLevels"]).forEach((level, i) => {
    const products = level["products"];
    const measured = promised.subject.usage[String(level["measure"])];
    if (!Array.isArray(products) || !products.includes(promised.product) || measured === undefined) return;
    const assessed = assess(level, Q.of(measured), net, promised);
    // Several breaches add up, but never to more than was charged; what gives something back has no room for any.
    const room = net > credit ? net - credit : 0n;
    const own = assessed.credit < room ? assessed.credit : room;
    const passed = passOn(list(level["recourse"]), own, payee, promised);
    credit += own;
    recourse.push(...passed.open);
    const head = {
      serviceLevel: level["id"],
      clause: `/terms/serviceLevels/${i}`,
      measure: level["measure"],
    };
    const chain = passed.nodes.length === 0 ? {} : { recourse: passed.nodes };
    nodes.push({ ...head, ...assessed.node, ...chain });
  });
  return { credit, nodes, recourse };
}

function assess(level: Raw, value: Q, net: bigint, { scale, mode }: Promised): { credit: bigint; node: Raw } {
  const { atMost, atLeast } = raw(level["target"]);
  const breached =
    (atMost !== undefined && value.compare(Q.of(atMost)) > 0) ||
    (atLeast !== undefined && value.compare(Q.of(atLeast)) < 0);
  const terms = raw(level["credit"]);
  const step = breached ? list(terms["steps"]).find((each) => stepHolds(each, value)) : undefined;
  if (step === undefined) return { credit: 0n, node: { value, breached, creditMinor: 0n } };
  const charged = net < 0n ? 0n : net;
  const wanted =
    step["amount"] === undefined
      ? percent(step["percent"]).times(new Q(charged)).round(mode)
      : minor(Q.of(step["amount"]), scale, "half-even");
  const cap =
    terms["maximumAmount"] === undefined ? wanted : minor(Q.of(terms["maximumAmount"]), scale, mode);
  const capped = wanted > cap ? cap : wanted;
  const credit = capped > charged ? charged : capped;
  const texts = Object.fromEntries(Object.entries(step).map(([key, each]) => [key, String(each)]));
  const before = credit === wanted ? {} : { beforeCapMinor: wanted };
  return { credit, node: { value, breached, step: texts, ...before, creditMinor: credit } };
}

function stepHolds({ above, upTo, below, downTo }: Raw, value: Q): boolean {
  const order = (limit: unknown): number => value.compare(Q.of(limit));
  return (
    (above === undefined || order(above) > 0) &&
    (upTo === undefined || order(upTo) <= 0) &&
    (below === undefined || order(below) < 0) &&
    (downTo === undefined || order(downTo) >= 0)
  );
}

interface Passed {
  readonly nodes: readonly Raw[];
  readonly open: readonly OpenRecourse[];
}

/** To those at fault, each up to its cap, and from them on to those behind them. */
function passOn(rules: readonly Raw[], amount: bigint, to: string, promised: Promised): Passed {
  if (amount === 0n) return { nodes: [], open: [] };
  const { product, subject, scale, mode } = promised;
  const whole = wholeParts(
    amount,
    rules.map((rule) => rule["percent"]),
  );
  const nodes: Raw[] = [];
  const [near, far]: [OpenRecourse[], OpenRecourse[]] = [[], []];
  rules.forEach((rule, i) => {
    const party = maybeParty(rule, subject);
    if (party === undefined || !answers(rule, party, to, promised)) return;
    const wanted = whole?.[i] ?? percent(rule["percent"]).times(new Q(amount)).round(mode);
    const most =
      rule["maximumAmount"] === undefined ? wanted : minor(Q.of(rule["maximumAmount"]), scale, mode);
    const own = wanted > most ? most : wanted;
    const onward = passOn(list(rule["recourse"]), own, party, promised);
    if (own !== 0n) near.push({ product, party, to, left: own });
    far.push(...onward.open);
    nodes.push({
      party,
      to,
      percent: String(rule["percent"]),
      ...(own === wanted ? {} : { beforeCapMinor: wanted }),
      amountMinor: own,
      ...(onward.nodes.length === 0 ? {} : { recourse: onward.nodes }),
    });
  });
  return { nodes, open: [...near, ...far] };
}

/** A mere stand-in answers only to those with whom an agreement that names it was in force. */
function answers({ party: named, role }: Raw, party: string, to: string, promised: Promised): boolean {
  const { subject, agreements, accepted } = promised;
  if (named !== undefined || role === "provider" || subject.named(String(role)) !== undefined) return true;
  return agreements.some(
    (agreement) =>
      inForce(agreement, subject.date) &&
      list(agreement["engagedParty"]).some(({ id }) => id === party) &&
      binds(agreement, to, accepted),
  );
}
