import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { list, pointed, Q, type Raw, raw } from "./verifier-numbers.ts";
import { expectedPrice } from "./verifier-price.ts";

/**
 * An independent verifier of traces. It recomputes every amount from the trace's delivery and the documents that the trace
 * cites, fetched by digest, with arithmetic of its own, and says where the trace says something else.
 * It knows the terms that the reference ecosystem uses, rounded half-even; others it refuses rather than believes.
 */
export function verifyTrace(trace: unknown, documents: readonly unknown[]): string[] {
  const verifier = new Verifier(documents);
  try {
    verifier.verify(raw(trace));
  } catch (error) {
    verifier.problems.push(String(error));
  }
  return verifier.problems;
}

export function digestOf(document: unknown): string {
  return `sha256:${createHash("sha256")
    .update(canonicalize(document) ?? "")
    .digest("hex")}`;
}

interface OpenRecourse {
  readonly party: string;
  readonly to: string;
  minor: bigint;
}

class Verifier {
  readonly problems: string[] = [];
  readonly #byDigest: Map<string, Raw>;
  readonly #recourse: OpenRecourse[] = [];
  #legs: readonly Raw[] = [];
  #delivery: Raw = {};

  constructor(documents: readonly unknown[]) {
    this.#byDigest = new Map(documents.map((document) => [digestOf(document), raw(document)]));
  }

  verify(trace: Raw): void {
    this.#same("/trace", trace["trace"], "rating-trace/1");
    this.#delivery = raw(trace["delivery"]);
    this.#legs = list(trace["legs"]);
    const charges = list(trace["charges"]);
    const wanted: string[] = [];
    charges.forEach((charge, i) => {
      wanted.push(...this.#charge(charge, i, trace));
    });
    this.#same("/legs", this.#legs.map(({ id }) => id).join(" "), wanted.join(" "));
    for (const { party, to, minor } of this.#recourse)
      if (minor !== 0n) this.problems.push(`recourse ${party} → ${to} on no leg`);
  }

  #charge(charge: Raw, index: number, trace: Raw): string[] {
    const at = `/charges/${index}`;
    const card = this.#card(raw(charge["rateCard"]));
    const entry = pointed(card, raw(charge["rateCard"])["clause"]);
    const agreement = this.#cited(raw(charge["agreement"]));
    const listed = pointed(agreement, raw(charge["agreement"])["clause"]);
    this.#same(`${at}/agreement/clause`, listed["id"], card["id"]);
    this.#same(`${at}/product`, charge["product"], entry["product"]);
    this.#same(`${at}/id`, charge["id"], `${String(this.#delivery["id"])}.${index}`);
    this.#same("/timeZone", trace["timeZone"], card["timeZone"]);
    this.#same("/currency", trace["currency"], card["currency"]);
    this.#same("/scale", trace["scale"], card["scale"]);
    const [payer, payee] = this.#parties(entry, agreement, at, charge);
    const price = expectedPrice(entry, this.#delivery, String(card["timeZone"]), raw(charge["price"]));
    this.#matches(`${at}/price`, charge["price"], price.node);
    const exact = this.#bound(entry, price.amount, at, charge);
    const net = exact.times(new Q(100n)).halfEven();
    this.#matches(`${at}/exact`, charge["exact"], exact);
    this.#same(`${at}/rounding`, charge["rounding"], raw(card["rounding"])["mode"]);
    this.#same(`${at}/rounding`, charge["rounding"], "half-even");
    this.#matches(`${at}/netMinor`, charge["netMinor"], new Q(net));
    const shares = this.#split(entry, charge, net, at);
    const credit = this.#credit(charge, agreement, entry, net, [payer, payee], at);
    this.#matches(`${at}/serviceCreditMinor`, charge["serviceCreditMinor"], new Q(credit));
    const tax = this.#tax(card, entry["taxCode"], net - credit, raw(charge["tax"]), `${at}/tax`);
    this.#matches(`${at}/tax/baseMinor`, raw(charge["tax"])["baseMinor"], new Q(net - credit));
    this.#matches(`${at}/payableMinor`, charge["payableMinor"], new Q(net - credit + tax));
    const side = payer === this.#delivery["customer"] ? "sale" : "purchase";
    this.#same(`${at}/side`, charge["side"], side);
    this.#leg(`${index}/${side}`, side, payer, payee, net, credit, { card, code: entry["taxCode"] });
    const ids = shares.flatMap(({ party, minor, code }, i) => {
      if (party === payee || minor === 0n) return [];
      const id = `${index}/share/${i}`;
      this.#leg(id, "share", payee, party, minor, this.#take(party, payee), {
        card,
        code: code ?? entry["taxCode"],
      });
      return [id];
    });
    return [`${index}/${side}`, ...ids];
  }

