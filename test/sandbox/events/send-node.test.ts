import { once } from "node:events";
import { type AddressInfo, createServer, isIP } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { mayReach, nodeSender, type ResolveName } from "../../../sandbox/events/send-node.ts";
import { openReceiver } from "./receiver.ts";

describe("mayReach", () => {
  it.each(["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])(
    "lets webhooks go to %s",
    (address) => {
      expect(mayReach(address, false)).toBe(true);
    },
  );

  it.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a00:1",
    "fd00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "::a9fe:a9fe",
    "::10.0.0.1",
    "::ffff:0:10.0.0.1",
    "64:ff9b:1::1",
    "100::1",
    "3fff::1",
    "5f00::1",
    "4000::1",
    "192.88.99.1",
    "ff02::1",
    "2002:7f00:1::",
    "not an address",
  ])("refuses %s, with loopback allowed as well", (address) => {
    expect([mayReach(address, false), mayReach(address, true)]).toEqual([false, false]);
  });

  it.each(["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])(
    "lets %s be reached by the flag only",
    (address) => {
      expect([mayReach(address, false), mayReach(address, true)]).toEqual([false, true]);
    },
  );
});

describe("nodeSender", () => {
  const webhook = (url: string) => ({ url, headers: {}, body: "{}" });

  it.each([
    ["http://93.184.216.34/", /https/],
    ["https://10.0.0.1/", /refused/],
    ["https://2130706433/", /own machine/],
    ["https://0x7f.1/", /own machine/],
    ["https://[::ffff:127.0.0.1]/", /own machine/],
    ["https://[::ffff:a00:1]/", /refused/],
    ["https://localhost/", /own machine/],
    ["https://anything.localhost/", /own machine/],
    ["https://user:pass@example.com/", /credentials/],
    ["ftp://example.com/", /https/],
    ["nonsense", /can't be read/],
  ])("opens no connection to %s", async (url, error) => {
    const send = nodeSender({ allowLoopback: false });
    expect(await send(webhook(url))).toEqual({ kind: "failed", error: expect.stringMatching(error) });
  });

  it.each([
    ["this machine", ["127.0.0.1"]],
    ["this machine, in IPv6", ["::1", "::ffff:127.0.0.1"]],
    ["a private network and nothing else", ["10.0.0.1", "fd00::1", "100.64.0.1", "169.254.169.254"]],
  ])("opens no connection to a name that leads to %s", async (_what, addresses) => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    // Harmless when somebody else asks, another address when the connection is made: it is this one that is judged.
    const resolve: ResolveName = (_name, _options, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: isIP(address) })),
      );
    const send = nodeSender({ allowLoopback: false, resolve });
    expect(await send(webhook(`https://rebound.example:${port}/`))).toEqual({
      kind: "failed",
      error: "rebound.example leads to an address that is refused",
    });
    expect(connections).toBe(0);
  });

  it("reaches this machine by its name where that is allowed", async () => {
    const receiver = await openReceiver();
    const url = receiver.url.replace("127.0.0.1", "localhost");
    expect(await nodeSender({ allowLoopback: true })(webhook(url))).toEqual({
      kind: "answered",
      status: 204,
    });
    expect(receiver.received).toHaveLength(1);
  });
});
