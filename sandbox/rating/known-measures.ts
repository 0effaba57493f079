import type { Book } from "./compiled.ts";
import { Refused } from "./subject.ts";
import type { Delivery, Usage } from "./types.ts";

/** Names of the measures that some price, filter or service level of a product asks for, on the sell side or the buy side. */
export type KnownMeasures = (product: string) => ReadonlySet<string>;

export function knownMeasures(book: Pick<Book, "sales" | "purchases">): KnownMeasures {
  const known = new Map<string, ReadonlySet<string>>();
  return (product) => {
    let names = known.get(product);
    if (names === undefined) {
      const offers = [...(book.sales.get(product) ?? []), ...(book.purchases.get(product) ?? [])];
      names = new Set(
        offers.flatMap(({ entries, serviceLevels }) => [
          ...entries.flatMap(({ measures }) => measures.map(({ name }) => name)),
          ...entries.flatMap(({ content }) => content.when ?? []).flatMap(({ measure }) => measure ?? []),
          ...serviceLevels.map(({ measure }) => measure),
        ]),
      );
      known.set(product, names);
    }
    return names;
  };
}

/**
 * Refuses what nobody would look at: a measure with a slip in its name would otherwise cost somebody a service credit, and five
 * passes sent as a quantity would be billed as one.
 */
export function refuseUnknownMeasures(delivery: Delivery, known: KnownMeasures): void {
  check(delivery.product, delivery.usage, "/usage", known);
  for (const [i, part] of (delivery.parts ?? []).entries())
    check(part.product, part.usage ?? {}, `/parts/${i}/usage`, known);
}

function check(product: string, usage: Usage, pointer: string, known: KnownMeasures): void {
  const names = known(product);
  for (const name of Object.keys(usage)) {
    if (names.has(name)) continue;
    // Where a delivery counts as one, saying so is no mistake.
    if (name === "quantity" && Number(usage[name]) === 1) continue;
    const listed = [...names].join(", ") || "none";
    throw new Refused(
      "USAGE_INVALID",
      name === "quantity"
        ? `${product} counts one for each delivery; this one says ${String(usage[name]).slice(0, 40)}.`
        : `${product} has no measure "${name.slice(0, 40)}".`,
      name === "quantity" ? "Submit one delivery for each." : `Its measures: ${listed}.`,
      `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    );
  }
}
