import type { JsonObject } from "../../store/store.ts";
import { viewpoint } from "../access.ts";
import type { Capability } from "../capability.ts";
import { answer, define, notFound, optional, optionalText, refuse } from "../define.ts";
import { readLimit } from "../page.ts";
import { seesParty } from "../parties/records.ts";
import { everythingWaiting, type TriageReading, type Waiting } from "./waiting.ts";
import { weekAt, weekOf } from "./week.ts";

const get = define({
  name: "triage.get",
  summary:
    "What is open and needs somebody by the end of a week: whose turn it is and by when, of what the caller takes part in, or of everything for those who oversee the ecosystem.",
  input: {
    week: optional("text", "The week by whose end it is due, `2025-W11`; the present one where left out."),
    partyId: optional(
      "text",
      "Only what this party takes part in; the caller itself where it may see no other.",
    ),
    limit: optional("number", "How many items at most, the most urgent ones: 1 to 500; 50 where left out."),
  },
  async decide(input, context) {
    const { now, catalog } = context;
    const { timeZone } = catalog.ecosystem;
    const party = optionalText(input, "partyId") ?? viewpoint(context);
    if (party !== undefined && !(await seesParty(party, context))) return notFound("triage of party", party);
    const named = optionalText(input, "week");
    const week = named === undefined ? weekAt(now, timeZone) : weekOf(named, timeZone);
    if (week === undefined)
      return refuse("ECO_REQUEST_INVALID", `${JSON.stringify(named)} is no week.`, [
        { pointer: "#/week", detail: "must be a week of ISO 8601 such as 2025-W11" },
      ]);
    return answer({
      ...week,
      timeZone,
      computedAt: now,
      ...(party === undefined ? {} : { party }),
      ...(await mostUrgent({ context, party }, week.until, readLimit(input))),
    });
  },
});

/** What is due before an instant, overdue or without a date: all of it counted, the most urgent shown. */
export async function mostUrgent(reading: TriageReading, until: string, limit: number): Promise<JsonObject> {
  const { now } = reading.context;
  const urgent = new MostUrgent(limit);
  const kinds = new Map<string, { open: number; overdue: number }>();
  for await (const waiting of everythingWaiting(reading)) {
    const { kind, dueAt } = waiting;
    if (dueAt !== undefined && dueAt >= until) continue;
    const count = kinds.get(kind) ?? { open: 0, overdue: 0 };
    count.open += 1;
    if (isOverdue(waiting, now)) count.overdue += 1;
    kinds.set(kind, count);
    urgent.add(waiting);
  }
  const counts = [...kinds.values()];
  const items = urgent.items();
  const open = counts.reduce((sum, count) => sum + count.open, 0);
  return {
    open,
    overdue: counts.reduce((sum, count) => sum + count.overdue, 0),
    kinds: [...kinds].map(([kind, count]) => ({ kind, ...count })),
    items: items.map((waiting) => viewWaiting(waiting, now)),
    more: open > items.length,
  };
}

const isOverdue = ({ dueAt }: Waiting, now: string): boolean => dueAt !== undefined && dueAt < now;

function viewWaiting(waiting: Waiting, now: string): JsonObject {
  const { kind, id, turn, task, since, dueAt } = waiting;
  return {
    kind,
    id,
    turn,
    task,
    since,
    ...(dueAt === undefined ? {} : { dueAt }),
    overdue: isOverdue(waiting, now),
  };
}

/** The most urgent of any number: what is due first, then what has waited longest. Holds twice as many at most. */
class MostUrgent {
  readonly #limit: number;
  #held: Waiting[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(waiting: Waiting): void {
    this.#held.push(waiting);
    if (this.#held.length >= 2 * this.#limit) this.#held = this.items();
  }

  items(): Waiting[] {
    return this.#held.toSorted(byUrgency).slice(0, this.#limit);
  }
}

const NO_DATE = "9999";

function byUrgency(one: Waiting, other: Waiting): number {
  for (const key of ["dueAt", "since", "kind", "id"] as const) {
    const [mine, theirs] = [one[key] ?? NO_DATE, other[key] ?? NO_DATE];
    if (mine !== theirs) return mine < theirs ? -1 : 1;
  }
  return 0;
}

export const triageCapabilities: readonly Capability[] = [get];
