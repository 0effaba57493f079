import type { AgreementContent, RateCardContent } from "../documents.ts";
import { baseOf, inheritedCard } from "../inherit.ts";
import type { RatingDocument, RatingDocuments, RatingFinding } from "../outcome.ts";
import { checkAgreement } from "./agreements.ts";
import { checkBases } from "./bases.ts";
import { checkCard } from "./cards.ts";
import { type CardUnderCheck, reportInto } from "./finding.ts";
import { checkAgreementShape, checkCardShape } from "./shape.ts";
import { checkVersions } from "./versions.ts";

/**
 * Static checks: what is wrong, or worth a second look, in rate cards and agreements, each with the clause and what to do.
 * Documents are taken as their JSON Schema has accepted them; what is badly broken is reported and not looked at further.
 */
export function checkDocuments(documents: RatingDocuments): RatingFinding[] {
  const findings: RatingFinding[] = [];
  const sound = (document: RatingDocument, shape: typeof checkCardShape): boolean =>
    shape(document, reportInto(findings, document.path));
  const cards = documents.rateCards
    .filter((document) => sound(document, checkCardShape))
    .map((document): CardUnderCheck => {
      const own = document.content as unknown as RateCardContent;
      return { document, own, content: inheritedCard(own, baseOf(own, documents.rateCards)) };
    });
  const ids = new Set(cards.map(({ own }) => own.id));
  for (const card of cards)
    guarded(card.document, findings, () => checkCard(card, ids, reportInto(findings, card.document.path)));
  checkVersions(cards, findings);
  checkBases(cards, findings);
  checkBundles(cards, findings);
  checkCurrencies(cards, findings);
  const agreements = documents.agreements.filter((each) => sound(each, checkAgreementShape));
  checkProviders(cards, agreements, findings);
  for (const document of agreements) {
    const agreement = document.content as unknown as AgreementContent;
    const contents = cards.map(({ content }) => content);
    guarded(document, findings, () =>
      checkAgreement(agreement, contents, reportInto(findings, document.path)),
    );
  }
  return findings;
}

/** A document that its schema would have refused may trip a check; that is a finding too, never a crash. */
function guarded(document: RatingDocument, findings: RatingFinding[], check: () => void): void {
  try {
    check();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    reportInto(findings, document.path).error(
      "ECO_RATE_CARD_INVALID",
      "",
      `The document can't be read: ${reason}.`,
      "Validate it against its schema in `specs/schemas`.",
    );
  }
}

/** A role that no agreement engages is nobody's: its clause admits no provider. */
function checkProviders(
  cards: readonly CardUnderCheck[],
  agreements: readonly RatingDocument[],
  findings: RatingFinding[],
): void {
  const engaged = agreements.flatMap(({ content }) => (content as unknown as AgreementContent).engagedParty);
  const roles = new Set(engaged.map(({ role }) => role));
  for (const { document, own } of cards) {
    own.entries.forEach(({ product, providers = [] }, i) => {
      providers.forEach(({ role }, j) => {
        if (role === undefined || roles.has(role)) return;
        reportInto(findings, document.path).warn(
          "ECO_ROLE_UNFILLED",
          `/entries/${i}/providers/${j}/role`,
          `No agreement engages a ${role}, so this admits nobody to render ${product}.`,
          `Correct the role (engaged are ${[...roles].join(", ") || "none"}), or name the party.`,
        );
      });
    });
  }
}

function checkBundles(cards: readonly CardUnderCheck[], findings: RatingFinding[]): void {
  const products = new Set(cards.flatMap(({ own }) => own.entries.map(({ product }) => product)));
  for (const { document, own } of cards) {
    own.entries.forEach(({ price, product }, i) => {
      if (!("model" in price) || price.model !== "bundle") return;
      price.parts.forEach((part, j) => {
        if (part === product) {
          reportInto(findings, document.path).error(
            "ECO_PRODUCT_UNPRICED",
            `/entries/${i}/price/parts/${j}`,
            `The bundle ${product} is a part of itself, and has no list price to share it by.`,
            "Name the products that it is made of.",
          );
        }
        if (products.has(part)) return;
        reportInto(findings, document.path).error(
          "ECO_PRODUCT_UNPRICED",
          `/entries/${i}/price/parts/${j}`,
          `No rate card prices "${part}", so it has no list price to share the bundle by.`,
          "Correct the product, or add its rate card.",
        );
      });
    });
  }
}

/** A purchase behind a product that is sold in other currencies only can never be rated with its sale. */
function checkCurrencies(cards: readonly CardUnderCheck[], findings: RatingFinding[]): void {
  const sales = new Map<string, Set<string>>();
  for (const { own, content } of cards) {
    for (const { product, side } of own.entries) {
      if (side === "purchase" || content.currency === undefined) continue;
      sales.set(product, (sales.get(product) ?? new Set()).add(content.currency));
    }
  }
  for (const { document, own, content } of cards) {
    own.entries.forEach(({ product, side }, i) => {
      const sold = sales.get(product);
      const { currency } = content;
      if (side !== "purchase" || sold === undefined || currency === undefined || sold.has(currency)) return;
      reportInto(findings, document.path).error(
        "ECO_CURRENCY_MISMATCH",
        `/entries/${i}`,
        `${product} is sold in ${[...sold].join(", ")}, and bought here in ${currency}: recourse can't run down such a chain.`,
        "Let all rate cards of a chain have one currency.",
      );
    });
  }
}
