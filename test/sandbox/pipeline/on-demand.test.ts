import { describe, expect, it } from "vitest";
import type { Capability, Decider } from "../../../sandbox/capabilities/capability.ts";
import { capabilities, describeCapabilities } from "../../../sandbox/capabilities/index.ts";
import { onDemand } from "../../../sandbox/capabilities/on-demand.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import { note, openShop, type Shop } from "./shop.ts";

const DUE = "2025-03-01T12:00:01.000Z";

/** The shop, with capabilities that are loaded when they first decide, while their files can be had. */
async function shopOnDemand(): Promise<{ shop: Shop; loaded: string[]; net: { up: boolean } }> {
  const loaded: string[] = [];
  const net = { up: true };
  const had = (capability: Capability): Decider => {
    const [decider] = onDemand({
      names: [capability.name],
      async load() {
        if (!net.up) throw new TypeError("Failed to fetch");
        loaded.push(capability.name);
        return [capability];
      },
    });
    return decider ?? capability;
  };
  return { shop: await openShop({}, new MemoryStore(), had), loaded, net };
}

describe("capabilities on demand", () => {
  it("come from where the registry says, each under its name", async () => {
    const described = (await describeCapabilities()).map(({ name }) => name);
    expect(capabilities.map(({ name }) => name)).toEqual(described);
    expect(new Set(described).size).toBe(described.length);
  });

  it("are loaded by the first request that one of them decides, once", async () => {
    const { shop, loaded } = await shopOnDemand();
    expect(loaded).toEqual([]);
    const twice = await Promise.all([
      shop.call("POST", "/v1/notes", note("a")),
      shop.call("POST", "/v1/notes", note("b")),
    ]);
    expect(twice.map(({ status }) => status)).toEqual([201, 201]);
    expect(loaded).toEqual(["tokens.issue", "notes.add"]);
  });

  it("that can't be loaded are told, and are there for the next request once they can", async () => {
    const { shop, net } = await shopOnDemand();
    await shop.token();
    net.up = false;
    const refused = await shop.call("POST", "/v1/notes", note("a"));
    expect(refused.status).toBe(503);
    expect(refused.json).toMatchObject({
      code: "ECO_PART_MISSING",
      detail: "notes.add can't be loaded: Failed to fetch.",
      fix: expect.stringContaining("Load the page again"),
    });
    net.up = true;
    expect((await shop.call("POST", "/v1/notes", note("a"))).status).toBe(201);
  });

  it("lose no timer while they can't be loaded", async () => {
    const { shop, net } = await shopOnDemand();
    await shop.call("POST", "/v1/alarms", { json: { name: "soon", dueAt: DUE } });
    net.up = false;
    shop.wallMs += 1_500;
    await shop.sandbox.settle();
    expect(shop.faults.map(({ where }) => where)).toEqual(["alarms.ring"]);
    net.up = true;
    shop.wallMs += 10_000;
    await shop.sandbox.settle();
    const rung = await shop.store.reader("main").get("rung", "all");
    expect(rung?.value).toEqual({ names: [`soon at ${DUE}`] });
  });
});
