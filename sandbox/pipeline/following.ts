import { signingKeyAt as KEY } from "../capabilities/records.ts";
import type { JsonObject, Reader, Store } from "../store/store.ts";
import type { SigningKey } from "./tokens.ts";

export interface FollowingParts {
  readonly store: Store;
  readonly read: Reader;
  /** The key of the tenant as it was opened. */
  readonly key: SigningKey;
  /** The tenant has begun anew: whatever is kept of it in memory is of one that is gone. */
  renewed(key: SigningKey): Promise<void>;
  /** Looks for what changes while a tenant lives. */
  refresh(): Promise<void>;
}

/**
 * What a process keeps in memory of its tenant (verified tokens, fault rules, timers) follows what other processes do to
 * it: by the next request, and in the background. Each beginning of a tenant has a signing key of its own, by which a
 * reset, or a state that was loaded, is known.
 */
export class Following {
  readonly #parts: FollowingParts;
  #kid: string;
  #seen: number;

  constructor(parts: FollowingParts) {
    this.#parts = parts;
    this.#kid = parts.key.kid;
    this.#seen = parts.store.changesElsewhere();
  }

  /** Whether there may be something to follow. Costs next to nothing where no other process shares the store. */
  get isBehind(): boolean {
    return this.#parts.store.changesElsewhere() !== this.#seen;
  }

  async look(): Promise<void> {
    const { store, read, refresh } = this.#parts;
    const seen = store.changesElsewhere();
    const [key] = await Promise.all([read.get<JsonObject & SigningKey>(KEY.collection, KEY.id), refresh()]);
    // Nothing at all where the tenant is gone: whoever opened it finds out.
    if (key !== undefined && key.value.kid !== this.#kid) await this.begin(key.value);
    // Last, so that whoever asks meanwhile looks too.
    this.#seen = seen;
  }

  /** The tenant has begun anew, in this process or in another one. */
  async begin(key: SigningKey): Promise<void> {
    await this.#parts.renewed(key);
    this.#kid = key.kid;
  }
}
