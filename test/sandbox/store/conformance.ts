import { onTestFinished } from "vitest";
import type { Store } from "../../../sandbox/store/store.ts";
import { describeAlone } from "./conformance/alone.ts";
import { describeBooks } from "./conformance/books.ts";
import { describeEvents } from "./conformance/events.ts";
import { describeLegs } from "./conformance/legs.ts";
import { describeOverlay } from "./conformance/overlay.ts";
import { describeRecords } from "./conformance/records.ts";
import { describeState } from "./conformance/state.ts";

/** What every store must do, whatever it is made of. `open` gives an empty one. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  const opened = async (): Promise<Store> => {
    const store = await open();
    onTestFinished(() => store.close());
    return store;
  };
  describeRecords(name, opened);
  describeAlone(name, opened);
  describeBooks(name, opened);
  describeLegs(name, opened);
  describeEvents(name, opened);
  describeState(name, opened);
  describeOverlay(name, opened);
}
