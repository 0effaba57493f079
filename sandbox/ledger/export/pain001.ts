import { formatMinor, minorUnits } from "../../rating/currency.ts";
import { isIban } from "./iban.ts";
import { nameOf, type PartyDetails, type SettlementExport } from "./types.ts";
import { element, type XmlElement, xmlDocument } from "./xml.ts";

/** Why no payout file was made. Each problem names a party, or nobody where there is nothing to pay. */
export interface PayoutRefusal {
  readonly kind: "refused";
  readonly problems: readonly {
    readonly party?: string;
    readonly reason: "nothing-to-pay" | "bank-account-missing" | "iban-invalid" | "bic-invalid";
  }[];
}

export interface PayoutFile {
  readonly kind: "made";
  readonly xml: string;
  /** In the order of the file. */
  readonly payments: readonly Payment[];
}

/**
 * The most that one euro transfer may carry, in cents: the customer-to-bank implementation guidelines of the SEPA Credit Transfer
 * scheme (EPC132-08) allow an instructed amount of 999999999.99 at most. Other currencies have no such scheme.
 */
const SEPA_LIMIT_MINOR = 99_999_999_999;

export interface Payment {
  readonly party: string;
  readonly currency: string;
  /** A part of the position where that is more than one transfer may carry. */
  readonly amountMinor: number;
  /** Of the settlement: the same file made again has the same, so that a bank pays nothing twice. */
  readonly endToEndId: string;
}

export interface PayoutOptions {
  /** Who pays: the orchestrator, which collects from those that owe. */
  readonly payer: string;
  /** `2025-04-02`; the day on which the period was closed where left out. */
  readonly executionDate?: string;
}

/**
 * ISO 20022 `pain.001.001.09` of a settlement: one credit transfer for each party that is owed something, the payer itself
 * apart (several where it is more than one SEPA transfer may carry), in one payment information block a currency. All or nothing: where one party can't be paid, there is no file.
 */
export function toPain001(from: SettlementExport, options: PayoutOptions): PayoutFile | PayoutRefusal {
  const { settlement, parties } = from;
  const payments = paymentsOf(from, options.payer);
  if (payments.length === 0) return { kind: "refused", problems: [{ reason: "nothing-to-pay" }] };
  const problems = [options.payer, ...new Set(payments.map(({ party }) => party))].flatMap((party) =>
    accountProblem(party, parties),
  );
  if (problems.length > 0) return { kind: "refused", problems };
  const currencies = [...new Set(payments.map(({ currency }) => currency))];
  const blocks = currencies.map((currency, at) =>
    paymentBlock(
      payments.filter((payment) => payment.currency === currency),
      { id: placed(settlement.id, String(at + 1)), currency },
      from,
      options,
    ),
  );
  const header = element("GrpHdr", [
    element("MsgId", limited(settlement.id, 35)),
    element("CreDtTm", settlement.closedAt),
    element("NbOfTxs", String(payments.length)),
    element("CtrlSum", controlSum(payments)),
    element("InitgPty", [element("Nm", nameFor(parties, options.payer))]),
  ]);
  const root = element("Document", [element("CstmrCdtTrfInitn", [header, ...blocks])], {
    xmlns: "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
  });
  return { kind: "made", xml: xmlDocument(root), payments };
}

function paymentsOf({ settlement }: SettlementExport, payer: string): Payment[] {
  return settlement.positions
    .filter(({ party, amountMinor }) => amountMinor > 0 && party !== payer)
    .sort((a, b) => (`${a.currency} ${a.party}` < `${b.currency} ${b.party}` ? -1 : 1))
    .flatMap(({ party, currency, amountMinor }) =>
      transfersOf(amountMinor, currency).map((part) => ({ party, currency, amountMinor: part })),
    )
    .map(({ party, currency, amountMinor }, at) => ({
      party,
      currency,
      amountMinor,
      endToEndId: placed(settlement.id, String(at + 1).padStart(4, "0")),
    }));
}

/** 2,500,000,000.00 EUR → twice the most and what is left. */
function transfersOf(amountMinor: number, currency: string): number[] {
  if (currency !== "EUR") return [amountMinor];
  const full = Math.floor(amountMinor / SEPA_LIMIT_MINOR);
  const rest = amountMinor - full * SEPA_LIMIT_MINOR;
  return [...Array.from({ length: full }, () => SEPA_LIMIT_MINOR), ...(rest === 0 ? [] : [rest])];
}

