import type { Call } from "../store/calls.ts";
import type {
  ApplyOutcome,
  Changeset,
  DispatchClaim,
  DispatchQuery,
  DispatchSettlement,
  Held,
  IdempotentAnswer,
  JsonObject,
  Reader,
  Store,
  StoredDispatch,
  TenantState,
} from "../store/store.ts";
import type { Change } from "./format.ts";

/**
 * Hears of a call that changed the store. `change` says it in plain JSON, the same whatever the store is; it is made for
 * who asks, and must be asked for at once.
 */
export type Note = (call: Call, change: () => Change) => void;

/** A store that tells what is done to it, while somebody listens. */
export class JournalStore implements Store {
  readonly description: string;
  readonly #store: Store;
  readonly #note: Note;
  readonly #isHeard: () => boolean;

  constructor(store: Store, note: Note, isHeard = () => true) {
    this.description = store.description;
    this.#store = store;
    this.#note = note;
    this.#isHeard = isHeard;
  }

  reader(tenant: string): Reader {
    return this.#store.reader(tenant);
  }

  apply(changeset: Changeset): Promise<ApplyOutcome> {
    return this.#isHeard() ? this.#applyAndTell(changeset) : this.#store.apply(changeset);
  }

  async #applyAndTell(changeset: Changeset): Promise<ApplyOutcome> {
    const outcome = await this.#store.apply(changeset);
    if (outcome.kind === "applied") this.#applied(changeset);
    return outcome;
  }

  async alone<T>(tenant: string, work: (held: Held) => Promise<T>): Promise<T> {
    const applied: Changeset[] = [];
    const result = await this.#store.alone(tenant, (held) => {
      // From its beginning, perhaps not for the first time.
      applied.length = 0;
      return work({
        reader: held.reader,
        async apply(changeset) {
          const outcome = await held.apply(changeset);
          if (outcome.kind === "applied") applied.push(changeset);
          return outcome;
        },
      });
    });
    for (const changeset of applied) this.#applied(changeset);
    return result;
  }

  leads(tenant: string, duty: string): Promise<boolean> {
    return this.#store.leads(tenant, duty);
  }

  changesElsewhere(): number {
    return this.#store.changesElsewhere();
  }

  settled(): Promise<void> {
    return this.#store.settled();
  }

  idempotentAnswer(tenant: string, key: string): Promise<IdempotentAnswer | undefined> {
    return this.#store.idempotentAnswer(tenant, key);
  }

  fannedOut(tenant: string): Promise<number> {
    return this.#store.fannedOut(tenant);
  }

  async claimDispatches(tenant: string, claim: DispatchClaim): Promise<readonly StoredDispatch[]> {
    const claimed = await this.#store.claimDispatches(tenant, claim);
    if (claimed.length > 0)
      this.#note({ tenant, method: "claimDispatches", given: [tenant, claim] }, () => ({
        does: "claim",
        dispatches: claimed.map(({ id }) => id),
      }));
    return claimed;
  }

  async settleDispatch(tenant: string, id: string, settlement: DispatchSettlement): Promise<void> {
    await this.#store.settleDispatch(tenant, id, settlement);
    this.#note({ tenant, method: "settleDispatch", given: [tenant, id, settlement] }, () => ({
      does: "settle",
      dispatch: id,
      ...plain(settlement),
    }));
  }

  dispatches(tenant: string, query: DispatchQuery): Promise<readonly StoredDispatch[]> {
    return this.#store.dispatches(tenant, query);
  }

  async forgetExpired(tenant: string, now: string): Promise<void> {
    await this.#store.forgetExpired(tenant, now);
    this.#note({ tenant, method: "forgetExpired", given: [tenant, now] }, () => ({ does: "forget", now }));
  }

  export(tenant: string): Promise<TenantState> {
    return this.#store.export(tenant);
  }

  async reset(tenant: string, first?: Changeset): Promise<void> {
    await this.#store.reset(tenant, first);
    this.#note({ tenant, method: "reset", given: [tenant, first] }, () => ({
      does: "reset",
      ...(first === undefined ? {} : { first: changesetJson(first) }),
    }));
  }

  load(tenant: string, state: TenantState): Promise<void> {
    return this.#store.load(tenant, state);
  }

  close(): Promise<void> {
    return this.#store.close();
  }

  #applied(changeset: Changeset): void {
    this.#note({ tenant: changeset.tenant, method: "apply", given: [changeset] }, () => ({
      does: "apply",
      ...changesetJson(changeset),
    }));
  }
}

/** As it would be read back from a file: amounts as text, nothing undefined. */
function plain(value: object): JsonObject {
  const text = JSON.stringify(value, (_name, member: unknown) =>
    typeof member === "bigint" ? String(member) : member,
  );
  return JSON.parse(text) as JsonObject;
}

/** Without its tenant, which is the session's, and without what is empty. The answer kept for a key is the exchange's own. */
function changesetJson({ tenant: _, idempotency, ...changeset }: Changeset): JsonObject {
  const parts = Object.entries(changeset).filter(([, part]) => !Array.isArray(part) || part.length > 0);
  const { key, fingerprint, expiresAt } = idempotency ?? {};
  return plain({
    ...Object.fromEntries(parts),
    ...(idempotency === undefined ? {} : { idempotency: { key, fingerprint, expiresAt } }),
  });
}
