import { describe, expect, it } from "vitest";
import { guardedFetch } from "../../sandbox/certification/certify-node.ts";
import { nodeSender } from "../../sandbox/events/send-node.ts";
import { nodeCaller } from "../../sandbox/forwarding/call-node.ts";
import { createWire } from "../../specs/engine/certification/http/wire.ts";
import { endless, openThief, openUnruly, packed, redirect } from "../support/unruly-server.ts";

const authorization = "Bearer canary";

interface Told {
  readonly kind: "answered" | "failed";
  readonly status?: number;
}

/** Everything in the sandbox that calls what partners run, with what it makes of an answer. */
const callers: readonly (readonly [name: string, call: (url: string) => Promise<Told>])[] = [
  ["webhooks", (url) => nodeSender({ allowLoopback: true })({ url, headers: { authorization }, body: "{}" })],
  [
    "offers to a build",
    (url) =>
      nodeCaller({ allowLoopback: true })({ url, method: "POST", headers: { authorization }, body: "{}" }),
  ],
  [
    "certification runs",
    async (url) => {
      const { fetch, close } = await guardedFetch(true);
      const wire = createWire({
        fetch,
        now: Date.now,
        sleep: async () => undefined,
        timeoutMs: 10_000,
        maxBytes: 1024 * 1024,
      });
      const { response } = await wire.send({ method: "GET", url, headers: { authorization } });
      await close();
      return response === undefined ? { kind: "failed" } : { kind: "answered", status: response.status };
    },
  ],
];

describe.each(callers)("%s", (name, call) => {
  it.each([301, 302, 303, 307, 308])("follow no %i to another origin", async (status) => {
    const thief = await openThief();
    const door = await openUnruly(redirect(status, () => thief.url));
    expect(await call(door.url)).toMatchObject({ kind: "answered", status });
    expect(door.asked).toMatchObject([{ authorization }]);
    expect(thief.asked).toEqual([]);
  });

  it.each([
    ["that never ends", endless],
    ["that is a gigabyte once unpacked", packed],
  ])("read no more than they need of an answer %s", async (_what, flood) => {
    const server = await openUnruly(flood);
    const before = process.memoryUsage().rss;
    const told = await call(server.url);
    // A webhook is delivered by its status: the rest of the answer matters to nobody.
    expect(told.kind).toBe(name === "webhooks" ? "answered" : "failed");
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  });
});
