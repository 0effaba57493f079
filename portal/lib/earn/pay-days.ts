import { readableMinor } from "../../../sandbox/rating/currency.ts";
import type { Payment, Statement } from "../../../sandbox/simulation/index.ts";
import { html, type SafeHtml } from "../html.ts";
import { dayNumber, dayWords, monthWords } from "./dates.ts";
import type { EarnModel } from "./model.ts";

/** What is paid on one day, for one or more months. */
interface PayDay {
  readonly months: readonly string[];
  readonly due: Payment["due"];
  readonly amountMinor: number;
}

/** When the money comes: a line for each pay day, drawn and as a table. */
export function payDays(
  { payments, currency, scale, totalMinor }: Statement,
  { links }: Pick<EarnModel, "links">,
): SafeHtml {
  const days = together(payments.filter(({ amountMinor }) => amountMinor !== 0));
  if (days.length === 0) return { html: "" };
  const isPaid = totalMinor >= 0;
  const money = (minor: number): string => readableMinor(isPaid ? minor : -minor, scale);
  const rows = days.map(
    ({ months, due, amountMinor }) =>
      html`<tr><th scope="row">${due === undefined ? "No agreement says when" : dayWords(due.on)}</th><td>${monthsWords(months)}</td><td class="num">${money(amountMinor)}</td></tr>`,
  );
  return html`<div class="stack pay-days"><h3>${isPaid ? "When you are paid" : "When you pay"}</h3>${drawing(days, money)}
<table aria-label="${isPaid ? "When you are paid" : "When you pay"}"><thead><tr><th scope="col">By</th><th scope="col">For</th><th scope="col" class="num">${currency}</th></tr></thead><tbody>${rows}</tbody><tfoot><tr><th scope="row" colspan="2">Together</th><td class="num">${money(totalMinor)}</td></tr></tfoot></table>${terms(days, links)}</div>`;
}

function together(payments: readonly Payment[]): readonly PayDay[] {
  const byDay = Map.groupBy(payments, ({ due }) => `${due?.on ?? "9999"} ${due?.agreement.id}`);
  return [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => ({
      months: own.map(({ month }) => month),
      due: own[0]?.due,
      amountMinor: own.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    }));
}

const monthsWords = (months: readonly string[]): string =>
  months.length === 1
    ? monthWords(months[0] ?? "")
    : `${monthWords(months[0] ?? "")} to ${monthWords(months.at(-1) ?? "")}`;

/** The clauses that say when, each once. */
function terms(days: readonly PayDay[], { agreements }: EarnModel["links"]): SafeHtml {
  const known = days.flatMap(({ due }) => (due === undefined ? [] : [due]));
  const each = Map.groupBy(known, ({ agreement }) => `${agreement.id} ${agreement.version}`);
  const said = [...each].flatMap(([key, [due]]) => {
    if (due === undefined) return [];
    const { settlement, dueDays } = due;
    const link = agreements[key];
    const by = link === undefined ? { html: "" } : html` <a href="${link.href}">${link.title}</a>`;
    return [
      html`<p class="small muted">Settled by the ${settlement}, due ${dueDays} days after its end.${by}</p>`,
    ];
  });
  return html`${said}`;
}

const WIDTH = 340;
const EDGE = 6;
const ROW = 36;
const HEAD = 16;

/** The months of work as bars, each with the way to its pay day; the table below says the same. */
function drawing(days: readonly PayDay[], money: (minor: number) => string): SafeHtml {
  const known = days.flatMap(({ due, ...day }) => (due === undefined ? [] : [{ ...day, due }]));
  const first = known[0]?.months[0];
  if (first === undefined) return { html: "" };
  const start = dayNumber(`${first}-01`);
  const end = Math.max(...known.map(({ due }) => dayNumber(due.on))) + 1;
  const x = (day: number): number => Math.round(EDGE + ((day - start) / (end - start)) * (WIDTH - 2 * EDGE));
  const height = HEAD + known.length * ROW;
  const ticks = monthStarts(start, end).map(
    ({ day, name }) =>
      html`<path class="tick" d="M${x(day)} ${HEAD}V${height}"/><text class="quiet" x="${x(day) + 3}" y="11">${name}</text>`,
  );
  const rows = known.map(({ months, due, amountMinor }, at) => {
    const y = HEAD + at * ROW + 27;
    const [from, closed, on] = [`${months[0]}-01`, due.closedOn, due.on].map((day) => x(dayNumber(day)));
    const right = (on ?? 0) > WIDTH / 2;
    return html`<rect class="work" x="${from ?? 0}" y="${y - 4}" width="${(closed ?? 0) - (from ?? 0)}" height="8" rx="2"/><path class="wait" d="M${closed ?? 0} ${y}H${on ?? 0}"/><circle class="paid" cx="${on ?? 0}" cy="${y}" r="5"/><text x="${(on ?? 0) + (right ? 5 : -5)}" y="${y - 9}" text-anchor="${right ? "end" : "start"}">${money(amountMinor)}</text>`;
  });
  return html`<svg class="days" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Months of work and the days on which they are paid; the table below says the same">${ticks}${rows}</svg>`;
}

/** The first days of months in between, at most twelve of them named. */
function monthStarts(start: number, end: number): readonly { day: number; name: string }[] {
  const found: { day: number; name: string }[] = [];
  for (let day = start; day < end; day++) {
    const date = new Date(day * 86_400_000).toISOString();
    if (date.slice(8, 10) === "01") found.push({ day, name: monthWords(date.slice(0, 7), true) });
  }
  const every = Math.ceil(found.length / 12);
  return found.map(({ day, name }, at) => ({ day, name: at % every === 0 ? name : "" }));
}
