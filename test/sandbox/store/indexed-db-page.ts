/** Runs in the browser: a page whose sandbox is kept in IndexedDB. */
import { createPageSandbox, IndexedDbStore, type Sandbox } from "../../../sandbox/browser.ts";
import type { TenantState } from "../../../sandbox/store/store.ts";
import { createValidators } from "../../../specs/engine/catalog/schema-validator.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { type Exchange, type Played, play } from "../hosts/exchanges.ts";

declare global {
  interface Window {
    openKept(wallMs: number): Promise<void>;
    playKept(exchanges: readonly Exchange[]): Promise<Played[]>;
    exportKept(): Promise<TenantState>;
    /** Writes a record of so many characters: `applied`, or the code and message of the error. */
    fillKept(id: string, characters: number): Promise<string>;
  }
}

let store: IndexedDbStore;
let sandbox: Sandbox;

window.openKept = async (wallMs) => {
  const catalog = (await (await fetch("/catalog.json")).json()) as Catalog;
  store = await IndexedDbStore.open();
  sandbox = await createPageSandbox({
    catalog,
    validators: createValidators(catalog),
    store,
    wallClock: () => wallMs,
  });
};

window.playKept = (exchanges) =>
  play((url, init) => sandbox.fetch(new Request(url, init)), location.origin, exchanges);

window.exportKept = () => store.export("main");

window.fillKept = async (id, characters) => {
  // Nothing that compresses: the browser's database would make little of it.
  const letters = Array.from({ length: characters }, () => String.fromCharCode(33 + Math.random() * 90));
  const writes = ["a", "b"].map((part) => ({
    ...{ collection: "blobs", id: `${id}-${part}`, value: { text: letters.join("") }, expectedVersion: 0 },
  }));
  try {
    return (await store.apply({ tenant: "main", writes, transactions: [], events: [] })).kind;
  } catch (error) {
    return error instanceof Error && "code" in error ? `${error.code}: ${error.message}` : String(error);
  }
};
