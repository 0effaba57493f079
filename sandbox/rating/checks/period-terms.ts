import type { AgreementContent, BondContent, CommitmentContent, RateCardContent } from "../documents.ts";
import { bondOf } from "../period-terms.ts";
import type { Report } from "./finding.ts";

/** Commitments and prepaid balances: whom they bind, on what, and whether they can ever be settled. */
export function checkPeriodTerms(
  agreement: AgreementContent,
  cards: readonly RateCardContent[],
  report: Report,
): void {
  const { commitments = [], prepaid = [] } = agreement.terms.commercial ?? {};
  commitments.forEach((commitment, i) => {
    const pointer = `/terms/commercial/commitments/${i}`;
    checkBond(commitment, agreement, pointer, report);
    checkCommitment(commitment, cards, pointer, report);
  });
  prepaid.forEach((balance, i) => {
    const pointer = `/terms/commercial/prepaid/${i}`;
    checkBond(balance, agreement, pointer, report);
    if (balance.amount === undefined || (bondOf(balance, { content: agreement })?.named.length ?? 1) > 0)
      return;
    report.error(
      "ECO_AGREEMENT_CONTRADICTION",
      `${pointer}/amount`,
      `The balance ${balance.id} begins with ${balance.amount}, but the agreement names nobody who has paid that.`,
      "Name the payers under `engagedParty`, or leave the amount out: balances are topped up.",
    );
  });
}

function checkBond(
  term: BondContent & { readonly id: string },
  agreement: AgreementContent,
  pointer: string,
  report: Report,
): void {
  const bond = bondOf(term, { content: agreement });
  if (bond?.named.includes(bond.payee) === true) {
    report.error(
      "ECO_PAYER_IS_PAYEE",
      pointer,
      `By ${term.id} ${bond.payee} would pay itself.`,
      "Name another `payer` or `payee`, or engage the party in one of the two roles only.",
    );
  }
  if (bond !== undefined) return;
  const { payer = { role: "customer" }, payee = { role: "orchestrator" } } = term;
  const words = (selector: typeof payer): string => selector.party ?? `the role ${selector.role}`;
  report.error(
    "ECO_AGREEMENT_CONTRADICTION",
    pointer,
    `The agreement doesn't say between whom ${term.id} holds: it needs somebody as ${words(payer)}, and one party as ${words(payee)}.`,
    "Engage these parties under `engagedParty`, or name others as `payer` and `payee`.",
  );
}

function checkCommitment(
  { id, period, products, taxCode, minimumAmount, maximumAmount }: CommitmentContent,
  cards: readonly RateCardContent[],
  pointer: string,
  report: Report,
): void {
  if (period === "all") {
    report.error(
      "ECO_AGREEMENT_CONTRADICTION",
      `${pointer}/period`,
      `The commitment ${id} binds a period that never ends, so it would never be settled.`,
      "Let it be a day, a week, a month, a quarter or a year.",
    );
  }
  if (minimumAmount === undefined && maximumAmount === undefined) {
    report.warn(
      "ECO_AGREEMENT_CONTRADICTION",
      pointer,
      `The commitment ${id} has neither a minimum nor a maximum: it commits nobody to anything.`,
      "Give it a `minimumAmount`, a `maximumAmount`, or both.",
    );
  }
  const priced = new Set(cards.flatMap(({ entries }) => entries.map(({ product }) => product)));
  products?.forEach((product, i) => {
    if (priced.has(product)) return;
    report.error(
      "ECO_PRODUCT_UNPRICED",
      `${pointer}/products/${i}`,
      `No rate card of this agreement prices "${product}".`,
      "Correct the product, or add its rate card under `commercial.rateCards`.",
    );
  });
  const codes = new Set(cards.flatMap(({ tax }) => Object.keys(tax?.codes ?? {})));
  if (taxCode === undefined || codes.has(taxCode)) return;
  report.error(
    "ECO_TAX_CODE_UNKNOWN",
    `${pointer}/taxCode`,
    `No rate card of this agreement has a tax \`${taxCode}\`.`,
    `There are: ${[...codes].sort().join(", ") || "none"}.`,
  );
}
