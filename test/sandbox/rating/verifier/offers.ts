import { digestOf, list, type Raw, raw, text } from "./raw.ts";

/** An entry of a rate card, and where it stands. */
export interface Entry {
  readonly content: Raw;
  readonly pointer: string;
}

/** A product under an agreement, with everything that is cited for it. */
export interface Offer {
  readonly agreement: Raw;
  /** The rate card with what it takes from the one that it extends. */
  readonly card: Raw;
  /** Most conditions first. */
  readonly entries: readonly Entry[];
  readonly cites: { readonly agreement: Raw; readonly card: Raw };
}

/** Documents by the digest that was computed here, whatever anybody says of them. */
export class Library {
  readonly documents: readonly Raw[];
  readonly #digests = new Map<Raw, string>();
  readonly #offers = new Map<string, readonly Offer[]>();

  constructor(documents: readonly unknown[]) {
    this.documents = documents.map(raw);
    for (const document of this.documents) this.#digests.set(document, digestOf(document));
  }

  cite(document: Raw): Raw {
    return { id: document["id"], version: document["version"], digest: this.#digests.get(document) };
  }

  get agreements(): readonly Raw[] {
    return this.documents.filter(({ kind }) => kind === "agreement");
  }

  /** All offers of a product on one side, those that name their customer first, then the newer dates, then the newer version. */
  offers(product: string, side: "sale" | "purchase"): readonly Offer[] {
    const key = `${side} ${product}`;
    const offers = this.#offers.get(key) ?? this.#found(product, side);
    this.#offers.set(key, offers);
    return offers;
  }

  #found(product: string, side: string): readonly Offer[] {
    const found = this.agreements.flatMap((agreement) =>
      list(raw(raw(agreement["terms"])["commercial"])["rateCards"]).flatMap((reference, i) =>
        this.#cards(reference).flatMap((card) =>
          this.#offer(agreement, `/terms/commercial/rateCards/${i}`, card, product, side),
        ),
      ),
    );
    return found.sort(
      (a, b) =>
        Number(isOpen(a.agreement)) - Number(isOpen(b.agreement)) ||
        descending(starts(a), starts(b)) ||
        descending(versions(a), versions(b)),
    );
  }

  #cards({ id, version }: Raw): readonly Raw[] {
    return this.documents.filter(
      (card) =>
        card["kind"] === "rate-card" &&
        card["id"] === id &&
        (version === undefined || card["version"] === version),
    );
  }

  #offer(agreement: Raw, clause: string, own: Raw, product: string, side: string): readonly Offer[] {
    const entries = list(own["entries"])
      .map((content, i) => ({ content, pointer: `/entries/${i}` }))
      .filter(({ content }) => content["product"] === product && (content["side"] ?? "sale") === side)
      .sort((a, b) => list(b.content["when"]).length - list(a.content["when"]).length);
    if (entries.length === 0) return [];
    const base = this.documents.find(({ kind, id }) => kind === "rate-card" && id === own["extends"]);
    const { validFor: _, ...shared } = base ?? {};
    const card = own["extends"] === undefined ? own : { ...shared, ...own };
    const extended = base === undefined ? {} : { extends: this.cite(base) };
    const cites = {
      agreement: { ...this.cite(agreement), clause },
      card: { ...this.cite(own), ...extended },
    };
    return [{ agreement, card, entries, cites }];
  }
}

const isOpen = (agreement: Raw): boolean =>
  list(agreement["engagedParty"]).some(({ id }) => id === undefined);
const startOf = (document: Raw): string => text(raw(document["validFor"])["start"]) ?? "";
const starts = ({ agreement, card }: Offer): string => `${startOf(agreement)}/${startOf(card)}`;
const versions = ({ agreement, card }: Offer): string =>
  `${String(agreement["version"])}/${String(card["version"])}`;
const descending = (a: string, b: string): number => -a.localeCompare(b, "en", { numeric: true });

/** Both days belong to it. */
export function inForce(document: Raw, date: string): boolean {
  const { start, end } = raw(document["validFor"]);
  const stands = document["kind"] !== "agreement" || document["status"] === "in-force";
  return (
    stands && (start === undefined || date >= String(start)) && (end === undefined || date <= String(end))
  );
}

export type Accepted = (agreement: string, party: string) => boolean;

/** By name, or because it is open and the party has accepted it. */
export function binds(agreement: Raw, party: string, accepted: Accepted): boolean {
  const named = list(agreement["engagedParty"]).some(({ id }) => id === party);
  return named || (isOpen(agreement) && accepted(String(agreement["id"]), party));
}

/** The one party that an agreement names for a role. */
export function engaged(agreement: Raw, role: string): string | undefined {
  const parties = list(agreement["engagedParty"]).filter((party) => party["role"] === role);
  return parties.length === 1 ? text(parties[0]?.["id"]) : undefined;
}
