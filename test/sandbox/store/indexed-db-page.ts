/** Runs in the browser: a page whose sandbox is kept in IndexedDB. */
import { openDB } from "idb";
import { createPageSandbox, IndexedDbStore, type Sandbox } from "../../../sandbox/browser.ts";
import type { TenantState } from "../../../sandbox/store/store.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { type Exchange, type Played, play } from "../hosts/exchanges.ts";

declare global {
  interface Window {
    openKept(wallMs: number, callsKept?: number): Promise<void>;
    playKept(exchanges: readonly Exchange[]): Promise<Played[]>;
    exportKept(): Promise<TenantState>;
    writeOn(prefix: string): void;
    /** The test's own. */
    acknowledged(id: string): Promise<void>;
    storedCalls(): Promise<number>;
    /** Writes a record of so many characters: `applied`, or the code and message of the error. */
    fillKept(id: string, characters: number): Promise<string>;
  }
}

/** Writes records until the page goes away, several at once, and tells the test of each that was acknowledged. */
window.writeOn = (prefix) => {
  const write = async (lane: number): Promise<void> => {
    for (let n = 0; ; n++) {
      const id = `${prefix}-${lane}-${n}`;
      const writes = [{ collection: "written", id, value: { id }, expectedVersion: 0 }];
      await store.apply({ tenant: "main", writes, transactions: [], events: [] });
      await window.acknowledged(id);
    }
  };
  for (let lane = 0; lane < 3; lane++) void write(lane);
};

let store: IndexedDbStore;
let sandbox: Sandbox;

window.openKept = async (wallMs, callsKept) => {
  const catalog = (await (await fetch("/catalog.json")).json()) as Catalog;
  store = await IndexedDbStore.open("eco-sandbox", callsKept === undefined ? {} : { callsKept });
  sandbox = await createPageSandbox({
    catalog,
    validators: validatorsOf(catalog),
    store,
    wallClock: () => wallMs,
  });
};

window.playKept = (exchanges) =>
  play((url, init) => sandbox.fetch(new Request(url, init)), location.origin, exchanges);

window.storedCalls = async () => {
  const database = await openDB("eco-sandbox");
  const count = await database.count("calls");
  database.close();
  return count;
};

window.exportKept = () => store.export("main");

window.fillKept = async (id, characters) => {
  // Nothing that compresses: the browser's database would make little of it.
  const letters = Array.from({ length: characters }, () => String.fromCharCode(33 + Math.random() * 90));
  const writes = ["a", "b"].map((part) => ({
    collection: "blobs",
    id: `${id}-${part}`,
    value: { text: letters.join("") },
    expectedVersion: 0,
  }));
  try {
    return (await store.apply({ tenant: "main", writes, transactions: [], events: [] })).kind;
  } catch (error) {
    return error instanceof Error && "code" in error ? `${error.code}: ${error.message}` : String(error);
  }
};
