import type { Flow } from "../../../sandbox/network/flows.ts";
import { operationsByCapability } from "../../../specs/engine/catalog/lookup.ts";
import { drawNetwork } from "../../lib/draw-network.ts";
import { flowTable } from "../../lib/flow-table.ts";
import { html, type SafeHtml } from "../../lib/html.ts";
import { url } from "../../lib/url.ts";
import { count } from "../../lib/words.ts";
import { lastingSandbox } from "../sandbox/lasting-sandbox.ts";
import { pageCatalog } from "../sandbox/page-sandbox.ts";
import { type MapSource, sourceOfFile, sourceOfState } from "./map-source.ts";

/** Draws the books of the sandbox that this browser keeps; gives what to say of it. */
export async function showSandbox(place: HTMLElement): Promise<string> {
  const { sandbox, catalog, operations } = await lastingSandbox();
  const source = await sourceOfState(await sandbox.store.export(sandbox.tenant));
  if (source.periods.length > 0) return show(source, place);
  const [submit] = operationsByCapability(catalog, "deliveries.submit").flatMap(({ id, summary }) => {
    const href = operations[id];
    return href === undefined ? [] : [html` by <a href="${url(href)}">${summary || id}</a>`];
  });
  place.innerHTML =
    html`<p class="note">Nothing is booked in your sandbox yet. Submit a delivery${submit ?? ""} and come back.</p>`.html;
  return "";
}

/** Draws a state or a map that somebody saved. @throws EcoError `ECO_EXPORT_INVALID` */
export async function showFile(content: string, place: HTMLElement): Promise<string> {
  return show(await sourceOfFile(content), place);
}

const ALL = "";

async function show(source: MapSource, place: HTMLElement): Promise<string> {
  const names = await namesOf(source);
  const draw = async (period: string): Promise<string> => {
    const flows = await source.flows(period === ALL ? source.periods : [period]);
    drawn.innerHTML = mapHtml(flows, names).html;
    return said(flows, period === ALL ? source.periods : [period]);
  };
  const drawn = document.createElement("div");
  drawn.className = "flow";
  const choice = periodChoice(source.periods, draw, place);
  const words = await draw(ALL);
  place.replaceChildren(...choice, drawn);
  return words;
}

/** Of one month there is nothing to choose. */
function periodChoice(
  periods: readonly string[],
  draw: (period: string) => Promise<string>,
  place: HTMLElement,
): HTMLElement[] {
  if (periods.length < 2) return [];
  const form = document.createElement("div");
  form.className = "form";
  form.innerHTML =
    html`<label>Booked in<select><option value="${ALL}">all ${periods.length} months</option>${periods.map((period) => html`<option>${period}</option>`)}</select></label>`.html;
  const select = form.querySelector("select");
  select?.addEventListener("change", async () => {
    const status = place.parentElement?.querySelector("[role=status]");
    const words = await draw(select.value);
    if (status != null) status.textContent = words;
  });
  return [form];
}

function said(flows: readonly Flow[], periods: readonly string[]): string {
  const parties = new Set(flows.flatMap(({ payer, payee }) => [payer, payee]));
  const [first = "", last = first] = [periods.at(0), periods.at(-1)];
  const when = first === last ? first : `${first} to ${last}`;
  const number = parties.size === 1 ? "1 party" : `${parties.size} parties`;
  return `${when}: ${number}, ${count(flows.length, "link")}.`;
}

type Names = ReadonlyMap<string, { readonly name: string; readonly role: string }>;

/** By the specs of this portal, and by those who registered in the books. */
async function namesOf({ parties }: MapSource): Promise<Names> {
  const { ecosystem } = (await pageCatalog()).catalog;
  const roles = new Map(ecosystem.roles.map(({ id, title }) => [id, title]));
  const known = new Map(ecosystem.parties.map(({ id, name, role }) => [id, { name, role }]));
  const all = [...parties, ...known].map(
    ([id, { name, role }]) => [id, { name, role: roles.get(role) ?? role }] as const,
  );
  return new Map(all);
}

function mapHtml(flows: readonly Flow[], names: Names): SafeHtml {
  if (flows.length === 0) return html`<p class="note">Nobody paid anybody in this time.</p>`;
  const ids = [...new Set(flows.flatMap(({ payer, payee }) => [payer, payee]))].sort();
  const parties = ids.map((id) => ({ id, name: names.get(id)?.name ?? id, role: names.get(id)?.role ?? "" }));
  const title = `Who paid whom: ${count(ids.length, "party", "parties")}, ${count(flows.length, "link")}. The table below says the same.`;
  return html`<div class="diagram" tabindex="0" role="region" aria-label="Diagram of who paid whom; the table below says the same">${drawNetwork({ title, parties, links: linksOf(flows) })}</div>
<div class="scroll" tabindex="0" role="region" aria-label="Each payer and payee, with amounts">${flowTable(flows, (id) => names.get(id)?.name ?? id)}</div>`;
}

/** Value goes from payer to payee; where more was given back than got, the other way. Widths compare within a currency. */
function linksOf(flows: readonly Flow[]) {
  const most = new Map<string, bigint>();
  for (const { currency, valueMinor } of flows.flatMap(({ amounts }) => amounts)) {
    const size = valueMinor < 0n ? -valueMinor : valueMinor;
    if (size > (most.get(currency) ?? 0n)) most.set(currency, size);
  }
  return flows.map(({ payer, payee, amounts }) => {
    const share = Math.max(
      0,
      ...amounts.map(({ currency, valueMinor }) => {
        const largest = Number(most.get(currency) ?? 0n);
        return largest === 0 ? 0 : Math.abs(Number(valueMinor)) / largest;
      }),
    );
    const isBack = amounts.every(({ valueMinor }) => valueMinor < 0n);
    return isBack ? { from: payee, to: payer, share } : { from: payer, to: payee, share };
  });
}
