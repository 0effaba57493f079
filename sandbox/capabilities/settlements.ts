import { positionsOf, settle } from "../ledger/index.ts";
import type { Leg } from "../rating/index.ts";
import { OverlayReader } from "../store/overlay.ts";
import type { JsonObject, RecordWrite, StoredPosting, StoredRecord } from "../store/store.ts";
import { isOrchestrator, maySee, ownKey, viewpoint } from "./access.ts";
import type { Capability, DecisionContext, DomainEvent } from "./capability.ts";
import { joinChanges } from "./changes.ts";
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
import type { BookingRecord } from "./delivery-records.ts";
import { finishExits } from "./exit.ts";
import { legFromJson, toMinor } from "./money.ts";
import { everyRecord, listPage } from "./page.ts";
import { collections, type PeriodRecord, partyKey } from "./records.ts";
import { makeStatement, type StatementRecord, taxItems } from "./statement-building.ts";
import { monthOf } from "./time.ts";

const postingsPage = 5000;

/** `settlements/SETTLEMENTID` */
interface SettlementRecord extends JsonObject {
  readonly id: string;
  readonly period: string;
  readonly status: "closed";
  readonly closedAt: string;
  readonly positions: readonly {
    readonly party: string;
    readonly amountMinor: number;
    readonly currency: string;
  }[];
  /** Statements in the order of the parties, with whose they are. */
  readonly issued: readonly { readonly id: string; readonly party: string }[];
}

interface StatementCounter extends JsonObject {
  readonly issued: number;
}

function viewSettlement({ issued, ...settlement }: SettlementRecord, context: DecisionContext): JsonObject {
  const party = viewpoint(context);
  const own = <T extends { readonly party: string }>(items: readonly T[]) =>
    party === undefined ? items : items.filter((item) => item.party === party);
  return {
    ...settlement,
    positions: own(settlement.positions),
    statements: own(issued).map((statement) => statement.id),
  };
}

const close = define({
  name: "settlements.close",
  summary: "Nets a month, issues a statement to each party, and closes the month exactly once.",
  input: { period: required("text", "The calendar month, `2025-03`.") },
  events: ["settlement.closed", "statement.issued", "party.exited"],
  async decide(input, context) {
    const { catalog, now } = context;
    if (!isOrchestrator(catalog, context.caller)) {
      return refuse("ECO_FORBIDDEN", "Periods are closed by the orchestrator.");
    }
    const period = text(input, "period");
    const closed = await context.read.get<PeriodRecord>(collections.periods, period);
    if (closed !== undefined) {
      return refuse("ECO_PERIOD_CLOSED", `${period} was closed at ${closed.value.closedAt}.`);
    }
    if (period > monthOf(now, catalog.ecosystem.timeZone)) {
      return refuse("ECO_REQUEST_INVALID", `${period} hasn't begun.`, [
        { pointer: "#/period", detail: "must be a month that has begun" },
      ]);
    }
    const id = context.newId("set");
    const postings = await postingsOf(period, context);
    const settled = settle({ id: context.newId("txn"), period, bookedAt: now, amounts: postings });
    const issued = await issueStatements(id, period, postings, context);
    const settlement: SettlementRecord = {
      id,
      period,
      status: "closed",
      closedAt: now,
      positions: settled.positions.map(({ party, currency, amountMinor }) => ({
        party,
        amountMinor: toMinor(amountMinor),
        currency,
      })),
      issued: issued.statements.map((statement) => ({ id: statement.id, party: statement.party })),
    };
    const transactions = settled.transaction.postings.length === 0 ? [] : [settled.transaction];
    // Whoever was only waiting for its money is out with this close.
    const after = new OverlayReader(context.read);
    after.add({ transactions });
    const exits = await finishExits({ ...context, read: after });
    const changes = joinChanges(
      {
        writes: [periodWrite(settlement), settlementWrite(settlement), ...issued.writes],
        transactions,
        events: [settlementEvent(settlement, context), ...issued.events],
      },
      exits,
    );
    const expectsBooks = { period, lastSequence: postings.at(-1)?.sequence ?? 0 };
    return answer(viewSettlement(settlement, context), { status: 201, ...changes, expectsBooks });
  },
});

async function postingsOf(period: string, context: DecisionContext): Promise<StoredPosting[]> {
  const found: StoredPosting[] = [];
  for (let after = 0; ; ) {
    const page = await context.read.postings({ period, after, limit: postingsPage });
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < postingsPage) return found;
    after = last.sequence;
  }
}

/** Closing writes the period's record, which every booking into it expects not to be there. */
const periodWrite = ({ id, period, closedAt }: SettlementRecord): RecordWrite => ({
  collection: collections.periods,
  id: period,
  value: { period, status: "closed", closedAt, settlementId: id } satisfies PeriodRecord,
  expectedVersion: 0,
});

