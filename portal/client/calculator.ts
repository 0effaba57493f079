import type { Delivery, Rated, Rating, RatingDocument, Unrated } from "../../sandbox/rating/index.ts";
import { deliveryOf } from "../lib/calculator.ts";
import { receipt, refusal, traceSteps } from "../lib/receipt.ts";

/** The rating engine and the documents: loaded when a reader first calculates, and once. */
interface Engine {
  readonly rating: Rating;
  readonly names: Readonly<Record<string, string>>;
}

let engine: Promise<Engine> | undefined;

async function load(address: string): Promise<Engine> {
  const [{ compileRating }, answer] = await Promise.all([
    import("../../sandbox/rating/compile.ts"),
    fetch(address),
  ]);
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

async function calculate(box: HTMLElement, form: HTMLFormElement): Promise<Rated | Unrated | undefined> {
  engine ??= load(box.dataset["documents"] ?? "");
  const { rating, names } = await engine;
  const product = rating.describe(box.dataset["product"] ?? "");
  if (product === undefined) return undefined;
  const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const example = JSON.parse(box.dataset["example"] ?? "{}") as Delivery;
  const outcome = rating.rate(deliveryOf(product, values, example));
  show(box, outcome, names);
  return outcome;
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

for (const box of document.querySelectorAll<HTMLElement>(".calculator")) {
  const form = box.querySelector("form");
  if (form === null) continue;
  const run = (): void => {
    calculate(box, form).catch((error: unknown) => {
      const place = box.querySelector("[data-receipt]");
      if (place !== null) place.textContent = `The calculator can't be loaded: ${String(error)}`;
    });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  form.addEventListener("change", run);
}
