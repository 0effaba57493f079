import { documentsOf } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog, SpecDocument } from "../../../specs/engine/catalog/types.ts";
import type { JsonObject } from "../../store/store.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { answer, define, isObject, notFound, objectsIn, pageFields, required, text } from "../define.ts";
import { pageOf, readCursor, readLimit } from "../page.ts";
import { dayOf } from "../time.ts";

function fieldOf(document: SpecDocument, name: string, catalog: Catalog): string | undefined {
  const value = document.content[name];
  if (typeof value === "string") return value;
  const base = document.content["extends"];
  if (typeof base !== "string") return undefined;
  const parent = documentsOf(catalog, "rate-card").find((each) => each.content["id"] === base);
  return parent === undefined || parent === document ? undefined : fieldOf(parent, name, catalog);
}

function validFor(document: SpecDocument): { start?: string; end?: string } {
  const validity = isObject(document.content["validFor"]) ? document.content["validFor"] : {};
  const [start, end] = [validity["start"], validity["end"]];
  return {
    ...(typeof start === "string" ? { start } : {}),
    ...(typeof end === "string" ? { end } : {}),
  };
}

function viewRateCard(document: SpecDocument, catalog: Catalog): JsonObject {
  const { content, digest } = document;
  const entries = objectsIn(content["entries"]);
  const products = entries
    .filter((entry) => entry["side"] !== "purchase")
    .map((entry) => entry["product"])
    .filter((product) => typeof product === "string");
  const { start, end } = validFor(document);
  return {
    id: String(content["id"]),
    version: String(content["version"]),
    digest,
    ...(typeof content["title"] === "string" ? { title: content["title"] } : {}),
    currency: fieldOf(document, "currency", catalog) ?? catalog.ecosystem.currency,
    ...(start === undefined ? {} : { validFor: { start, ...(end === undefined ? {} : { end }) } }),
    products: [...new Set(products)],
  };
}

/** All versions, in the order of id and validity. */
function rateCards({ catalog }: DecisionContext): SpecDocument[] {
  const place = (document: SpecDocument) =>
    `${String(document.content["id"])}\n${validFor(document).start ?? ""}\n${String(document.content["version"])}`;
  return documentsOf(catalog, "rate-card").toSorted((left, right) => (place(left) < place(right) ? -1 : 1));
}

const list = define({
  name: "rate-cards.list",
  summary: "The price lists, each version with the time for which it holds.",
  input: pageFields,
  async decide(input, context) {
    const after = readCursor({ input, context });
    if (typeof after !== "number") return after;
    const limit = readLimit(input);
    const found = rateCards(context)
      .map((document, index) => ({ document, sequence: index + 1 }))
      .filter(({ sequence }) => sequence > after)
      .slice(0, limit + 1);
    return pageOf({ input, context }, found, limit, ({ document }) =>
      viewRateCard(document, context.catalog),
    );
  },
});

const get = define({
  name: "rate-cards.get",
  summary: "A rate card, the version that holds today, as the document that rates deliveries.",
  input: { rateCardId: required("text", "The rate card.") },
  async decide(input, context) {
    const id = text(input, "rateCardId");
    const versions = rateCards(context).filter((document) => document.content["id"] === id);
    const today = dayOf(context.now, context.catalog.ecosystem.timeZone);
    const current = versions.findLast((document) => {
      const { start, end } = validFor(document);
      return (start === undefined || start <= today) && (end === undefined || today <= end);
    });
    const document = current ?? versions.at(-1);
    if (document === undefined) return notFound("rate card", id);
    return answer({
      ...viewRateCard(document, context.catalog),
      // Documents of the catalogue are plain JSON.
      document: document.content as JsonObject,
    });
  },
});

export const rateCardCapabilities: readonly Capability[] = [list, get];
