import type { Cause, Reconciled } from "../../sandbox/ledger/index.ts";
import { formatMinor, minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import type { Output } from "../output/output.ts";
import { quoted } from "../output/quoted.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import type { Absence, Books } from "./books.ts";

/** What was found, with what to do next. */
export interface Finding extends Reconciled {
  readonly absence?: Absence;
  /** False where the books may still change: the month isn't closed yet. */
  readonly settled?: false;
  /** In words. */
  readonly reason: string;
  /** The command line that goes on from here. */
  readonly next?: string;
}

const CAUSES: Readonly<Record<Cause, string>> = {
  rounding: "rounded otherwise",
  tax: "tax left out, or at another rate",
  "service-credit": "without the service credit, or with another one",
  recourse: "without the recourse that is taken off",
  "correction-after": "corrected after these figures were made",
  price: "another tier, quantity or price",
  duplicate: "held more than once",
  sign: "with the opposite sign",
  "minor-units": "in minor units instead of major ones",
  counterparty: "booked with another party",
};

const ABSENCES: Readonly<Record<Absence, string>> = {
  unknown: "no such delivery is known, or you have no part in it",
  "not-settled": "booked in a period that is still open",
  cancelled: "cancelled, and nothing of it is left to settle",
  "other-period": "settled in another period",
  "no-part": "known, but it has no leg of yours in this currency",
};

/**
 * Adds the words and the next command to what was found.
 * @param as flags that name the party, with a space before each
 */
export function toFinding(
  result: Reconciled,
  books: Pick<Books, "absenceOf" | "isUnsettled">,
  currency: string,
  as: string,
): Finding {
  const { deliveryId, status } = result;
  const absence = status === "missing-here" ? (books.absenceOf(deliveryId) ?? "unknown") : undefined;
  const unsettled = absence === undefined && books.isUnsettled(deliveryId);
  const reason = wordsFor(result, absence);
  const command = nextCommand(result, absence, reason, currency);
  const next = command === undefined ? undefined : `${command}${as}`;
  return {
    ...result,
    ...(absence === undefined ? {} : { absence }),
    ...(unsettled ? { settled: false } : {}),
    reason: unsettled && status !== "matched" ? `${reason}; not settled yet` : reason,
    ...(next === undefined ? {} : { next }),
  };
}

function wordsFor({ status, causes: why, perhaps }: Reconciled, absence: Absence | undefined): string {
  const hint = perhaps === undefined ? "" : `; perhaps it is ${perhaps}`;
  if (absence !== undefined) return `${ABSENCES[absence]}${hint}`;
  if (status === "missing-there") return `the books have it, the file doesn't${hint}`;
  return why.map((cause) => CAUSES[cause]).join(", and ");
}

/** Only what is in the books can be disputed; what isn't can be submitted, or is settled later. */
function nextCommand(
  result: Reconciled,
  absence: Absence | undefined,
  reason: string,
  currency: string,
): string | undefined {
  const { deliveryId, status } = result;
  if (status === "matched") return undefined;
  if (status === "missing-here")
    return absence === "unknown" || absence === undefined
      ? undefined
      : `eco deliveries explain ${quoted(deliveryId)}`;
  if (result.causes.length > 0 && result.causes.every((cause) => OURS.has(cause)))
    return `eco deliveries explain ${quoted(deliveryId)}`;
  const words =
    status === "missing-there" ? "We have no record of this delivery." : `Our figures differ: ${reason}.`;
  const claim = claimOf(result);
  const amount = claim === undefined ? "" : ` --claim ${formatMinor(claim, minorUnits(currency))}`;
  return `eco disputes open ${quoted(deliveryId)} --reason ${quoted(words)}${amount}`;
}

/** Mistakes that can only be in the partner's own file. */
const OURS: ReadonlySet<Cause> = new Set(["duplicate", "sign", "minor-units"]);

/** What a party that pays asks back: the net that it is charged too much. */
function claimOf({ status, side, theirs, ours: booked, causes: why }: Reconciled): number | undefined {
  if (status !== "differs" || side !== "payable" || booked === undefined || why.includes("tax"))
    return undefined;
  const net = theirs?.netMinor;
  const over = net === undefined ? 0 : booked.netMinor - net;
  return over > 0 ? over : undefined;
}

/** The differences as a table, and the commands that go on from there, after a line that counts them. */
export function presentReconciled(findings: readonly Finding[], currency: string, out: Output): void {
  const open = findings.filter(({ status }) => status !== "matched");
  out.data(countLine(findings));
  if (open.length === 0) return;
  const scale = minorUnits(currency);
  const money = (minor: number | undefined): string =>
    minor === undefined ? "" : readableMinor(minor, scale);
  out.data("");
  out.table(open, [
    { header: "Delivery", value: ({ deliveryId }) => deliveryId },
    { header: "Status", value: ({ status }) => status },
    { header: "Amount", value: (each) => fieldOf(each).replace(/Minor$/, "") },
    { header: "Yours", value: (each) => money(each.theirs?.[fieldOf(each)]), align: "right" },
    { header: "Books", value: (each) => money(each.ours?.[fieldOf(each)]), align: "right" },
    { header: "Difference", value: ({ differenceMinor }) => money(differenceMinor), align: "right" },
    { header: "Cause", value: ({ reason }) => reason },
  ]);
  const commands = open.flatMap(({ next }) => next ?? []);
  if (commands.length > 0) out.data(["", ...commands.map(sanitizeLine)].join("\n"));
}

const fieldOf = ({ field, theirs }: Reconciled) =>
  field ??
  (["payableMinor", "netMinor", "taxMinor", "serviceCreditMinor"] as const).find(
    (one) => theirs?.[one] !== undefined,
  ) ??
  "payableMinor";

export function countsOf(findings: readonly Finding[]) {
  const count = (status: Finding["status"]): number =>
    findings.filter((each) => each.status === status).length;
  return {
    matched: count("matched"),
    differs: count("differs"),
    missingHere: count("missing-here"),
    missingThere: count("missing-there"),
  };
}

function countLine(findings: readonly Finding[]): string {
  const { matched, differs, missingHere, missingThere } = countsOf(findings);
  return `${matched} matched, ${differs} differ, ${missingHere} missing in the books, ${missingThere} missing in the file`;
}
