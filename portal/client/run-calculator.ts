import type { Delivery, Rated, Unrated } from "../../sandbox/rating/index.ts";
import { deliveryOf } from "../lib/calculator.ts";
import { receipt, refusal, traceSteps } from "../lib/receipt.ts";
import { loadRating } from "./load-rating.ts";

/** Rates what the form holds, and shows the receipt and every step in the box. */
export async function calculate(box: HTMLElement, form: HTMLFormElement): Promise<void> {
  const { rating, names } = await loadRating(box.dataset["documents"] ?? "");
  const product = rating.describe(box.dataset["product"] ?? "");
  if (product === undefined) return;
  const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const example = JSON.parse(box.dataset["example"] ?? "{}") as Delivery;
  show(box, rating.rate(deliveryOf(product, values, example)), names);
}

function show(box: HTMLElement, outcome: Rated | Unrated, names: Readonly<Record<string, string>>): void {
  const place = box.querySelector("[data-receipt]");
  const trace = box.querySelector("[data-trace]");
  // Both are made by the `html` tag, which escapes every value that it is given.
  if (place !== null)
    place.innerHTML = (outcome.kind === "rated" ? receipt(outcome, { names }) : refusal(outcome)).html;
  if (trace !== null)
    trace.innerHTML = outcome.kind === "rated" ? traceSteps(outcome.trace, outcome.scale).html : "";
}
