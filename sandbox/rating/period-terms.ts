import type { CompiledAgreement, CompiledCard } from "./compiled.ts";
import type { BondContent, PartySelector, ValidFor } from "./documents.ts";
import { parseExact } from "./exact.ts";
import type { Bond, CommitmentTax, PeriodTerms } from "./period-terms-types.ts";
import { toMinor } from "./rounding.ts";
import { UNTAXED } from "./tax.ts";
import { parseDay } from "./timing/moment.ts";
import type { PartyId } from "./types.ts";

/** The terms of each version of each agreement that has any, later ones first. */
export function compilePeriodTerms(
  agreements: readonly CompiledAgreement[],
  cards: readonly CompiledCard[],
): PeriodTerms[] {
  return agreements
    .toSorted((a, b) => (startOf(a) < startOf(b) ? 1 : -1))
    .flatMap((agreement) => termsOf(agreement, cards) ?? []);
}

const startOf = ({ content }: CompiledAgreement): string => content.validFor?.start ?? "";

function termsOf(agreement: CompiledAgreement, all: readonly CompiledCard[]): PeriodTerms | undefined {
  const { commercial } = agreement.content.terms;
  const { commitments = [], prepaid = [], rateCards = [] } = commercial ?? {};
  if (commitments.length === 0 && prepaid.length === 0) return undefined;
  const cards = rateCards.flatMap(({ id, version }) =>
    all.filter(
      ({ citation }) => citation.id === id && (version === undefined || version === citation.version),
    ),
  );
  const [first] = cards;
  if (first === undefined) return undefined;
  const { scale, mode } = first.setting;
  const { firstDay, lastDay } = daysOf(agreement.content.validFor);
  const isBinding = agreement.content.status === "in-force";
  return {
    agreement: agreement.citation,
    currency: first.currency,
    scale,
    mode,
    commitments: commitments.flatMap((content, i) => {
      const bond = bondOf(content, agreement);
      if (bond === undefined) return [];
      const cited = { ...agreement.citation, clause: `/terms/commercial/commitments/${i}` };
      return [{ ...bond, content, cited, taxOn: (day) => taxOf(content.taxCode, day, cards) }];
    }),
    prepaid: prepaid.flatMap((content) => {
      const bond = bondOf(content, agreement);
      if (bond === undefined) return [];
      const { id, title, amount = "0", validFor } = content;
      const openingMinor = toMinor(parseExact(amount), scale, mode);
      return [{ ...bond, id, title, openingMinor, ...daysOf(validFor) }];
    }),
    inForceWithin: (from, to) => isBinding && firstDay <= to && lastDay >= from,
  };
}

function daysOf(validFor: ValidFor | undefined): { firstDay: number; lastDay: number } {
  const { start, end } = validFor ?? {};
  return {
    firstDay: start === undefined ? Number.NEGATIVE_INFINITY : (parseDay(start) ?? Number.POSITIVE_INFINITY),
    lastDay: end === undefined ? Number.POSITIVE_INFINITY : (parseDay(end) ?? Number.NEGATIVE_INFINITY),
  };
}

/** Undefined where the agreement doesn't say who is bound, which its check reports. */
export function bondOf(
  { payer = { role: "customer" }, payee = { role: "orchestrator" } }: BondContent,
  { content }: Pick<CompiledAgreement, "content">,
): Bond | undefined {
  const [to, ...others] = partiesOf(payee, content.engagedParty);
  if (to === undefined || others.length > 0) return undefined;
  const open = payer.party === undefined && content.engagedParty.some((each) => isOpen(each, payer));
  const named = partiesOf(payer, content.engagedParty);
  if (named.length === 0 && !open) return undefined;
  return { payee: to, named, openRole: open ? payer.role : undefined };
}

type Engaged = CompiledAgreement["content"]["engagedParty"];

const isOpen = ({ id, role }: Engaged[number], selector: PartySelector): boolean =>
  id === undefined && role === selector.role;

function partiesOf({ party, role }: PartySelector, engaged: Engaged): PartyId[] {
  if (party !== undefined) return [party];
  return [...new Set(engaged.flatMap((each) => (each.role === role ? (each.id ?? []) : [])))];
}

/** By the first of the agreement's rate cards that knows the code; `standard` where no code is given, if one has it. */
function taxOf(
  code: string | undefined,
  day: number,
  cards: readonly CompiledCard[],
): CommitmentTax | undefined {
  const wanted = code ?? "standard";
  const knowing = cards.filter(({ tax }) => tax.has(wanted));
  if (knowing.length === 0) return { rate: UNTAXED, authority: undefined };
  for (const { tax, citation } of knowing) {
    const rate = tax.rateOn(wanted, day);
    if (rate !== undefined) return { rate, authority: tax.authority, rateCard: citation };
  }
  return undefined;
}
