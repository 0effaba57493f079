/** Who is alone with a tenant, within one process. */
export class Holds {
  readonly #held = new Map<string, Promise<void>>();

  /** Resolves when whoever is alone with the tenant is done; undefined where nobody is. Another one may follow at once. */
  of(tenant: string): Promise<void> | undefined {
    // Asked before every change, and empty nearly always.
    return this.#held.size === 0 ? undefined : this.#held.get(tenant);
  }

  /** Runs `work` while nobody else is alone with the tenant. */
  async alone<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    // Looked at again after each wait, in the same breath as the place is taken: only one of those that waited gets it.
    for (let holder = this.of(tenant); holder !== undefined; holder = this.of(tenant)) await holder;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.set(tenant, promise);
    try {
      return await work();
    } finally {
      this.#held.delete(tenant);
      resolve();
    }
  }
}
