/** So many that nobody who is still under way falls behind two of them. */
const GENERATION = 1024;

/**
 * Tells whether an id is new without looking among all. Ids that the sandbox makes begin with the time of their request: one
 * that is greater than all but the latest can only be one of those. To look among all of them, each new one would have
 * to walk through memory that nobody has touched for long.
 */
export class LatestIds {
  #young = new Set<string>();
  #old = new Set<string>();
  /** The greatest of those that came before these. */
  #greatestBefore = "";

  add(id: string): void {
    if (this.#young.size === GENERATION) {
      for (const old of this.#old) if (old > this.#greatestBefore) this.#greatestBefore = old;
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(id);
  }

  /** Undefined where only a look among all of them tells. */
  has(id: string): boolean | undefined {
    if (this.#young.has(id) || this.#old.has(id)) return true;
    return id > this.#greatestBefore ? false : undefined;
  }
}
