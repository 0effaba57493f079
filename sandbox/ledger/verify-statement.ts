import { verifyLeg } from "../rating/fingerprint.ts";
import type { Leg } from "../rating/types.ts";
import { totalsOf } from "./issue.ts";
import type { IssuedLine, IssuedStatement, ProvenLeg, Totals } from "./issued.ts";

/** Something on a statement that isn't as it should be. */
export interface StatementFinding {
  /** Place in `lines`, from 0; absent where it concerns the whole statement. */
  readonly line?: number;
  /** The delivery, or the commitment, that the line is of. */
  readonly deliveryId?: string;
  readonly problem:
    | "amounts-do-not-add-up"
    | "not-under-the-fingerprint"
    | "not-what-stands-less-what-stood"
    | "other-fingerprint"
    | "proof-missing"
    | "document-differs"
    | "lines-missing"
    | "tax-differs"
    | "prepaid-differs"
    | "totals-differ";
  readonly detail: string;
}

export interface StatementVerification {
  /** Lines whose leg was found under its delivery's fingerprint, before and after the booking. */
  readonly provenLines: number;
  /** Lines that carry nothing to prove: the tax that an authority is owed out of legs that it doesn't see. */
  readonly unprovenLines: number;
  readonly findings: readonly StatementFinding[];
}

/**
 * Checks a statement with nothing but what its party has: each leg against the fingerprint of its delivery by the salted
 * inclusion proof of the line, each line as what stood before and after, each document and each total as the sum of its
 * lines, and the tax settled with an authority as what the lines come to.
 * @param fingerprintOf the fingerprint of a delivery as the party knows it from elsewhere (its own records, an event, the API):
 *   the last booking of the delivery must have been made under it. Without it the statement is only checked against itself.
 */
export function verifyStatement(
  statement: IssuedStatement,
  fingerprintOf: (deliveryId: string) => string | undefined = () => undefined,
): StatementVerification {
  const findings: StatementFinding[] = [];
  let [provenLines, unprovenLines] = [0, 0];
  const last = lastLines(statement.lines);
  for (const [at, line] of statement.lines.entries()) {
    const told = (problem: StatementFinding["problem"], detail: string): void => {
      findings.push({
        line: at,
        ...(subjectOf(line) === "" ? {} : { deliveryId: subjectOf(line) }),
        problem,
        detail,
      });
    };
    if (line.legId === undefined) {
      unprovenLines += 1;
      continue;
    }
    const before = findings.length;
    checkSum(line, told);
    checkLeg(statement, line, told);
    if (last.get(subjectOf(line)) === at) checkFingerprint(line, fingerprintOf, told);
    if (findings.length === before) provenLines += 1;
  }
  findings.push(...lengthFindings(statement), ...documentFindings(statement));
  findings.push(...taxFindings(statement), ...prepaidFindings(statement), ...totalFindings(statement));
  return { provenLines, unprovenLines, findings };
}

/** What a line's leg is of, and is proven under the fingerprint of. */
const subjectOf = ({ deliveryId, commitmentId }: IssuedLine): string => deliveryId ?? commitmentId ?? "";

type Tell = (problem: StatementFinding["problem"], detail: string) => void;
const FIELDS = ["netMinor", "serviceCreditMinor", "taxMinor", "payableMinor"] as const;
const NOTHING: Totals = { netMinor: 0, serviceCreditMinor: 0, taxMinor: 0, payableMinor: 0 };

function checkSum(line: IssuedLine, tell: Tell): void {
  const sum = line.netMinor - line.serviceCreditMinor + line.taxMinor;
  if (sum === line.payableMinor) return;
  tell(
    "amounts-do-not-add-up",
    `Net less service credit plus tax is ${sum}, payable says ${line.payableMinor}.`,
  );
}

function checkLeg(statement: IssuedStatement, line: IssuedLine, tell: Tell): void {
  const { stands, stood } = line;
  if (stands === undefined && stood === undefined) {
    tell("proof-missing", `The leg ${line.legId} carries no proof.`);
    return;
  }
  for (const [name, proven] of [
    ["after", stands],
    ["before", stood],
  ] as const) {
    if (proven === undefined) continue;
    const proof = { ...proven, legId: line.legId ?? "" };
    if (isProof(proven) && verifyLeg(legOf(statement, line, proven), proof, proven.fingerprint)) continue;
    tell(
      "not-under-the-fingerprint",
      `The leg ${line.legId} ${name} the booking is not under ${proven.fingerprint}.`,
    );
  }
  const now = stands === undefined ? NOTHING : (stands.amounts ?? line);
  const then = stood === undefined ? NOTHING : (stood.amounts ?? line);
  const wrong = FIELDS.find((field) => now[field] - then[field] !== line[field]);
  if (wrong === undefined) return;
  tell(
    "not-what-stands-less-what-stood",
    `${wrong} is ${line[wrong]}, but ${now[wrong]} stands and ${then[wrong]} stood before.`,
  );
}

/** A statement may come from a file that anybody wrote. */
function isProof({ salt, index, size, path }: ProvenLeg): boolean {
  const whole = Number.isSafeInteger(index) && Number.isSafeInteger(size);
  return (
    whole && typeof salt === "string" && Array.isArray(path) && path.every((hash) => typeof hash === "string")
  );
}

