import { readableMinor } from "../../sandbox/rating/currency.ts";
import type { Charge, Rated, TraceValue, Unrated } from "../../sandbox/rating/index.ts";
import { html, type SafeHtml } from "./html.ts";
import { nameOf, splitBar } from "./split-bar.ts";
import { wordsOf } from "./words.ts";

/** What a receipt needs besides the outcome: names of parties by id. Runs at build time and in the page alike. */
export interface ReceiptContext {
  readonly names: Readonly<Record<string, string>>;
}

const NOTHING: SafeHtml = { html: "" };

/** A rated delivery as a receipt: what is paid, who gets what, credit, tax, and every step that led there. */
export function receipt(rated: Rated, context: ReceiptContext): SafeHtml {
  const money = (minor: bigint): string => readableMinor(minor, rated.scale);
  const sales = rated.charges.filter((charge) => charge.side === "sale");
  const purchases = rated.charges.filter((charge) => charge.side === "purchase");
  return html`<p class="big">${money(rated.netMinor)} <small>${rated.currency} net</small></p>
<table aria-label="What is paid"><tbody>
${row("Net charge", money(rated.netMinor))}
${rated.serviceCreditMinor === 0n ? NOTHING : row("Service credit", `−${money(rated.serviceCreditMinor)}`)}
${row("Tax", money(rated.taxMinor))}
<tr class="sum"><th scope="row">To pay</th><td class="num">${money(rated.payableMinor)}</td></tr>
</tbody></table>
${notes(rated)}
${sales.map((charge) => splitBar(charge, context.names, sales.length > 1 ? `${charge.product}: who gets what` : undefined))}
${recourse(rated.charges, context, rated.scale)}
${purchases.length === 0 ? NOTHING : purchaseTable(purchases, context, rated.scale)}`;
}

function row(name: string, value: string): SafeHtml {
  return html`<tr><th scope="row">${name}</th><td class="num">${value}</td></tr>`;
}

function notes(rated: Rated): SafeHtml {
  const marks = [
    ...rated.windows.map((name) => `priced by: ${name}`),
    ...(rated.bound === undefined ? [] : [`at the ${rated.bound}`]),
    ...rated.serviceLevels.filter((level) => level.breached).map((level) => `missed: ${level.id}`),
  ];
  return marks.length === 0
    ? NOTHING
    : html`<ul class="badges">${marks.map((mark) => html`<li class="badge">${mark}</li>`)}</ul>`;
}

function recourse(charges: readonly Charge[], context: ReceiptContext, scale: number): SafeHtml {
  const all = charges.flatMap((charge) => charge.recourse);
  if (all.length === 0) return NOTHING;
  const rows = all.map(
    (one) =>
      html`<tr><th scope="row">${nameOf(one.party, context.names)} to ${nameOf(one.to, context.names)}</th><td class="num">${readableMinor(one.amountMinor, scale)}</td></tr>`,
  );
  return html`<div class="stack"><p class="eyebrow">Who bears the credit</p><table aria-label="Who bears the credit"><tbody>${rows}</tbody></table></div>`;
}

function purchaseTable(purchases: readonly Charge[], context: ReceiptContext, scale: number): SafeHtml {
  const rows = purchases.map(
    (charge) =>
      html`<tr><th scope="row">${nameOf(charge.payer, context.names)} pays ${nameOf(charge.payee, context.names)}</th><td class="num">${readableMinor(charge.netMinor, scale)}</td></tr>`,
  );
  return html`<div class="stack"><p class="eyebrow">Behind it, net</p><table aria-label="Behind it, net"><tbody>${rows}</tbody></table></div>`;
}

/** Why a delivery can't be rated, and what to do. */
export function refusal(unrated: Unrated): SafeHtml {
  return html`<div class="note"><p><strong>${unrated.detail}</strong></p><p>${unrated.fix}</p></div>`;
}

/** Every step of the trace: names and values as they stand in it, amounts in minor units written out. */
export function traceSteps(trace: TraceValue, scale: number): SafeHtml {
  return isNode(trace) ? definitions(trace, scale) : html`<p>${plain(trace, "", scale)}</p>`;
}

type Node = { readonly [key: string]: TraceValue };

function isNode(value: TraceValue): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFlat(value: TraceValue): boolean {
  return typeof value !== "object" || value === null;
}

function definitions(node: Node, scale: number): SafeHtml {
  const rows = Object.entries(node).map(([key, value]) => {
    const deep =
      typeof value === "object" && value !== null && !(Array.isArray(value) && value.every(isFlat));
    // What has parts of its own stands below its name, over the whole width.
    return deep
      ? html`<dt class="deep">${worded(key)}</dt><dd class="deep">${shownValue(key, value, scale)}</dd>`
      : html`<dt>${worded(key)}</dt><dd>${shownValue(key, value, scale)}</dd>`;
  });
  return html`<dl class="steps-list">${rows}</dl>`;
}

function shownValue(key: string, value: TraceValue, scale: number): SafeHtml {
  if (isFlat(value)) return html`${plain(value, key, scale)}`;
  if (isNode(value)) return definitions(value, scale);
  const items = value as readonly TraceValue[];
  if (items.every(isFlat)) return html`${items.map((item) => plain(item, key, scale)).join(", ")}`;
  if (items.every((item) => isNode(item) && Object.values(item).every(isFlat)))
    return table(items as readonly Node[], scale);
  return html`<ol class="plain">${items.map((item) => html`<li>${traceSteps(item, scale)}</li>`)}</ol>`;
}

function table(rows: readonly Node[], scale: number): SafeHtml {
  const columns = [...new Set(rows.flatMap((one) => Object.keys(one)))];
  const head = columns.map((name) => html`<th scope="col">${worded(name)}</th>`);
  const body = rows.map(
    (one) => html`<tr>${columns.map((name) => html`<td>${plain(one[name] ?? "", name, scale)}</td>`)}</tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Steps"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function plain(value: TraceValue, key: string, scale: number): string {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number" && key.endsWith("Minor") && Number.isSafeInteger(value))
    return readableMinor(value, scale);
  const text = String(value);
  return /^sha256:[0-9a-f]{64}$/u.test(text) ? `${text.slice(0, 23)}…` : text;
}

const worded = (key: string): string => wordsOf(key.replace(/Minor$/u, ""));
