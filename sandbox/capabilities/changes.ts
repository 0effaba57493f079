import type { LedgerTransaction } from "../ledger/types.ts";
import type { Expectation, RecordWrite } from "../store/store.ts";
import type { DomainEvent } from "./capability.ts";

/** What a part of a decision wants changed; parts are joined into the answer's. */
export interface Changes {
  readonly writes: readonly RecordWrite[];
  readonly expects: readonly Expectation[];
  readonly transactions: readonly LedgerTransaction[];
  readonly events: readonly DomainEvent[];
}

export const noChanges: Changes = { writes: [], expects: [], transactions: [], events: [] };

/** All changes in order. Where two parts write one record the later one wins, with the version that the first one read. */
export function joinChanges(...parts: readonly Partial<Changes>[]): Changes {
  const some = parts.filter((part) => part !== noChanges);
  const [only] = some;
  if (only !== undefined && some.length === 1 && isOneWrite(only)) {
    const { writes = [], expects = [], transactions = [], events = [] } = only;
    return { writes, expects, transactions, events };
  }
  const writes = new Map<string, RecordWrite>();
  for (const write of parts.flatMap((part) => part.writes ?? [])) {
    const key = `${write.collection}\n${write.id}`;
    const former = writes.get(key);
    writes.set(key, former === undefined ? write : { ...write, expectedVersion: former.expectedVersion });
  }
  // What was made and taken away again within one decision never was.
  const kept = [...writes.values()].filter((write) => write.value !== null || write.expectedVersion > 0);
  return {
    writes: kept,
    expects: parts.flatMap((part) => part.expects ?? []),
    transactions: parts.flatMap((part) => part.transactions ?? []),
    events: parts.flatMap((part) => part.events ?? []),
  };
}

/** The usual case, in which no two writes can be of one record. */
const isOneWrite = ({ writes }: Partial<Changes>): boolean =>
  writes?.length === 1 && writes[0]?.value !== null;
