import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../../../sandbox/index.ts";
import { digestOfState } from "../../../sandbox/session/digest.ts";
import type { StateFile } from "../../../sandbox/session/state-format.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { keepBusySession } from "./kept-session.ts";

let catalog: Catalog;
let sandbox: Sandbox;
let text: string;

const code = (value: string) => expect.objectContaining({ code: value });

beforeAll(async () => {
  ({ catalog, sandbox, text } = await keepBusySession(6, {
    sender: async () => ({ kind: "answered", status: 204 }),
  }));
});

afterAll(() => sandbox.close());

/** Anybody can make a seal that holds: it tells of accidents, not of forgery. */
function sealOf(file: StateFile): string {
  try {
    return digestOfState(file.state);
  } catch {
    return file.seal;
  }
}

describe("the state of a sandbox", () => {
  const settings = { sender: async () => ({ kind: "answered", status: 204 }) as const };

  it("is loaded whole into a fresh sandbox, which goes on where the other one stood", async () => {
    const file = JSON.parse(JSON.stringify(await sandbox.control.state.export())) as object;
    const copy = await createSandbox({ catalog, ...settings });
    await copy.control.state.import(file);
    expect(await copy.store.export("main")).toEqual(await sandbox.store.export("main"));
    // Tokens of the saved sandbox work in the copy: its key came with the state.
    const token = /"access_token\\":\\"([^"\\]+)/.exec(text)?.[1];
    const asked = new Request("http://sandbox.test/v1/parties/blueline", {
      headers: { authorization: `Bearer ${token}` },
    });
    expect((await copy.fetch(asked)).status).toBe(200);
    await copy.close();
  });

  it("can leave the signing key out: whoever loads it keeps its own", async () => {
    const file = await sandbox.control.state.export({ withoutKey: true });
    expect(JSON.stringify(file)).not.toContain('"jwk"');
    const copy = await createSandbox({ catalog, ...settings });
    const before = await copy.store.reader("main").get("sandbox", "key");
    await copy.control.state.import(file);
    expect((await copy.store.reader("main").get("sandbox", "key"))?.value).toEqual(before?.value);
    await copy.close();
  });

  it("is refused by a sandbox that somebody has worked in, unless it may be replaced", async () => {
    const file = await sandbox.control.state.export();
    const used = await createSandbox({ catalog, ...settings });
    await used.control.clock.set({ advance: "PT1H" });
    const before = await used.store.export("main");
    await expect(used.control.state.import(file)).rejects.toThrow(code("ECO_SANDBOX_NOT_EMPTY"));
    expect(await used.store.export("main")).toEqual(before);
    await used.control.state.import(file, { replace: true });
    expect(await used.store.export("main")).toEqual(file.state);
    await used.close();
  });

  it.each([
    ["no state", {}, /format eco-state/],
    ["a newer version", { format: "eco-state", version: 9 }, /version 9/],
    ["half a state", { format: "eco-state", version: 1, state: { records: [] } }, /incomplete/],
  ])("in a file with %s is refused, and nothing of it is loaded", async (_what, file, message) => {
    const fresh = await createSandbox({ catalog, ...settings });
    const before = await fresh.store.export("main");
    await expect(fresh.control.state.import(file)).rejects.toThrow(message);
    expect(await fresh.store.export("main")).toEqual(before);
    await fresh.close();
  });

  it.each<readonly [string, (file: string) => string]>([
    [
      "with 100,000 levels",
      (file) => file.replace('"records":[', `"records":[${"[".repeat(1e5)}${"]".repeat(1e5)},`),
    ],
    [
      "with members of prototypes",
      (file) => file.replace('"records":[', '"records":[{"__proto__":{"polluted":1}},'),
    ],
    ["with a list that is none", (file) => file.replace('"records":[', '"records":{"length":1e9},"x":[')],
    ["with records that are none", (file) => file.replace('"records":[', '"records":[null,7,"x",')],
  ])("%s is refused whole, however it claims to be sealed", async (_what, spoil) => {
    const fresh = await createSandbox({ catalog, ...settings });
    const before = await fresh.store.export("main");
    const file: StateFile = JSON.parse(spoil(JSON.stringify(await sandbox.control.state.export())));
    await expect(fresh.control.state.import(file)).rejects.toThrow(code("ECO_EXPORT_INVALID"));
    expect(await fresh.store.export("main")).toEqual(before);
    const sealed = { ...file, seal: sealOf(file) };
    await expect(fresh.control.state.import(sealed)).rejects.toThrow(code("ECO_EXPORT_INVALID"));
    expect(await fresh.store.export("main")).toEqual(before);
    expect({}).not.toHaveProperty("polluted");
    await fresh.close();
  });

  it("that was changed, or belongs to other specs, is refused", async () => {
    const file = await sandbox.control.state.export();
    const fresh = await createSandbox({ catalog, ...settings });
    const balances = file.state.balances.map((one) => ({ ...one, amountMinor: "0" }));
    const changed = { ...file, state: { ...file.state, balances } };
    await expect(fresh.control.state.import(changed)).rejects.toThrow(/seal doesn't hold/);
    const foreign = { ...file, catalogDigest: "sha256:0" };
    await expect(fresh.control.state.import(foreign)).rejects.toThrow(code("ECO_EXPORT_OTHER_SPECS"));
    await fresh.control.state.import(foreign, { otherSpecs: true });
    await fresh.close();
  });

  it("isn't replaced while a session is recorded", async () => {
    const file = await sandbox.control.state.export();
    await sandbox.control.session.keep();
    await expect(sandbox.control.state.import(file, { replace: true })).rejects.toThrow(
      code("ECO_SESSION_RECORDING"),
    );
    await expect(sandbox.control.session.keep()).rejects.toThrow(code("ECO_SESSION_RECORDING"));
    await sandbox.control.session.take();
    await expect(sandbox.control.session.take()).rejects.toThrow(code("ECO_SESSION_RECORDING"));
  });
});
