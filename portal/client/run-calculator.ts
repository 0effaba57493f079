import { compileRating } from "../../sandbox/rating/compile.ts";
import type { Delivery, Rated, Rating, RatingDocument, Unrated } from "../../sandbox/rating/index.ts";
import { deliveryOf } from "../lib/calculator.ts";
import { receipt, refusal, traceSteps } from "../lib/receipt.ts";

/** The rating engine with the documents, which are fetched once. */
interface Engine {
  readonly rating: Rating;
  readonly names: Readonly<Record<string, string>>;
}

let engine: Promise<Engine> | undefined;

async function load(address: string): Promise<Engine> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  const documents = (await answer.json()) as {
    rateCards: RatingDocument[];
    agreements: RatingDocument[];
    names: Record<string, string>;
  };
  const outcome = compileRating(documents);
  if (outcome.kind === "refused")
    throw new Error(outcome.findings[0]?.message ?? "The rate cards can't be compiled.");
  return { rating: outcome.rating, names: documents.names };
}

/** Rates what the form holds, and shows the receipt and every step in the box. */
export async function calculate(box: HTMLElement, form: HTMLFormElement): Promise<void> {
  engine ??= load(box.dataset["documents"] ?? "");
  const { rating, names } = await engine.catch((error: unknown) => {
    // So that the next press tries again.
    engine = undefined;
    throw error;
  });
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