/** An id of at most 35 characters that ends with a place of its own. */
function placed(id: string, place: string): string {
  return `${limited(id, 34 - place.length)}-${place}`;
}

function accountProblem(party: string, parties: readonly PartyDetails[]): PayoutRefusal["problems"] {
  const account = parties.find(({ id }) => id === party)?.bankAccount;
  if (account === undefined) return [{ party, reason: "bank-account-missing" }];
  if (!isIban(account.iban)) return [{ party, reason: "iban-invalid" }];
  const { bic } = account;
  return bic === undefined || /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic)
    ? []
    : [{ party, reason: "bic-invalid" }];
}

function paymentBlock(
  payments: readonly Payment[],
  { id, currency }: { readonly id: string; readonly currency: string },
  { settlement, parties, statements }: SettlementExport,
  { payer, executionDate }: PayoutOptions,
): XmlElement {
  const debtor = parties.find((party) => party.id === payer);
  // The euro's own scheme has rules of its own; other currencies go as the bank agrees with its customer.
  const scheme =
    currency === "EUR" ? [element("PmtTpInf", [element("SvcLvl", [element("Cd", "SEPA")])])] : [];
  return element("PmtInf", [
    element("PmtInfId", id),
    element("PmtMtd", "TRF"),
    element("NbOfTxs", String(payments.length)),
    element("CtrlSum", controlSum(payments)),
    ...scheme,
    element("ReqdExctnDt", [element("Dt", executionDate ?? settlement.closedAt.slice(0, 10))]),
    element("Dbtr", [element("Nm", nameFor(parties, payer))]),
    accountElement("DbtrAcct", debtor),
    agent("DbtrAgt", debtor?.bankAccount?.bic) ?? unknownAgent("DbtrAgt"),
    element("ChrgBr", currency === "EUR" ? "SLEV" : "SHAR"),
    ...payments.map((payment) => {
      const creditor = parties.find((party) => party.id === payment.party);
      const bank = agent("CdtrAgt", creditor?.bankAccount?.bic);
      const statement = statements.find(
        (one) => one.party === payment.party && one.currency === payment.currency,
      );
      const words = ["Settlement", settlement.period, statement?.number].filter((word) => word !== undefined);
      return element("CdtTrfTxInf", [
        element("PmtId", [element("EndToEndId", payment.endToEndId)]),
        element("Amt", [element("InstdAmt", amountOf(payment), { Ccy: currency })]),
        ...(bank === undefined ? [] : [bank]),
        element("Cdtr", [element("Nm", nameFor(parties, payment.party))]),
        accountElement("CdtrAcct", creditor),
        element("RmtInf", [element("Ustrd", limited(words.join(" "), 140))]),
      ]);
    }),
  ]);
}

const accountElement = (name: string, party: PartyDetails | undefined): XmlElement =>
  element(name, [element("Id", [element("IBAN", party?.bankAccount?.iban ?? "")])]);

const agent = (name: string, bic: string | undefined): XmlElement | undefined =>
  bic === undefined ? undefined : element(name, [element("FinInstnId", [element("BICFI", bic)])]);

/** The standard asks for the debtor's bank; an IBAN says it already. */
const unknownAgent = (name: string): XmlElement =>
  element(name, [element("FinInstnId", [element("Othr", [element("Id", "NOTPROVIDED")])])]);

/** The standard allows 140 characters, the euro's scheme 70. */
const nameFor = (parties: readonly PartyDetails[], id: string): string => limited(nameOf(parties, id), 70);

/** Characters that every bank takes (the SEPA set), so many at most. Letters lose their accents, the rest becomes a blank. */
function limited(text: string, length: number): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9/?:().,'+ -]/gu, (character) => (character === "_" || character === "~" ? "-" : " "))
    .replace(/ +/g, " ")
    .trim();
  return plain.slice(0, length).trim() || "-";
}

const amountOf = ({ amountMinor, currency }: Payment): string =>
  formatMinor(amountMinor, minorUnits(currency));

/** The sum of the amounts as they are written, whatever their currencies: so the standard wants it. */
function controlSum(payments: readonly Payment[]): string {
  const scale = Math.max(...payments.map(({ currency }) => minorUnits(currency)));
  const sum = payments.reduce(
    (total, { amountMinor, currency }) =>
      total + BigInt(amountMinor) * 10n ** BigInt(scale - minorUnits(currency)),
    0n,
  );
  return formatMinor(sum, scale);
}
