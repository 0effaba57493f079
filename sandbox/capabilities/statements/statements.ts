import type { JsonObject, Reader } from "../../store/store.ts";
import { maySee, ownKey } from "../access.ts";
import type { Capability, DecisionContext } from "../capability.ts";
import { cursorMark, foreignCursor, markedCursor, readPlace } from "../cursor.ts";
import {
  answer,
  define,
  notFound,
  optional,
  optionalText,
  pageFields,
  refuse,
  required,
  text,
} from "../define.ts";
import { cursorAfter, listPage, readCursor, readLimit } from "../page.ts";
import { collections, type PeriodRecord } from "../records.ts";
import { everyLine, firstPlace, parsePlace, readLines, readOpenLines } from "./lines.ts";
import type { StatementRecord } from "./records.ts";

/** How many lines a statement is shown with at once; the others are read page by page. */
const SHOWN_LINES = 500;

/** A statement as it is sent, with its first lines and, where there are more, the cursor to them. */
async function viewStatement(
  { internal, ...shown }: StatementRecord,
  context: DecisionContext,
): Promise<JsonObject> {
  const { lines, next } = await readLines(
    { ...shown, internal } as StatementRecord,
    firstPlace,
    SHOWN_LINES,
    context.read,
  );
  const more = next === undefined ? {} : { nextLines: markedCursor(next, linesMark(shown.id, context)) };
  return { ...shown, lines, ...more };
}

/** The lines are read on by the operation that lists them, so their cursors are the statement's, whichever gave them. */
const linesMark = (statementId: string, context: DecisionContext): string =>
  cursorMark("statements.lines", { statementId }, context);

/** A statement with every line that it has, however many. */
export async function wholeStatement(statement: StatementRecord, read: Reader): Promise<JsonObject> {
  const { internal: _, ...shown } = statement;
  return { ...shown, lines: await everyLine(statement, read) };
}

const list = define({
  name: "statements.list",
  summary: "The statements of the caller; their numbers have no gaps.",
  input: { ...pageFields, period: optional("text", "Only this period.") },
  decide: (input, context) =>
    listPage<StatementRecord>({
      context,
      input,
      collection: collections.statements,
      key: ownKey(context),
      filters: ["period"],
      view: (statement) => viewStatement(statement, context),
    }),
});

const get = define({
  name: "statements.get",
  summary: "A party's documents and lines of one period with their totals; each leg with its proof.",
  input: { statementId: required("text", "The statement.") },
  async decide(input, context) {
    const id = text(input, "statementId");
    const stored = await context.read.get<StatementRecord>(collections.statements, id);
    return stored === undefined || !maySee(context, [stored.value.party])
      ? notFound("statement", id)
      : answer(await viewStatement(stored.value, context));
  },
});

const lines = define({
  name: "statements.lines",
  summary: "The lines of a statement, page by page: for statements of any length.",
  input: { ...pageFields, statementId: required("text", "The statement.") },
  async decide(input, context) {
    const id = text(input, "statementId");
    const stored = await context.read.get<StatementRecord>(collections.statements, id);
    if (stored === undefined || !maySee(context, [stored.value.party])) return notFound("statement", id);
    const mark = linesMark(id, context);
    const place = readPlace(input, mark);
    if (typeof place === "object") return place;
    const from = place === undefined ? firstPlace : parsePlace(place);
    if (from === undefined) return foreignCursor();
    const { lines: items, next } = await readLines(stored.value, from, readLimit(input), context.read);
    return answer({ items, ...(next === undefined ? {} : { nextCursor: markedCursor(next, mark) }) });
  },
});

const open = define({
  name: "statements.open",
  summary:
    "A party's lines of a month that isn't closed yet, page by page: what its statement would hold by now.",
  input: {
    ...pageFields,
    period: required("text", "The month, `2025-03`."),
    party: optional(
      "text",
      "Whose lines; the caller's own where left out. Who oversees sees those of others.",
    ),
    currency: optional("text", "In which currency; the ecosystem's where left out."),
  },
  async decide(input, context) {
    const { caller, catalog, read } = context;
    const party = optionalText(input, "party") ?? caller?.party ?? "";
    if (!maySee(context, [party])) return notFound("party", party);
    const period = text(input, "period");
    const closed = await read.get<PeriodRecord>(collections.periods, period);
    if (closed !== undefined) {
      const detail = `${period} was closed at ${closed.value.closedAt}: its lines are on the statements.`;
      return refuse("ECO_PERIOD_CLOSED", detail);
    }
    const after = readCursor({ input, context });
    if (typeof after !== "number") return after;
    const currency = optionalText(input, "currency") ?? catalog.ecosystem.currency;
    const page = await readOpenLines({ period, party, currency }, after, readLimit(input), read);
    return answer({
      items: page.lines,
      ...(page.next === undefined ? {} : { nextCursor: cursorAfter({ input, context }, page.next) }),
    });
  },
});

export const statementCapabilities: readonly Capability[] = [list, get, lines, open];
