import { readableMinor } from "../../sandbox/rating/currency.ts";
import { type Json, object, objects, text, texts } from "./json.ts";
import { exampleDeliveries, ratingOf } from "./rating.ts";
import type { Site } from "./site.ts";
import { nameOf } from "./split-bar.ts";
import { wordsOf } from "./words.ts";

/**
 * A breach of a service level in numbers, by the rating engine on an example delivery of its product: what was measured,
 * what is paid back, and who bears it. Undefined where the documents show no delivery of it, or none can be made to miss it.
 */
export function creditExample(level: Json, site: Site): string | undefined {
  const rating = ratingOf(site);
  const measure = text(level["measure"]);
  const missed = valueThatMisses(level);
  if (rating === undefined || missed === undefined) return undefined;
  const examples = exampleDeliveries(site);
  for (const product of texts(level["products"])) {
    const delivery = examples.get(product);
    if (delivery === undefined) continue;
    const outcome = rating.rate({ ...delivery, usage: { ...delivery.usage, [measure]: missed } });
    if (outcome.kind !== "rated") continue;
    if (!outcome.serviceLevels.some((one) => one.id === level["id"] && one.breached)) continue;
    const names = Object.fromEntries(site.catalog.ecosystem.parties.map(({ id, name }) => [id, name]));
    const money = (minor: bigint): string => `${readableMinor(minor, outcome.scale)} ${outcome.currency}`;
    const borne = outcome.charges
      .flatMap((charge) => charge.recourse)
      .map((one) => `${nameOf(one.party, names)} owes ${nameOf(one.to, names)} ${money(one.amountMinor)}`);
    const paid = `${missed} ${wordsOf(measure)}: of ${money(outcome.netMinor)}, ${money(outcome.serviceCreditMinor)} are paid back`;
    return `${[paid, ...borne].join("; ")}.`;
  }
  return undefined;
}

/** Just beyond what the first step of the credit begins with. */
function valueThatMisses(level: Json): number | undefined {
  const [step] = objects(object(level["credit"])["steps"]);
  const above = Number(text(step?.["above"]) || step?.["above"]);
  const below = Number(text(step?.["below"]) || step?.["below"]);
  if (Number.isFinite(above)) return above + 5;
  return Number.isFinite(below) ? below - 5 : undefined;
}