  #parties(entry: Raw, agreement: Raw, at: string, charge: Raw): [string, string] {
    const purchase = entry["side"] === "purchase";
    const party = (selector: unknown, role: string): string =>
      this.#party(selector === undefined ? { role } : raw(selector), entry, agreement);
    const payer = party(entry["payer"], purchase ? "provider" : "customer");
    const payee = party(entry["payee"], purchase ? "supplier" : "orchestrator");
    this.#same(`${at}/payer`, charge["payer"], payer);
    this.#same(`${at}/payee`, charge["payee"], payee);
    return [payer, payee];
  }

  #party(selector: Raw, entry: Raw, agreement: Raw): string {
    if (selector["party"] !== undefined) return String(selector["party"]);
    const role = String(selector["role"]);
    const named = role === "customer" || role === "provider" ? this.#delivery[role] : undefined;
    const engaged = list(agreement["engagedParty"]).filter((each) => each["role"] === role);
    return String(
      named ?? raw(this.#delivery["parties"])[role] ?? raw(entry["parties"])[role] ?? engaged[0]?.["id"],
    );
  }

  #bound(entry: Raw, amount: Q, at: string, charge: Raw): Q {
    const [most, least] = [entry["maximumAmount"], entry["minimumAmount"]];
    const capped = most !== undefined && amount.compare(Q.of(most)) > 0 ? Q.of(most) : amount;
    const raised = least !== undefined && capped.compare(Q.of(least)) < 0 ? Q.of(least) : capped;
    this.#matches(`${at}/minimum`, charge["minimum"], raised === capped ? undefined : raised);
    this.#matches(
      `${at}/maximum`,
      charge["maximum"],
      raised === capped && capped !== amount ? capped : undefined,
    );
    return raised;
  }

  #split(
    entry: Raw,
    charge: Raw,
    net: bigint,
    at: string,
  ): { party: string; minor: bigint; code: unknown }[] {
    if (entry["split"] === undefined) {
      this.#matches(`${at}/split`, charge["split"], undefined);
      return [];
    }
    const rules = list(raw(entry["split"])["shares"]);
    const agreement = this.#cited(raw(charge["agreement"]));
    const given = rules.reduce(
      (sum, rule) => (rule["percent"] === undefined ? sum : sum.plus(Q.of(rule["percent"]))),
      new Q(0n),
    );
    const weights = rules.map((rule) =>
      rule["percent"] === undefined ? new Q(100n).minus(given) : Q.of(rule["percent"]),
    );
    const floors = weights.map((weight) => weight.times(new Q(net, 100n)).floor());
    let left = net - floors.reduce((sum, floor) => sum + floor, 0n);
    const shares = rules.map((rule, i) => {
      const extra = left > 0n && (weights[i]?.n ?? 0n) > 0n ? 1n : 0n;
      left -= extra;
      const floor = floors[i] ?? 0n;
      const text = rule["percent"] === undefined ? "remaining" : `${String(rule["percent"])} %`;
      return {
        party: this.#party(rule, entry, agreement),
        rule: text,
        floor,
        extra,
        minor: floor + extra,
        code: rule["taxCode"],
      };
    });
    const nodes = shares.map(({ party, rule, floor, extra, minor }) => ({
      party,
      rule,
      flooredMinor: new Q(floor),
      leftOverMinor: new Q(extra),
      amountMinor: new Q(minor),
    }));
    this.#matches(`${at}/split`, charge["split"], { remainder: "first-listed", shares: nodes });
    return shares;
  }

  #credit(
    charge: Raw,
    agreement: Raw,
    entry: Raw,
    net: bigint,
    [payer, payee]: [string, string],
    at: string,
  ): bigint {
    if (entry["side"] === "purchase") {
      const passedOn = this.#take(payee, payer);
      this.#matches(
        `${at}/recourseMinor`,
        charge["recourseMinor"],
        passedOn === 0n ? undefined : new Q(passedOn),
      );
      return passedOn;
    }
    const levels = list(raw(agreement["terms"])["serviceLevels"]);
    const expected: unknown[] = [];
    let total = 0n;
    levels.forEach((level, i) => {
      const value = raw(this.#delivery["usage"])[String(level["measure"])];
      const products = level["products"];
      if (value === undefined || !Array.isArray(products) || !products.includes(charge["product"])) return;
      const [node, credit] = this.#assess(
        level,
        `/terms/serviceLevels/${i}`,
        Q.of(value),
        net,
        payee,
        entry,
        agreement,
      );
      expected.push(node);
      total += credit;
    });
    this.#matches(
      `${at}/serviceLevels`,
      charge["serviceLevels"],
      expected.length === 0 ? undefined : expected,
    );
    return total;
  }

  #assess(
    level: Raw,
    clause: string,
    value: Q,
    net: bigint,
    payee: string,
    entry: Raw,
    agreement: Raw,
  ): [unknown, bigint] {
    const breached = value.compare(Q.of(raw(level["target"])["atMost"])) > 0;
    const head = { serviceLevel: level["id"], clause, measure: level["measure"], value, breached };
    const step = list(raw(level["credit"])["steps"]).find(
      ({ above, upTo }) =>
        value.compare(Q.of(above)) > 0 && (upTo === undefined || value.compare(Q.of(upTo)) <= 0),
    );
    if (!breached || step === undefined) return [{ ...head, creditMinor: new Q(0n) }, 0n];
    const wanted = Q.of(step["percent"]).times(new Q(net, 100n)).halfEven();
    const most = Q.of(raw(level["credit"])["maximumAmount"]).times(new Q(100n)).floor();
    const credit = wanted > most ? most : wanted;
    const cap = credit === wanted ? {} : { beforeCapMinor: new Q(wanted) };
    const recourse = this.#passOn(list(level["recourse"]), credit, payee, entry, agreement);
    return [{ ...head, step, ...cap, creditMinor: new Q(credit), recourse }, credit];
  }

  #passOn(rules: readonly Raw[], amount: bigint, to: string, entry: Raw, agreement: Raw): unknown[] {
    const whole = rules.reduce((sum, { percent }) => sum + Number(percent), 0) === 100;
    const exact = rules.map(({ percent }) => Q.of(percent).times(new Q(amount, 100n)));
    const parts = exact.map((part) => (whole ? part.floor() : part.halfEven()));
    let left = whole ? amount - parts.reduce((sum, part) => sum + part, 0n) : 0n;
    return rules.map((rule, i) => {
      const wanted = (parts[i] ?? 0n) + (left > 0n ? 1n : 0n);
      if (left > 0n) left -= 1n;
      const most =
        rule["maximumAmount"] === undefined ? wanted : Q.of(rule["maximumAmount"]).times(new Q(100n)).floor();
      const minor = wanted > most ? most : wanted;
      const party = this.#party(rule, entry, agreement);
      this.#recourse.push({ party, to, minor });
      const onward = this.#passOn(list(rule["recourse"]), minor, party, entry, agreement);
      const cap = minor === wanted ? {} : { beforeCapMinor: new Q(wanted) };
      const more = onward.length === 0 ? {} : { recourse: onward };
      return { party, to, percent: rule["percent"], ...cap, amountMinor: new Q(minor), ...more };
    });
  }

  #take(party: string, to: string): bigint {
    const open = this.#recourse.find((each) => each.party === party && each.to === to);
    const minor = open?.minor ?? 0n;
    if (open !== undefined) open.minor = 0n;
    return minor;
  }

  #tax(card: Raw, code: unknown, base: bigint, stated: Raw, at: string): bigint {
    const day = String(this.#delivery["startedAt"]).slice(0, 10);
    const rates = list(raw(raw(raw(card["tax"])["codes"])[String(code)])["rates"]);
    const rate = rates.find(
      ({ from, to }) =>
        (from === undefined || day >= String(from)) && (to === undefined || day <= String(to)),
    );
    const percent = Q.of(rate?.["percent"]);
    const tax = percent.times(new Q(base, 100n)).halfEven();
    this.#same(`${at}/code`, stated["code"] ?? stated["taxCode"], code);
    this.#matches(`${at}/percent`, stated["percent"] ?? stated["taxPercent"], percent);
    this.#matches(`${at}/taxMinor`, stated["taxMinor"], new Q(tax));
    return tax;
  }

  #leg(
    id: string,
    kind: string,
    payer: string,
    payee: string,
    net: bigint,
    credit: bigint,
    by: { card: Raw; code: unknown },
  ): void {
    const leg = this.#legs.find((each) => each["id"] === id);
    if (leg === undefined) {
      this.problems.push(`/legs: no leg ${id}`);
      return;
    }
    const at = `/legs/${id}`;
    this.#same(`${at}/kind`, leg["kind"], kind);
    this.#same(`${at}/payer`, leg["payer"], payer);
    this.#same(`${at}/payee`, leg["payee"], payee);
    this.#matches(`${at}/netMinor`, leg["netMinor"], new Q(net));
    this.#matches(`${at}/creditMinor`, leg["creditMinor"], new Q(credit));
    const tax = this.#tax(by.card, by.code, net - credit, leg, at);
    this.#matches(`${at}/payableMinor`, leg["payableMinor"], new Q(net - credit + tax));
  }

  #card(citation: Raw): Raw {
    const own = this.#cited(citation);
    const base = own["extends"] === undefined ? {} : this.#cited(raw(citation["extends"]));
    this.#same("/rateCard/extends", base["id"], own["extends"]);
    return { ...base, ...own };
  }

  #cited(citation: Raw): Raw {
    const document = this.#byDigest.get(String(citation["digest"]));
    if (document === undefined) throw new Error(`no document has the digest ${String(citation["digest"])}`);
    this.#same("/citation/id", citation["id"], document["id"]);
    this.#same("/citation/version", citation["version"], document["version"]);
    return document;
  }

  #same(at: string, got: unknown, want: unknown): void {
    if (got !== want) this.problems.push(`${at}: says ${String(got)}, should be ${String(want)}`);
  }

  /** By value: numbers as numbers, everything else as it stands; nothing may be missing, nothing may be more. */
  #matches(at: string, got: unknown, want: unknown): void {
    if (want instanceof Q) {
      const equal = got !== undefined && Q.of(got).compare(want) === 0;
      if (!equal) this.problems.push(`${at}: says ${String(got)}, should be ${want.n}/${want.d}`);
    } else if (typeof want === "object" && want !== null) {
      const [there, wanted] = [raw(got), raw(want)];
      for (const key of new Set([...Object.keys(there), ...Object.keys(wanted)]))
        this.#matches(`${at}/${key}`, there[key], wanted[key]);
    } else this.#same(at, got, want);
  }
}
