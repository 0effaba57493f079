import type { IssuedLine, IssuedStatement, Totals } from "../issued.ts";
import { push } from "../push.ts";
import { type Explanation, explanationsOf, sumLines } from "./explanations.ts";
import type { Candidate, Cause, OwnFigure, Reconciled, Side } from "./types.ts";

/** Amounts in the order in which they tell most. */
const FIELDS = ["payableMinor", "netMinor", "taxMinor", "serviceCreditMinor"] as const;

/**
 * A partner's own figures against its statements. Each delivery (or each counterparty of a delivery, where the figures name
 * it) is compared once: rows of one delivery are added up, as are the lines of the books, and only amounts that the partner
 * gives are looked at. What differs is told with its cause: the first of the known ways to come to exactly these figures.
 * @param statements or anything with such lines, of a month that is still open
 * @param scale decimals of the currency
 * @returns in the order of the figures, then what only the books have in the order of the statements
 */
export function reconcile(
  figures: readonly OwnFigure[],
  statements: readonly Pick<IssuedStatement, "lines">[],
  scale: number,
): Reconciled[] {
  const books = linesByDelivery(statements);
  const results: Reconciled[] = [];
  const seen = new Map<string, Set<IssuedLine>>();
  for (const group of groupsOf(figures)) {
    const [first] = group;
    if (first === undefined) continue;
    const { deliveryId } = first;
    const lines = books.get(deliveryId) ?? [];
    const compared = compare(group, lines, scale);
    results.push(compared.result);
    const used = seen.get(deliveryId) ?? new Set();
    for (const line of compared.lines) used.add(line);
    seen.set(deliveryId, used);
  }
  const namesCounterparties = figures.some(({ counterparty }) => counterparty !== undefined);
  return withHints([...results, ...leftOver(books, seen, namesCounterparties)]);
}

function linesByDelivery(statements: readonly Pick<IssuedStatement, "lines">[]): Map<string, IssuedLine[]> {
  const books = new Map<string, IssuedLine[]>();
  for (const { lines } of statements)
    for (const line of lines) {
      if (line.deliveryId === undefined) continue;
      const own = books.get(line.deliveryId);
      if (own === undefined) books.set(line.deliveryId, [line]);
      else own.push(line);
    }
  return books;
}

function groupsOf(figures: readonly OwnFigure[]): OwnFigure[][] {
  const groups = new Map<string, OwnFigure[]>();
  for (const figure of figures) {
    const key = [figure.deliveryId, figure.counterparty ?? "", figure.product ?? ""].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [figure]);
    else group.push(figure);
  }
  return [...groups.values()];
}

interface Compared {
  readonly result: Reconciled;
  /** Lines of the books that the figures stand for. */
  readonly lines: readonly IssuedLine[];
}

function compare(group: readonly OwnFigure[], lines: readonly IssuedLine[], scale: number): Compared {
  const theirs = sumFigures(group);
  const [first] = group;
  const head = {
    deliveryId: first?.deliveryId ?? "",
    ...(first?.counterparty === undefined ? {} : { counterparty: first.counterparty }),
    ...(first?.product === undefined ? {} : { product: first.product }),
    rows: group.map(({ row }) => row),
    theirs,
  };
  if (lines.length === 0) return { result: { ...head, status: "missing-here", causes: [] }, lines: [] };
  const named = lines.filter(
    (line) =>
      (first?.counterparty === undefined || line.counterparty === first.counterparty) &&
      (first?.product === undefined || line.product === first.product),
  );
  const candidates = candidatesOf(named.length === 0 ? lines : named);
  const best = judge(group, theirs, candidates, scale);
  const causes: Cause[] = [...(named.length === 0 ? (["counterparty"] as const) : []), ...best.causes];
  const { side, totals } = best.candidate;
  const compared = differenceOf(theirs, totals);
  const status = causes.length === 0 ? "matched" : "differs";
  const result = { ...head, status, ours: totals, side, ...compared, causes } as const;
  return { result, lines: best.candidate.lines };
}

/** What is owed to the partner, what it owes, and where there is both the one less the other. */
function candidatesOf(lines: readonly IssuedLine[]): Candidate[] {
  const of = (side: Side, some: readonly IssuedLine[]): Candidate[] =>
    some.length === 0 ? [] : [{ side, lines: some, totals: sumLines(some, side) }];
  const receivable = lines.filter((line) => line.direction !== "payable");
  const payable = lines.filter((line) => line.direction === "payable");
  return [
    ...of("receivable", receivable),
    ...of("payable", payable),
    ...(receivable.length > 0 && payable.length > 0 ? of("net", lines) : []),
  ];
}

interface Judgement {
  readonly candidate: Candidate;
  readonly causes: readonly Cause[];
}

function judge(
  group: readonly OwnFigure[],
  theirs: Partial<Totals>,
  candidates: readonly Candidate[],
  scale: number,
): Judgement {
  const [nearest] = [...candidates].sort((a, b) => distance(theirs, a) - distance(theirs, b));
  if (nearest === undefined) throw new RangeError("nothing to compare with");
  return (
    exactly(theirs, candidates) ??
    repeated(group, candidates) ??
    explained(theirs, candidates, scale, 0) ??
    explained(theirs, candidates, scale, 1) ?? { candidate: nearest, causes: [unexplained(theirs, nearest)] }
  );
}

function exactly(theirs: Partial<Totals>, candidates: readonly Candidate[]): Judgement | undefined {
  const candidate = candidates.find(({ totals }) => fits(theirs, totals, 0));
  return candidate === undefined ? undefined : { candidate, causes: [] };
}

