import { expect, it, onTestFinished } from "vitest";
import { createSandbox, openStore } from "../../../sandbox/index.ts";
import { diffStates } from "../../../sandbox/session/diff-states.ts";
import { loadedSpecs } from "../../support/specs.ts";

it("a state is no other one because it was in another store", async () => {
  const { catalog } = await loadedSpecs();
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

it("a record that changed is told place by place, also what is there on one side only", async () => {
  const { catalog } = await loadedSpecs();
  const sandbox = await createSandbox({ catalog, store: await openStore("memory") });
  onTestFinished(() => sandbox.close());
  const before = await sandbox.store.export(sandbox.tenant);
  await sandbox.control.parties.behave("fjord-catering", "late:25m");
  const after = await sandbox.store.export(sandbox.tenant);
  expect(diffStates(before, after)).toMatchObject({
    records: [{ collection: "behaviours", id: "fjord-catering", change: "added" }],
    answers: { added: 0, removed: 0 },
  });
  const [{ value: former = {}, ...record } = {}] = before.records;
  const values = [
    { ...former, a: { b: 1, c: 2 } },
    { ...former, a: { b: 2 } },
  ];
  const [one, other] = values.map((value) => ({ ...before, records: [{ ...record, value }] }));
  expect(diffStates(one as typeof before, other as typeof before).records[0]?.places).toEqual([
    { pointer: "/a/b", before: 1, after: 2 },
    { pointer: "/a/c", before: 2, after: undefined },
  ]);
});
