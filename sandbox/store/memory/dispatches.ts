import type {
  DispatchClaim,
  DispatchQuery,
  DispatchSettlement,
  PlannedDispatch,
  StoredDispatch,
} from "../store.ts";
import { SequenceIndex, SequenceList } from "./sequence-list.ts";

/** Who claimed this dispatch holds it until then, by the wall clock. */
export interface Lease {
  readonly dispatchId: string;
  readonly untilMs: number;
}

interface Row {
  readonly sequence: number;
  dispatch: StoredDispatch;
  leasedUntilMs: number;
}

const laneOf = ({ endpointId, orderKey }: PlannedDispatch): string => `${endpointId}\n${orderKey}`;

/** Dispatches by lane (endpoint and order key): the first pending one of a lane holds up those behind it. */
export class DispatchTable {
  readonly #all = new SequenceList<Row>();
  readonly #byId = new Map<string, Row>();
  readonly #byEvent = new SequenceIndex<Row>();
  readonly #byEndpoint = new SequenceIndex<Row>();
  readonly #pending = new SequenceIndex<Row>();
  fannedOut = 0;

  /** A dispatch whose id is known is planned already. */
  plan(planned: PlannedDispatch): void {
    if (this.#byId.has(planned.id)) return;
    const sequence = this.#all.size + 1;
    this.restore({ ...planned, sequence, state: "pending", attempts: [], notBeforeMs: 0 });
  }

  /** A dispatch as it stood, leased by nobody. */
  restore(dispatch: StoredDispatch): void {
    const row: Row = { sequence: dispatch.sequence, dispatch, leasedUntilMs: 0 };
    this.#all.insert(row);
    this.#byId.set(dispatch.id, row);
    this.#byEvent.insert(dispatch.eventId, row);
    this.#byEndpoint.insert(dispatch.endpointId, row);
    if (dispatch.state === "pending") this.#pending.insert(laneOf(dispatch), row);
  }

  claim({ nowMs, wallMs, leaseMs, limit }: DispatchClaim): StoredDispatch[] {
    const due: Row[] = [];
    for (const lane of this.#pending.keys()) {
      const [first] = this.#pending.get(lane).page({ limit: 1 });
      if (first === undefined || first.leasedUntilMs > wallMs || first.dispatch.notBeforeMs > nowMs) continue;
      due.push(first);
    }
    due.sort((a, b) => a.sequence - b.sequence);
    const claimed = due.slice(0, limit);
    for (const row of claimed) row.leasedUntilMs = wallMs + leaseMs;
    return claimed.map(({ dispatch }) => dispatch);
  }

  settle(id: string, { attempt, state, notBeforeMs }: DispatchSettlement): void {
    const row = this.#byId.get(id);
    if (row === undefined) return;
    const { attempts } = row.dispatch;
    row.dispatch = {
      ...row.dispatch,
      state,
      notBeforeMs,
      attempts: attempt === undefined ? attempts : [...attempts, attempt],
    };
    row.leasedUntilMs = 0;
    if (state !== "pending") this.#pending.remove(laneOf(row.dispatch), row);
  }

  leases(): Lease[] {
    return [...this.#pending.keys()]
      .flatMap((lane) => this.#pending.get(lane).page({ limit: 1 }))
      .filter(({ leasedUntilMs }) => leasedUntilMs > 0)
      .map(({ dispatch, leasedUntilMs }) => ({ dispatchId: dispatch.id, untilMs: leasedUntilMs }));
  }

  lease({ dispatchId, untilMs }: Lease): void {
    const row = this.#byId.get(dispatchId);
    if (row !== undefined) row.leasedUntilMs = untilMs;
  }

  list(query: DispatchQuery): StoredDispatch[] {
    const { eventId, endpointId, state } = query;
    let list = this.#all;
    if (endpointId !== undefined) list = this.#byEndpoint.get(endpointId);
    if (eventId !== undefined) list = this.#byEvent.get(eventId);
    return list
      .page(
        query,
        ({ dispatch }) =>
          (state === undefined || dispatch.state === state) &&
          (endpointId === undefined || dispatch.endpointId === endpointId),
      )
      .map(({ dispatch }) => dispatch);
  }
}
