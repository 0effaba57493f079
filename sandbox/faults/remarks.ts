import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { globOf } from "../../specs/engine/glob.ts";
import { meant } from "../../specs/engine/suggest.ts";
import { findParty } from "../capabilities/parties/records.ts";
import { ENDPOINTS } from "../events/endpoint.ts";
import type { Reader } from "../store/store.ts";
import type { FaultStatus } from "./fault-rules.ts";
import type { FaultRule } from "./rule.ts";

/** What rules can be told by. */
export interface RemarkParts {
  readonly catalog: Catalog;
  readonly read: Reader;
  /** Virtual time. */
  readonly now: string;
}

/** Each with what keeps it from doing anything as things stand: they may still come to stand otherwise. */
export function withRemarks(rules: readonly FaultStatus[], parts: RemarkParts): Promise<FaultStatus[]> {
  return Promise.all(
    rules.map(async (status, index) => {
      const remarks = await remarksOn(status.rule, rules.slice(0, index), parts);
      return remarks.length === 0 ? status : { ...status, remarks };
    }),
  );
}

async function remarksOn(
  rule: FaultRule,
  before: readonly FaultStatus[],
  { catalog, read, now }: RemarkParts,
): Promise<string[]> {
  const { party, endpoint, until } = rule;
  const remarks: string[] = [];
  const published = catalog.ecosystem.parties.map(({ id }) => id);
  // A spec set that tells of no companies takes whoever a token names.
  const isKnown = published.length === 0 || (party !== undefined && published.includes(party));
  if (party !== undefined && !isKnown && (await findParty(read, party)) === undefined)
    remarks.push(`there is no party ${party}${meant(party, published)}`);
  if (endpoint !== undefined && (await read.get(ENDPOINTS, endpoint)) === undefined)
    remarks.push(`there is no webhook endpoint ${endpoint}`);
  if (until !== undefined && Date.parse(until) <= Date.parse(now))
    remarks.push(`its time is over: the virtual clock stands at ${now}`);
  const first = before.find((other) => alwaysDecides(other.rule) && isForAllOf(other.rule, rule));
  if (first !== undefined) remarks.push(`${first.id} is asked first, and decides each time`);
  return remarks;
}

const alwaysDecides = ({ count, skip, every = 1, probability = 1, from, until }: FaultRule): boolean =>
  count === undefined &&
  (skip ?? 0) === 0 &&
  every === 1 &&
  probability === 1 &&
  from === undefined &&
  until === undefined;

const isForEvents = ({ event, endpoint }: FaultRule): boolean =>
  event !== undefined || endpoint !== undefined;

/** Whether the one means all that the other means. */
function isForAllOf(wide: FaultRule, narrow: FaultRule): boolean {
  if (isForEvents(wide) !== isForEvents(narrow)) return false;
  const exact = (["operation", "method", "party", "endpoint"] as const).every(
    (field) => wide[field] === undefined || wide[field] === narrow[field],
  );
  return exact && covers(wide.path, narrow.path) && covers(wide.event, narrow.event);
}

/** A pattern is a text that the other may mean as a whole: its `*` as well. */
const covers = (wide: string | undefined, narrow: string | undefined): boolean =>
  wide === undefined || wide === narrow || globOf(wide).test(narrow ?? "");
