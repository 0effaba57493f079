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
  const filter = session.client.takenOf("settlements.list", { period: idOrPeriod });
  for await (const item of session.client.list("settlements.list", filter))
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
  const { client } = session;
  const taken = client.takenOf("statements.list", period === undefined ? {} : { period });
  const statements: IssuedStatement[] = [];
  for await (const item of client.list("statements.list", taken)) {
    const listed = item as object as IssuedStatement;
    if (settlement !== undefined && (listed.settlementId ?? settlement.id) !== settlement.id) continue;
    if (party !== undefined && listed.party !== party) continue;
    if (period !== undefined && (listed.period ?? period) !== period) continue;
    statements.push(await withAllLines(session, await whole(session, listed)));
  }
  return statements;
}

/** A list may hold the statements themselves, or say only which there are. */
async function whole(session: Session, listed: IssuedStatement): Promise<IssuedStatement> {
  const { client, catalog } = session;
  const isWhole = listed.lines !== undefined || !client.has("statements.get");
  const told = isWhole ? {} : (await client.call("statements.get", { statementId: listed.id })).result;
  const { currency = "" } = catalog.ecosystem;
  return Object.assign({ currency }, listed, told);
}

/** Long statements come with their first lines only. Of another ecosystem the lists may be left out where they are empty. */
async function withAllLines(session: Session, statement: IssuedStatement): Promise<IssuedStatement> {
  const { nextLines, ...rest } = statement;
  const lines = [...(rest.lines ?? [])];
  requireAmounts(session, lines);
  if (nextLines === undefined || !session.client.has("statements.lines")) return { ...statement, lines };
  const { id: statementId } = rest;
  for await (const line of session.client.list("statements.lines", { statementId, cursor: nextLines }))
    lines.push(line as object as IssuedLine);
  return { ...rest, lines };
}

const AMOUNTS = ["netMinor", "serviceCreditMinor", "taxMinor", "payableMinor"] as const;

/** Nothing can be summed or compared of lines whose amounts another ecosystem's API keeps to itself. */
function requireAmounts({ client }: Session, lines: readonly IssuedLine[]): void {
  const untold = AMOUNTS.filter((name) => lines.some((line) => typeof line[name] !== "number"));
  if (untold.length === 0) return;
  const { id } = client.operation(client.has("statements.get") ? "statements.get" : "statements.list");
  const names = untold.map((name) => `lines.*.${name}`).join(", ");
  throw new EcoError("ECO_ANSWER_INCOMPLETE", `The statements of ${id} don't tell ${names}.`, {
    fix: `Give the answer of ${id} a place for each, and bind it under \`x-eco-bind.response\`.`,
  });
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
