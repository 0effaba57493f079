import type { Flow } from "../../sandbox/network/flows.ts";
import { minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import { html, type SafeHtml } from "./html.ts";

/** Flows with their amounts, a row for each currency, and what they sum to. */
export function flowTable(flows: readonly Flow[], nameOf: (party: string) => string): SafeHtml {
  const rows = flows.flatMap(({ payer, payee, deliveries, products, amounts }) =>
    amounts.map(
      ({ currency, netMinor, creditMinor, valueMinor, taxMinor }) =>
        html`<tr><th scope="row">${nameOf(payer)}</th><td>${nameOf(payee)}</td><td>${products.join(", ")}</td><td class="num">${deliveries.toLocaleString("en")}</td>${[netMinor, creditMinor, valueMinor, taxMinor].map((minor) => html`<td class="num">${readableMinor(minor, minorUnits(currency))}</td>`)}<td>${currency}</td></tr>`,
    ),
  );
  const sums = Map.groupBy(
    flows.flatMap(({ amounts }) => amounts),
    ({ currency }) => currency,
  );
  const totals = [...sums].sort().map(([currency, amounts]) => {
    const cell = (name: "netMinor" | "creditMinor" | "valueMinor" | "taxMinor"): SafeHtml =>
      html`<td class="num">${readableMinor(
        amounts.reduce((sum, amount) => sum + amount[name], 0n),
        minorUnits(currency),
      )}</td>`;
    return html`<tr><th scope="row" colspan="4">Together</th>${cell("netMinor")}${cell("creditMinor")}${cell("valueMinor")}${cell("taxMinor")}<td>${currency}</td></tr>`;
  });
  const heads = ["Net", "Credits", "Value", "Tax"].map(
    (name) => html`<th scope="col" class="num">${name}</th>`,
  );
  return html`<table class="flows"><thead><tr><th scope="col">Payer</th><th scope="col">Payee</th><th scope="col">For</th><th scope="col" class="num">Deliveries</th>${heads}<th scope="col">Currency</th></tr></thead><tbody>${rows}</tbody><tfoot>${totals}</tfoot></table>`;
}
