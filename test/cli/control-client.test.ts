import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { rememberControl } from "../../cli/config/control-access.ts";
import { ControlClient } from "../../cli/http/control-client.ts";
import { Transport } from "../../cli/http/transport.ts";

afterEach(() => vi.unstubAllEnvs());

/** A sandbox of which only the token matters. `refused` is told of each request with another one, after its answer. */
async function guarded(good: { token: string }, refused: () => unknown = () => undefined) {
  const folder = await mkdtemp(join(tmpdir(), "eco-control-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  vi.stubEnv("XDG_STATE_HOME", folder);
  vi.stubEnv("ECO_SANDBOX_TOKEN", "");
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    requests += 1;
    const isGood = incoming.headers.authorization === `Bearer ${good.token}`;
    outgoing.writeHead(isGood ? 200 : 401, { "content-type": "application/json" });
    outgoing.end(JSON.stringify(isGood ? { items: [] } : { title: "Who?", status: 401 }), () => {
      if (!isGood) refused();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  onTestFinished(() => server.closeAllConnections());
  const access = (token: string) => ({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    controlPath: "/_sandbox",
    token,
  });
  return { access, requests: () => requests };
}

it("a sandbox that began again on its port is given time to leave its new token", async () => {
  const good = { token: "of-the-first" };
  // By then it has been looked for in vain.
  const late = (): unknown => setTimeout(() => void rememberControl(access("of-the-second")), 200);
  const { access } = await guarded(good, late);
  await rememberControl(access("of-the-first"));
  const client = new ControlClient(access("of-the-first"), new Transport());
  expect(await client.call("listTenants")).toEqual({ items: [] });
  good.token = "of-the-second";
  expect(await client.call("listTenants")).toEqual({ items: [] });
});

it("a token that never was good is refused at once", async () => {
  const { access, requests } = await guarded({ token: "another" });
  await rememberControl(access("mine"));
  await expect(new ControlClient(access("mine"), new Transport()).call("listTenants")).rejects.toThrow();
  expect(requests()).toBe(1);
});