const settlementWrite = (settlement: SettlementRecord): RecordWrite => ({
  collection: collections.settlements,
  id: settlement.id,
  value: settlement,
  expectedVersion: 0,
  keys: [...new Set(settlement.positions.map((position) => position.party))].map(partyKey),
});

async function issueStatements(
  settlementId: string,
  period: string,
  postings: readonly StoredPosting[],
  context: DecisionContext,
) {
  const legs = await legsByParty(period, context);
  const taxes = taxItems(postings);
  const statements: StatementRecord[] = [];
  const counters = new Map<string, { record: StoredRecord<StatementCounter> | undefined; issued: number }>();
  for (const position of positionsOf(postings)) {
    const { party, currency } = position;
    const known = counters.get(party);
    const record =
      known?.record ?? (await context.read.get<StatementCounter>(collections.statementNumbers, party));
    const issued = known?.issued ?? record?.value.issued ?? 0;
    const own = [...(taxes.get(`${party}\n${currency}`) ?? [])];
    statements.push(
      makeStatement({
        id: context.newId("stm"),
        issued,
        position,
        period,
        settlementId,
        issuedAt: context.now,
        legs: legs.get(party) ?? [],
        taxes: own
          .filter(([, amountMinor]) => amountMinor !== 0n)
          .map(([counterparty, amountMinor]) => ({ counterparty, amountMinor })),
      }),
    );
    counters.set(party, { record, issued: issued + 1 });
  }
  const numbers = [...counters].map(([party, { record, issued }]) => ({
    collection: collections.statementNumbers,
    id: party,
    value: { issued },
    expectedVersion: record?.version ?? 0,
  }));
  return {
    statements,
    writes: [...statements.map(statementWrite), ...numbers],
    events: statements.map(statementEvent),
  };
}

/** The legs of everything booked into a period, in booking order, by who pays or is paid. */
async function legsByParty(period: string, context: DecisionContext): Promise<Map<string, Leg[]>> {
  const byParty = new Map<string, Leg[]>();
  const add = (party: string, leg: Leg) => {
    const own = byParty.get(party);
    if (own === undefined) byParty.set(party, [leg]);
    else own.push(leg);
  };
  const bookings = everyRecord<BookingRecord>(context.read, collections.bookings, `period:${period}`);
  for await (const booking of bookings) {
    for (const leg of booking.value.legs.map(legFromJson)) {
      add(leg.payer, leg);
      if (leg.payee !== leg.payer) add(leg.payee, leg);
    }
  }
  return byParty;
}

const statementWrite = (statement: StatementRecord): RecordWrite => ({
  collection: collections.statements,
  id: statement.id,
  value: statement,
  expectedVersion: 0,
  keys: [partyKey(statement.party)],
});

function settlementEvent(settlement: SettlementRecord, { catalog }: DecisionContext): DomainEvent {
  const { id, period, status, closedAt, positions } = settlement;
  return {
    name: "settlement.closed",
    subject: id,
    audience: [...new Set([...positions.map((position) => position.party), catalog.ecosystem.orchestrator])],
    data: { settlementId: id, period, status, closedAt },
  };
}

const statementEvent = ({ id, number, party, period, settlementId }: StatementRecord): DomainEvent => ({
  name: "statement.issued",
  subject: id,
  audience: [party],
  data: { statementId: id, number, party, period, settlementId },
});

const list = define({
  name: "settlements.list",
  summary: "The periods that were closed; a party sees its own position in each.",
  input: { ...pageFields, period: optional("text", "Only this period.") },
  decide(input, context) {
    const period = optionalText(input, "period");
    return listPage<SettlementRecord>({
      read: context.read,
      input,
      collection: collections.settlements,
      key: ownKey(context),
      keep: (settlement) => period === undefined || settlement.period === period,
      view: (settlement) => viewSettlement(settlement, context),
    });
  },
});

const get = define({
  name: "settlements.get",
  summary: "The positions of a closed period.",
  input: { settlementId: required("text", "The settlement.") },
  async decide(input, context) {
    const id = text(input, "settlementId");
    const stored = await context.read.get<SettlementRecord>(collections.settlements, id);
    const parties = stored?.value.positions.map((position) => position.party) ?? [];
    return stored === undefined || !maySee(context, parties)
      ? notFound("settlement", id)
      : answer(viewSettlement(stored.value, context));
  },
});

const listStatements = define({
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

const getStatement = define({
  name: "statements.get",
  summary: "A party's lines of one period with their totals.",
  input: { statementId: required("text", "The statement.") },
  async decide(input, context) {
    const id = text(input, "statementId");
    const stored = await context.read.get<StatementRecord>(collections.statements, id);
    return stored === undefined || !maySee(context, [stored.value.party])
      ? notFound("statement", id)
      : answer(stored.value);
  },
});

export const settlementCapabilities: readonly Capability[] = [close, list, get, listStatements, getStatement];
