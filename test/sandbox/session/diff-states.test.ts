import { expect, it, onTestFinished } from "vitest";
import { createSandbox, openStore } from "../../../sandbox/index.ts";
import { diffStates } from "../../../sandbox/session/diff-states.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";

it("a state is no other one because it was in another store", async () => {
  const { catalog } = await loadCatalog("specs");
  const open = async () => {
    const sandbox = await createSandbox({ catalog, store: await openStore("memory") });
    onTestFinished(() => sandbox.close());
    return sandbox;
  };
  const sandbox = await open();
  for (const message of ["delivery.rated", "dispute.opened"])
    await sandbox.control.events.trigger({ message });
  const state = await sandbox.store.export(sandbox.tenant);
  const turned = {
    ...state,
    events: state.events.map(
      (event) => Object.fromEntries(Object.entries(event).toReversed()) as typeof event,
    ),
  };
  expect(JSON.stringify(turned)).not.toBe(JSON.stringify(state));
  expect(diffStates(state, turned)).toMatchObject({ same: true, events: { added: 0, removed: 0 } });
  const fewer = { ...turned, events: turned.events.slice(1) };
  expect(diffStates(state, fewer)).toMatchObject({ same: false, events: { added: 0, removed: 1 } });
});
