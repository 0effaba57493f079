import { minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import { html, type SafeHtml } from "./html.ts";

/** A charge as it is drawn: from the rating engine (bigint) or from an answer of the API (integers). */
export interface ChargeView {
  readonly currency: string;
  readonly shares: readonly { readonly party: string; readonly amountMinor: bigint | number }[];
}

const HUES = 6;

/** The split of a charge: a bar in proportion, and the amounts to the cent. */
export function splitBar(
  charge: ChargeView,
  names: Readonly<Record<string, string>>,
  heading = "Who gets what",
): SafeHtml {
  if (charge.shares.length === 0) return { html: "" };
  const scale = minorUnits(charge.currency);
  const pieces = proportions(charge.shares.map((share) => BigInt(share.amountMinor)));
  const bars = pieces.map(
    ({ x, width }, index) =>
      html`<rect class="f${(index % HUES) + 1}" x="${x}" y="0" width="${Math.max(0, width - 3)}" height="14"/>`,
  );
  const rows = charge.shares.map(
    (share, index) =>
      html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="f${(index % HUES) + 1}" width="10" height="10"/></svg><span>${nameOf(share.party, names)}</span><span class="num">${readableMinor(share.amountMinor, scale)}</span></li>`,
  );
  return html`<div class="stack"><p class="eyebrow">${heading}</p><svg class="bar" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">${bars}</svg><ul class="key">${rows}</ul></div>`;
}

/** Name of a party; its id where it has none. */
export function nameOf(party: string, names: Readonly<Record<string, string>>): string {
  return Object.hasOwn(names, party) ? (names[party] ?? party) : party;
}

/** Widths of a bar of 1,000 units whose pieces are in proportion to non-negative amounts. */
export function proportions(amounts: readonly bigint[]): readonly { x: number; width: number }[] {
  const total = amounts.reduce((sum, amount) => sum + (amount > 0n ? amount : 0n), 0n);
  let before = 0n;
  return amounts.map((amount) => {
    const own = amount > 0n ? amount : 0n;
    if (total === 0n) return { x: 0, width: 0 };
    const x = Number((before * 1000n) / total);
    before += own;
    return { x, width: Number((before * 1000n) / total) - x };
  });
}