/** The leg as it was hashed. Who recovers the tax and to whom it is due are not part of it. */
function legOf(statement: IssuedStatement, line: IssuedLine, proven: ProvenLeg): Leg {
  const amounts = proven.amounts ?? line;
  const other = line.counterparty ?? "";
  const owes = line.direction === "payable";
  return {
    id: line.legId ?? "",
    kind: line.kind ?? "sale",
    deliveryId: subjectOf(line),
    product: line.product ?? "",
    payer: owes ? statement.party : other,
    payee: owes ? other : statement.party,
    currency: statement.currency,
    netMinor: minor(amounts.netMinor),
    creditMinor: minor(amounts.serviceCreditMinor),
    taxCode: line.taxCode ?? "",
    taxPercent: proven.taxPercent ?? line.taxPercent ?? "",
    taxMinor: minor(amounts.taxMinor),
    payableMinor: minor(amounts.payableMinor),
    taxRecovered: line.taxRecovered ?? false,
  };
}

/** A statement may come from anywhere: what is no whole number is no amount, and fits under no fingerprint. */
const minor = (amount: number): bigint => (Number.isSafeInteger(amount) ? BigInt(amount) : -1n);

/** The last line of each delivery that says how one of its legs stands. */
function lastLines(lines: readonly IssuedLine[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const [at, line] of lines.entries()) if (line.stands !== undefined) last.set(subjectOf(line), at);
  return last;
}

function checkFingerprint(
  line: IssuedLine,
  fingerprintOf: (deliveryId: string) => string | undefined,
  tell: Tell,
): void {
  const known = fingerprintOf(subjectOf(line));
  const shown = line.stands?.fingerprint;
  if (known === undefined || shown === undefined || known === shown) return;
  tell("other-fingerprint", `The delivery is known under ${known}, the statement proves against ${shown}.`);
}

function documentFindings({ documents, lines }: IssuedStatement): StatementFinding[] {
  return (documents ?? []).flatMap((document): StatementFinding[] => {
    const own = lines.filter((line) => line.document === document.number);
    // A document's amounts are what its customer owes; its lines count towards either side.
    const sums = totalsOf(own.map((line) => ({ ...line, direction: "receivable" as const })));
    const wrong = FIELDS.find((field) => sums[field] !== document[field]);
    if (wrong === undefined) return [];
    const detail = `${document.number} says ${wrong} ${document[wrong]}, its lines come to ${sums[wrong]}.`;
    return [{ problem: "document-differs", detail }];
  });
}

/** An own tax line is what the own legs come to: output tax is owed, input tax is claimed. */
function taxFindings({ party, lines }: IssuedStatement): StatementFinding[] {
  const due = new Map<string, number>();
  for (const line of lines) {
    if (line.legId === undefined || line.taxAuthority === undefined) continue;
    const input = line.direction === "payable";
    if (input && line.taxRecovered !== true) continue;
    due.set(line.taxAuthority, (due.get(line.taxAuthority) ?? 0) + (input ? 1 : -1) * line.taxMinor);
  }
  const findings: StatementFinding[] = [];
  for (const [authority, expected] of due) {
    if (authority === party) continue;
    const line = lines.find((one) => one.legId === undefined && one.counterparty === authority);
    const stated = line === undefined ? 0 : (line.direction === "payable" ? -1 : 1) * line.taxMinor;
    if (stated === expected) continue;
    const detail = `Tax settled with ${authority} is ${stated}, the lines come to ${expected}.`;
    findings.push({ problem: "tax-differs", detail });
  }
  return findings;
}

/** A statement that was cut short proves nothing about what it leaves out. */
function lengthFindings({ lines, lineCount = lines.length }: IssuedStatement): StatementFinding[] {
  if (lines.length === lineCount) return [];
  const detail = `The statement has ${lineCount} lines, of which ${lines.length} are here.`;
  return [{ problem: "lines-missing", detail }];
}

/** A balance goes from what was carried to what is left, and its lines are what was drawn and given back. */
function prepaidFindings({ prepaid = [], lines }: IssuedStatement): StatementFinding[] {
  return prepaid.flatMap((balance): StatementFinding[] => {
    const { id, carriedMinor, paidInMinor, drawnMinor, expiredMinor, refundedMinor, leftMinor } = balance;
    const left = carriedMinor + paidInMinor - drawnMinor - expiredMinor - refundedMinor;
    const paid = totalsOf(lines.filter(({ prepaidId }) => prepaidId === id)).payableMinor;
    if (left === leftMinor && paid === drawnMinor + refundedMinor) return [];
    const detail =
      left === leftMinor
        ? `${drawnMinor + refundedMinor} were taken from ${id}, its lines come to ${paid}.`
        : `${id} comes to ${left}, the statement says ${leftMinor}.`;
    return [{ problem: "prepaid-differs", detail }];
  });
}

function totalFindings(statement: IssuedStatement): StatementFinding[] {
  const sums = totalsOf(statement.lines);
  return FIELDS.filter((field) => sums[field] !== statement[field]).map((field) => ({
    problem: "totals-differ" as const,
    detail: `${field} says ${statement[field]}, the lines come to ${sums[field]}.`,
  }));
}
