import type {
  ClosedSettlement,
  IssuedLine,
  IssuedStatement,
  PartyDetails,
} from "../../sandbox/ledger/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { Fields } from "../http/api-client.ts";
import type { Session } from "../session.ts";
import { textAt } from "../views/fields.ts";

/**
 * A closed settlement by its id, or by its period.
 * @throws EcoError ECO_NOT_FOUND where it isn't there, or the period is still open.
 */
export async function readSettlement(session: Session, idOrPeriod: string): Promise<ClosedSettlement> {
  if (!/^\d{4}-\d{2}$/.test(idOrPeriod)) {
    const { result } = await session.client.call("settlements.get", { settlementId: idOrPeriod });
    return result as object as ClosedSettlement;
  }
  for await (const item of session.client.list("settlements.list", { period: idOrPeriod }))
    if (textAt(item, "period") === idOrPeriod) return item as object as ClosedSettlement;
  throw new EcoError(
    "ECO_NOT_FOUND",
    `No settlement of ${idOrPeriod} is known: the period is open, or you had no part in it.`,
    {
      fix: "`eco settlements list` shows the periods that are closed.",
    },
  );
}

/** The statements of one settlement, or of all (in order of issue), that the caller may see. */
export async function readStatements(
  session: Session,
  filter: {
    readonly settlement?: ClosedSettlement;
    readonly party?: string | undefined;
    readonly period?: string | undefined;
  },
): Promise<IssuedStatement[]> {
  const { settlement, party } = filter;
  const period = settlement?.period ?? filter.period;
  const statements: IssuedStatement[] = [];
  for await (const item of session.client.list("statements.list", period === undefined ? {} : { period })) {
    const statement = item as object as IssuedStatement;
    if (settlement !== undefined && (statement.settlementId ?? settlement.id) !== settlement.id) continue;
    if (party !== undefined && statement.party !== party) continue;
    statements.push(await withAllLines(session, statement));
  }
  return statements;
}

/** Long statements come with their first lines only. Of another ecosystem the lists may be left out where they are empty. */
async function withAllLines(session: Session, statement: IssuedStatement): Promise<IssuedStatement> {
  const { nextLines, ...rest } = statement;
  const lines = [...(rest.lines ?? [])];
  if (nextLines === undefined || !session.client.has("statements.lines")) return { ...statement, lines };
  const { id: statementId } = rest;
  for await (const line of session.client.list("statements.lines", { statementId, cursor: nextLines }))
    lines.push(line as object as IssuedLine);
  return { ...rest, lines };
}

/** Names, tax numbers and bank accounts, as far as the caller may see them; none where the spec set has no directory. */
export async function readParties(session: Session): Promise<PartyDetails[]> {
  if (!session.client.has("parties.list")) return [];
  const parties: PartyDetails[] = [];
  for await (const item of session.client.list("parties.list")) parties.push(detailsOf(item));
  return parties;
}

function detailsOf(item: Fields): PartyDetails {
  const id = textAt(item, "id");
  const taxId = textAt(item, "taxId");
  const iban = textAt(item, "bankAccount.iban");
  const bic = textAt(item, "bankAccount.bic");
  return {
    id,
    name: textAt(item, "name") || id,
    ...(taxId === "" ? {} : { taxId }),
    ...(iban === "" ? {} : { bankAccount: bic === "" ? { iban } : { iban, bic } }),
  };
}
