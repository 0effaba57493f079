import { type Answer, type Call, type Change, perform } from "../store/calls.ts";
import { MemoryStore } from "../store/memory/memory.ts";
import type { TenantState } from "../store/store.ts";
import { diffStates } from "./diff-states.ts";

/**
 * What a replay of a recording will come to: every recorded change is made here as well. Where the sandbox holds
 * something else in the end, somebody who isn't in the recording has changed it, as another process on its database.
 */
export class Shadow {
  readonly #tenant: string;
  readonly #store = new MemoryStore();
  #last: Promise<unknown>;
  #stranger: string | undefined;

  constructor(tenant: string, start: TenantState) {
    this.#tenant = tenant;
    this.#last = this.#store.load(tenant, start);
  }

  /** A change that was made for good. */
  follow(call: Call): void {
    // Leases are in no state; who holds which dispatch changes nothing else.
    if (call.method !== "claimDispatches") this.#last = this.#last.then(() => this.#perform(call));
  }

  /** The first thing found that somebody else changed: `sandbox/clock`, `events`; undefined where nobody did. */
  async strangerIn(end: TenantState): Promise<string | undefined> {
    await this.#last;
    return this.#stranger ?? difference(await this.#store.export(this.#tenant), end);
  }

  async #perform(call: Call): Promise<void> {
    try {
      this.#stranger ??= placeOf(await perform<Change>(this.#store, call));
    } catch {
      // It was made on what somebody else had left.
      this.#stranger ??= "transactions";
    }
  }
}

/** What kept a change from being made here that could be made in the sandbox. */
function placeOf(answer: Answer<Change>): string | undefined {
  if (answer === undefined || !("kind" in answer) || answer.kind === "applied") return undefined;
  return answer.kind === "conflict" ? `${answer.collection}/${answer.id}` : `answers/${answer.answer.key}`;
}

function difference(want: TenantState, got: TenantState): string | undefined {
  const { same, records, ...grown } = diffStates(want, got);
  if (same) return undefined;
  const [record] = records;
  if (record !== undefined) return `${record.collection}/${record.id}`;
  const lists = ["transactions", "events", "dispatches"] as const;
  return lists.find((list) => grown[list].added + grown[list].removed > 0) ?? "answers";
}
