import type { JsonObject, RecordWrite } from "../../store/store.ts";
import { isOrchestrator, maySee, ownKey, viewpoint } from "../access.ts";
import type { Capability, DecisionContext, DomainEvent } from "../capability.ts";
import { joinChanges } from "../changes.ts";
import { answer, define, notFound, optional, pageFields, refuse, required, text } from "../define.ts";
import { ratingOf } from "../deliveries/rating-of.ts";
import { toMinor } from "../money.ts";
import { listPage } from "../page.ts";
import { exitsAfter } from "../parties/finishing.ts";
import { collections, type PeriodRecord, partyKey } from "../records.ts";
import { monthOf } from "../time.ts";
import type { SettlementRecord } from "./records.ts";
import { settleMonth } from "./settle-month.ts";

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

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

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
    if (!MONTH.test(period)) {
      return refuse("ECO_REQUEST_INVALID", `${JSON.stringify(period)} is no month.`, [
        { pointer: "#/period", detail: "must be a calendar month such as `2025-03`" },
      ]);
    }
    const closed = await context.read.get<PeriodRecord>(collections.periods, period);
    if (closed !== undefined) {
      return refuse("ECO_PERIOD_CLOSED", `${period} was closed at ${closed.value.closedAt}.`);
    }
    if (period > monthOf(now, catalog.ecosystem.timeZone)) {
      return refuse("ECO_REQUEST_INVALID", `${period} hasn't begun.`, [
        { pointer: "#/period", detail: "must be a month that has begun" },
      ]);
    }
    const rating = ratingOf(catalog);
    if ("code" in rating) return rating;
    const id = context.newId("set");
    const month = await settleMonth(id, period, rating.periodTerms, context);
    if ("code" in month) return month;
    const { issued, positions, lastSequence } = month;
    const settlement: SettlementRecord = {
      id,
      period,
      status: "closed",
      closedAt: now,
      positions: positions.map(({ party, currency, amountMinor }) => ({
        party,
        amountMinor: toMinor(amountMinor),
        currency,
      })),
      issued: issued.statements.map((statement) => ({ id: statement.id, party: statement.party })),
    };
    const { transactions } = month;
    // Whoever was only waiting for its money is out with this close.
    const exits = await exitsAfter(
      { transactions, writes: [periodWrite(settlement), ...month.writes] },
      context,
    );
    const changes = joinChanges(
      {
        writes: [periodWrite(settlement), settlementWrite(settlement), ...month.writes, ...issued.writes],
        transactions,
        events: [settlementEvent(settlement, context), ...issued.events],
      },
      exits,
    );
    const expectsBooks = { period, lastSequence };
    return answer(viewSettlement(settlement, context), { status: 201, ...changes, expectsBooks });
  },
});

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

function settlementEvent(settlement: SettlementRecord, { catalog }: DecisionContext): DomainEvent {
  const { id, period, status, closedAt, positions } = settlement;
  return {
    name: "settlement.closed",
    subject: id,
    audience: [...new Set([...positions.map((position) => position.party), catalog.ecosystem.orchestrator])],
    data: { settlementId: id, period, status, closedAt },
  };
}

const list = define({
  name: "settlements.list",
  summary: "The periods that were closed; a party sees its own position in each.",
  input: { ...pageFields, period: optional("text", "Only this period.") },
  decide: (input, context) =>
    listPage<SettlementRecord>({
      context,
      input,
      collection: collections.settlements,
      key: ownKey(context),
      filters: ["period"],
      view: (settlement) => viewSettlement(settlement, context),
    }),
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

export const settlementCapabilities: readonly Capability[] = [close, list, get];
