import { maySee, ownKey } from "./access.ts";
import type { Capability } from "./capability.ts";
import { answer, define, notFound, optional, optionalText, pageFields, required, text } from "./define.ts";
import { listPage } from "./page.ts";
import { collections } from "./records.ts";
import type { StatementRecord } from "./statement-records.ts";

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
      view: (statement) => statement,
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
      : answer(stored.value);
  },
});

export const statementCapabilities: readonly Capability[] = [list, get];
