import { readableMinor } from "../../../sandbox/rating/currency.ts";
import type { Statement, StatementLine } from "../../../sandbox/simulation/index.ts";
import { html, type SafeHtml } from "../html.ts";
import { nameOf } from "../split-bar.ts";
import { count } from "../words.ts";
import { monthWords } from "./dates.ts";
import type { EarnModel, Link } from "./model.ts";
import { payDays } from "./pay-days.ts";

/** What a statement needs to speak of parties, services and documents. Runs at build time and in the page alike. */
export type StatementContext = Pick<EarnModel, "names" | "links"> & {
  readonly titles: Readonly<Record<string, string>>;
  readonly runs: number;
};

const NOTHING: SafeHtml = { html: "" };

/** What the chosen places come to: the total, each line with its cause by month, tax apart, and the pay days. */
export function statementHtml(statement: Statement, context: StatementContext): SafeHtml {
  const { currency, scale, months, totalMinor, leastMinor, mostMinor } = statement;
  const money = (minor: number): string => readableMinor(minor, scale);
  const isPaid = totalMinor >= 0;
  const [first = "", last = first] = [months[0], months.at(-1)];
  const span =
    first === last ? `in ${monthWords(first)}` : `from ${monthWords(first)} to ${monthWords(last)}`;
  const range =
    leastMinor === mostMinor
      ? html`All ${context.runs} runs come to the same.`
      : html`The middle one of ${context.runs} runs. The ${isPaid ? "worst" : "dearest"} comes to ${money(leastMinor)}, the ${isPaid ? "best" : "cheapest"} to ${money(mostMinor)}.`;
  return html`<div class="stack"><p class="eyebrow">${isPaid ? "You are paid" : "You pay"}</p>
<p class="big">${money(Math.abs(totalMinor))} <small>${currency} ${span}</small></p><p class="muted small">${range}</p></div>
<div class="scroll" tabindex="0" role="region" aria-label="Your account, month by month">${accountTable(statement, context)}</div>
${passedOn(statement)}
${payDays(statement, context)}`;
}

function accountTable(statement: Statement, context: StatementContext): SafeHtml {
  const { months, deliveries, scale, taxMinor, totalMinor, currency } = statement;
  const lines = merged(statement.lines);
  const net = months.map((_, at) => sum(lines.map(({ monthsMinor }) => monthsMinor[at] ?? 0)));
  const paid = months.map((_, at) => (net[at] ?? 0) + (taxMinor[at] ?? 0));
  const amounts = (minor: readonly number[]): SafeHtml =>
    cells([...minor, sum(minor)].map((each) => readableMinor(each, scale)));
  const products = [...new Set(lines.map(({ product }) => product))];
  const groups = products.map((product) => {
    const own = lines.filter((line) => line.product === product);
    const heading =
      products.length === 1
        ? NOTHING
        : html`<tr><th class="col" scope="rowgroup" colspan="${months.length + 2}">${context.titles[product] ?? (product === "" ? "The period" : product)}</th></tr>`;
    const rows = own.map(
      (line) =>
        html`<tr><th scope="row">${wordsOf(line, context)}${cause(line, context)}</th>${amounts(line.monthsMinor)}</tr>`,
    );
    return html`<tbody>${heading}${rows}</tbody>`;
  });
  const hasTax = taxMinor.some((minor) => minor !== 0);
  const tax = hasTax
    ? html`<tr><th scope="row">Tax${taxMinor.some((minor) => minor < 0) ? " on top" : ""}</th>${amounts(taxMinor)}</tr>`
    : NOTHING;
  const total = hasTax
    ? html`${tax}<tr class="sum"><th scope="row">${totalMinor < 0 ? "You pay" : "You are paid"}</th>${amounts(paid)}</tr>`
    : NOTHING;
  const heads = [...months.map((month) => monthWords(month)), "Together"];
  return html`<table class="account" aria-label="Month by month"><thead><tr><th scope="col">${currency}</th>${heads.map((head) => html`<th scope="col" class="num">${head}</th>`)}</tr></thead>
<tbody><tr class="quiet"><th scope="row">Deliveries</th>${cells([...deliveries, sum(deliveries)].map((each) => each.toLocaleString("en")))}</tr></tbody>${groups}
<tbody><tr class="sum"><th scope="row">${hasTax ? "Net, before tax" : totalMinor < 0 ? "You pay, net" : "You are paid, net"}</th>${amounts(net)}</tr>${total}</tbody></table>`;
}

