import type { Validators } from "../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../specs/engine/catalog/types.ts";
import { capabilities, seedRecords, standingRecords } from "./capabilities/index.ts";
import { openSandbox } from "./pipeline/open-sandbox.ts";
import type { SandboxSettings } from "./pipeline/options.ts";
import type { Sandbox } from "./pipeline/sandbox.ts";
import { MemoryStore } from "./store/memory/memory.ts";
import type { Store } from "./store/store.ts";

export interface PageSandboxOptions extends SandboxSettings {
  readonly catalog: Catalog;
  /** Compiled ahead where the page's policy forbids `eval`. */
  readonly validators: Validators;
  /**
   * Default: a new memory store, gone with the page. With `await IndexedDbStore.open()` the sandbox survives a reload,
   * and the pages of a site share it: it goes on with what the former page left, and is seeded where there is nothing.
   * Not together with seeded `randomness`: pages that share a seed would give the same ids.
   */
  readonly store?: Store;
}

/** Opens a sandbox in the page. Webhooks are sent by whatever `sender` does; nowhere without one. */
export function createPageSandbox({
  catalog,
  validators,
  store,
  ...settings
}: PageSandboxOptions): Promise<Sandbox> {
  return openSandbox(
    { catalog, validators, store: store ?? new MemoryStore(), capabilities, seedRecords, standingRecords },
    settings,
  );
}
