import type { JsonObject, Reader } from "../store/store.ts";
import { maySee, ownKey } from "./access.ts";
import type { Capability } from "./capability.ts";
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
} from "./define.ts";
import { listPage, readLimit } from "./page.ts";
import { collections } from "./records.ts";
import { everyLine, firstPlace, parsePlace, readLines } from "./statement-lines.ts";
import type { StatementRecord } from "./statement-records.ts";

/** How many lines a statement is shown with at once; the others are read page by page. */
const shownLines = 500;

/** A statement as it is sent, with its first lines and, where there are more, the cursor to them. */
async function viewStatement({ internal, ...shown }: StatementRecord, read: Reader): Promise<JsonObject> {
  const { lines, next } = await readLines(
    { ...shown, internal } as StatementRecord,
    firstPlace,
    shownLines,
    read,
  );
  return { ...shown, lines, ...(next === undefined ? {} : { nextLines: next }) };
}

/** A statement with every line that it has, however many. */
export async function wholeStatement(statement: StatementRecord, read: Reader): Promise<JsonObject> {
  const { internal: _, ...shown } = statement;
  return { ...shown, lines: await everyLine(statement, read) };
}

const list = define({
  name: "statements.list",
  summary: "The statements of the caller; their numbers have no gaps.",
  input: { ...pageFields, period: optional("text", "Only this period.") },
  decide(input, context) {
    const period = optionalText(input, "period");
    return listPage<StatementRecord>({
      read: context.read,
      input,
      collection: collections.statements,
      key: ownKey(context),
      keep: (statement) => period === undefined || statement.period === period,
      view: (statement) => viewStatement(statement, context.read),
    });
  },
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
      : answer(await viewStatement(stored.value, context.read));
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
    const cursor = optionalText(input, "cursor");
    const from = cursor === undefined ? firstPlace : parsePlace(cursor);
    if (from === undefined) {
      return refuse("ECO_REQUEST_INVALID", "The cursor is not one that this list gave.", [
        { pointer: "#/cursor", detail: "use `nextLines` or `nextCursor` as it came" },
      ]);
    }
    const page = await readLines(stored.value, from, readLimit(input), context.read);
    return answer({ items: page.lines, ...(page.next === undefined ? {} : { nextCursor: page.next }) });
  },
});

export const statementCapabilities: readonly Capability[] = [list, get, lines];
