import type { IssuedLine, IssuedStatement, Totals } from "../issued.ts";
import { push } from "../push.ts";
import { candidatesOf, differenceOf, FIELDS, fits } from "./candidates.ts";
import { type SideKept, sidesKept } from "./convention.ts";
import { judge } from "./judge.ts";
import type { Candidate, Cause, OwnFigure, Reconciled } from "./types.ts";

/**
 * A partner's own figures against its statements. Each delivery (or each counterparty of a delivery, where the figures name
 * it) is compared once: rows of one delivery are added up, as are the lines of the books, and only amounts that the partner
 * gives are looked at. A file keeps one side of its deliveries, which most of its rows tell; what differs is told with its
 * cause: the first of the known ways to come to exactly these figures.
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
  const groups = groupsOf(figures).map((rows) => meantBy(rows, books));
  const usual = sidesKept(groups);
  for (const group of groups) {
    const { deliveryId } = group;
    const compared = compare(group, usual, scale);
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

/** Rows that stand for one delivery, or one counterparty of it, with what of the books they may mean. */
interface Group {
  readonly deliveryId: string;
  readonly counterparty?: string;
  readonly product?: string;
  readonly rows: readonly OwnFigure[];
  readonly theirs: Partial<Totals>;
  /** None where the books have nothing of the delivery. */
  readonly candidates: readonly Candidate[];
  /** The books have the delivery, but not with the counterparty and product that the rows name. */
  readonly misnamed: boolean;
}

function meantBy(rows: readonly OwnFigure[], books: ReadonlyMap<string, readonly IssuedLine[]>): Group {
  const [first] = rows;
  const { deliveryId = "", counterparty, product } = first ?? {};
  const lines = books.get(deliveryId) ?? [];
  const named = lines.filter(
    (line) =>
      (counterparty === undefined || line.counterparty === counterparty) &&
      (product === undefined || line.product === product),
  );
  return {
    deliveryId,
    ...optional("counterparty", counterparty),
    ...optional("product", product),
    rows,
    theirs: sumFigures(rows),
    candidates: candidatesOf(named.length === 0 ? lines : named),
    misnamed: named.length === 0,
  };
}

function compare({ rows, candidates, misnamed, ...head }: Group, usual: SideKept, scale: number): Compared {
  const { theirs } = head;
  const told = { ...head, rows: rows.map(({ row }) => row) };
  if (candidates.length === 0) return { result: { ...told, status: "missing-here", causes: [] }, lines: [] };
  const best = judge({ group: rows, theirs, scale }, candidates, usual(head.counterparty));
  const causes: Cause[] = [...(misnamed ? (["counterparty"] as const) : []), ...best.causes];
  const { side, totals, lines } = best.candidate;
  const status = causes.length === 0 ? "matched" : "differs";
  return { result: { ...told, status, ours: totals, side, ...differenceOf(theirs, totals), causes }, lines };
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