/** One of several rows is the whole delivery already. */
function repeated(group: readonly OwnFigure[], candidates: readonly Candidate[]): Judgement | undefined {
  if (group.length < 2) return undefined;
  for (const { amounts } of group) {
    const found = exactly(amounts, candidates);
    if (found !== undefined) return { candidate: found.candidate, causes: ["duplicate"] };
  }
  return undefined;
}

/** @param unit how far off each line may be, in minor units: a difference of that size alone is one of rounding */
function explained(
  theirs: Partial<Totals>,
  candidates: readonly Candidate[],
  scale: number,
  unit: number,
): Judgement | undefined {
  let best: (Explanation & { candidate: Candidate }) | undefined;
  for (const candidate of candidates)
    for (const explanation of explanationsOf(candidate, scale)) {
      if (best !== undefined && best.causes.length <= explanation.causes.length) continue;
      if (fits(theirs, explanation.totals, unit * candidate.lines.length))
        best = { ...explanation, candidate };
    }
  if (best === undefined) return undefined;
  return { candidate: best.candidate, causes: unit === 0 ? best.causes : [...best.causes, "rounding"] };
}

function unexplained(theirs: Partial<Totals>, { totals }: Candidate): Cause {
  const net = theirs.netMinor;
  if (net === undefined || net !== totals.netMinor) return "price";
  const credit = theirs.serviceCreditMinor;
  return credit !== undefined && credit !== totals.serviceCreditMinor ? "service-credit" : "tax";
}

/** Figures without any amount fit nothing. */
const fits = (theirs: Partial<Totals>, ours: Totals, within: number): boolean =>
  FIELDS.some((field) => theirs[field] !== undefined) &&
  FIELDS.every((field) => Math.abs((theirs[field] ?? ours[field]) - ours[field]) <= within);

const distance = (theirs: Partial<Totals>, { totals }: Candidate): number =>
  Math.abs(differenceOf(theirs, totals).differenceMinor ?? 0);

/** By the first amount that differs. */
function differenceOf(
  theirs: Partial<Totals>,
  ours: Totals,
): { readonly field?: keyof Totals; readonly differenceMinor?: number } {
  const given = FIELDS.filter((one) => theirs[one] !== undefined);
  const field = given.find((one) => theirs[one] !== ours[one]) ?? given[0];
  return field === undefined ? {} : { field, differenceMinor: (theirs[field] ?? 0) - ours[field] };
}

/** Sums of the amounts that every row gives: a sum over some of them would be none. */
function sumFigures(group: readonly OwnFigure[]): Partial<Totals> {
  const sum: { -readonly [K in keyof Totals]?: number } = {};
  for (const field of FIELDS) {
    const given = group.map(({ amounts }) => amounts[field]);
    if (given.some((amount) => amount === undefined)) continue;
    sum[field] = given.reduce<number>((total, amount) => total + (amount ?? 0), 0);
  }
  return sum;
}

/**
 * Deliveries of the books that no figure stands for; where the figures name counterparties, those of a delivery as well.
 * Otherwise a partner that keeps what it is owed for a delivery need not keep what it owes for it in the same file.
 */
function leftOver(
  books: ReadonlyMap<string, readonly IssuedLine[]>,
  seen: ReadonlyMap<string, ReadonlySet<IssuedLine>>,
  namesCounterparties: boolean,
): Reconciled[] {
  const left: Reconciled[] = [];
  for (const [deliveryId, all] of books) {
    const used = seen.get(deliveryId);
    const lines = all.filter((line) => used === undefined || (namesCounterparties && !used.has(line)));
    for (const own of namesCounterparties ? byCounterparty(lines) : [lines]) {
      const candidates = candidatesOf(own);
      const candidate = candidates[0];
      // What was taken back before it was settled comes to nothing: nobody has to have it.
      if (candidate === undefined || candidates.every(isNothing)) continue;
      left.push({
        status: "missing-there",
        deliveryId,
        ...optional("counterparty", namesCounterparties ? own[0]?.counterparty : undefined),
        ...optional("product", own[0]?.product),
        rows: [],
        ours: candidate.totals,
        side: candidate.side,
        causes: [],
      });
    }
  }
  return left;
}

const isNothing = ({ totals }: Candidate): boolean => FIELDS.every((field) => totals[field] === 0);

const optional = <K extends string>(name: K, value: string | undefined): { readonly [P in K]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [P in K]?: string });

function byCounterparty(lines: readonly IssuedLine[]): IssuedLine[][] {
  const groups = new Map<string, IssuedLine[]>();
  for (const line of lines) {
    const key = line.counterparty ?? "";
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()];
}

/** Pairs what each side lacks, where the amounts leave only one choice. */
function withHints(results: readonly Reconciled[]): Reconciled[] {
  const there = new Map<string, Reconciled[]>();
  for (const result of results)
    if (result.status === "missing-there")
      for (const field of FIELDS) push(there, `${field} ${result.ours?.[field]}`, result);
  const chosen = new Map<Reconciled, Reconciled[]>();
  for (const figure of results) {
    if (figure.status !== "missing-here") continue;
    const amounts = figure.theirs ?? {};
    const field = FIELDS.find((one) => amounts[one] !== undefined);
    const alike = (there.get(`${field} ${field === undefined ? "" : amounts[field]}`) ?? []).filter(
      ({ ours }) => ours !== undefined && fits(amounts, ours, 0),
    );
    const [only, ...others] = alike;
    if (only !== undefined && others.length === 0) push(chosen, only, figure);
  }
  const perhaps = new Map<Reconciled, string>();
  for (const [booked, [figure, ...rivals]] of chosen) {
    if (figure === undefined || rivals.length > 0) continue;
    perhaps.set(booked, figure.deliveryId).set(figure, booked.deliveryId);
  }
  return results.map((result) => ({ ...result, ...optional("perhaps", perhaps.get(result)) }));
}