const cells = (values: readonly string[]): SafeHtml =>
  html`${values.map((value) => html`<td class="num">${value}</td>`)}`;

const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);

/** Lines that differ only by the customer are one: there may be a thousand of those. */
function merged(lines: readonly StatementLine[]): readonly StatementLine[] {
  const byCause = Map.groupBy(lines, ({ kind, product, side, other, agreement, rateCard, serviceLevel }) => {
    const partner = kind === "kept" || kind === "paid" || kind === "recourse" ? other : "";
    return [kind, product, side, partner, agreement.id, rateCard?.id, serviceLevel].join("\n");
  });
  return [...byCause.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const others = new Set(own.map(({ other }) => other));
    const monthsMinor = first.monthsMinor.map((_, at) => sum(own.map((line) => line.monthsMinor[at] ?? 0)));
    return [{ ...first, other: others.size === 1 ? first.other : "", monthsMinor }];
  });
}

/** What a line is, for whom reads their own account. */
function wordsOf({ kind, other, side, monthsMinor }: StatementLine, { names }: StatementContext): string {
  const who = other === "" ? "Customers" : nameOf(other, names);
  const gets = sum(monthsMinor) > 0;
  switch (kind) {
    case "charged":
      return side === "sale"
        ? `${who} ${other === "" ? "are" : "is"} charged`
        : `${who} pays for what is bought in`;
    case "kept":
      return `${who} keeps`;
    case "paid":
      return side === "sale" ? `You pay ${who}` : `You pay ${who}, who is bought in`;
    case "service-credit":
      return gets ? "You get back for lateness" : "Customers get back for lateness";
    case "recourse":
      return gets ? `${who} bears for lateness` : `You bear for lateness, to ${who}`;
    case "commitment":
      return gets ? "What commitments add" : "What you committed to";
    case "prepaid":
      return gets ? "Paid ahead already" : "Was paid ahead";
  }
}

function cause(line: StatementLine, { links }: StatementContext): SafeHtml {
  const link = linkOf(line, links);
  return link === undefined ? NOTHING : html` <a class="cause" href="${link.href}">${link.title}</a>`;
}

function linkOf(
  { kind, product, side, agreement, rateCard, serviceLevel }: StatementLine,
  { cards, purchases, agreements, serviceLevels }: EarnModel["links"],
): Link | undefined {
  const agreed = `${agreement.id} ${agreement.version}`;
  if (kind === "service-credit" || kind === "recourse")
    return serviceLevels[`${agreed} ${serviceLevel}`] ?? agreements[agreed];
  if (kind === "commitment" || kind === "prepaid") return agreements[agreed];
  return side === "purchase"
    ? purchases[product]
    : (cards[`${rateCard?.id} ${rateCard?.version} ${product}`] ??
        cards[`${rateCard?.id} ${rateCard?.version}`]);
}

function passedOn({ taxPassedOnMinor, taxTakenOffMinor, scale, currency }: Statement): SafeHtml {
  const money = (minor: number): string => `${readableMinor(minor, scale)} ${currency}`;
  const said = [
    ...(taxPassedOnMinor === 0
      ? []
      : [`${money(taxPassedOnMinor)} of tax is on what you are paid, and goes on to the tax authority.`]),
    ...(taxTakenOffMinor === 0
      ? []
      : [`${money(taxTakenOffMinor)} of tax is on what you pay, and you take it off.`]),
  ];
  return said.length === 0
    ? NOTHING
    : html`<p class="small muted">Tax apart: ${said.join(" ")} It is in no line above.</p>`;
}

/** `100 deliveries a month`. */
export const volumeWords = (volume: number): string => `${count(volume, "delivery", "deliveries")} a month`;
