import { HttpResponse, http } from "msw";
import { type SetupServer, setupServer } from "msw/node";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startSandbox, type TestSandbox } from "../../../sandbox/testing/index.ts";
import { leg } from "./leg.ts";

async function start(url: string): Promise<TestSandbox> {
  const sandbox = await startSandbox({ url });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const submit = async (sandbox: TestSandbox): Promise<number> =>
  (await sandbox.as("blueline")("/v1/deliveries", { json: leg })).status;

it("several sandboxes answer in one process, each at its URL, until it is closed", async () => {
  const [one, two] = [await start("http://one.localhost"), await start("http://two.localhost")];
  expect([await submit(one), await submit(two), await submit(one)]).toEqual([201, 201, 200]);
  const instead = await start("http://one.localhost");
  expect(await submit(instead)).toBe(201);
  await two.close();
  await instead.close();
  expect(await submit(one)).toBe(200);
});

it("sandboxes that are open at once get a URL each where none says its own", async () => {
  const open = () => startSandbox({ now: "2026-03-16T08:00:00Z" });
  const one = await open();
  {
    await using two = await open();
    expect([one.url, two.url]).toEqual(["http://sandbox.localhost", "http://sandbox-2.localhost"]);
    expect([await submit(one), await submit(two)]).toEqual([201, 201]);
  }
  await using another = await open();
  expect(another.url).toBe("http://sandbox-2.localhost");
  await one.close();
  await expect(submit(one)).rejects.toThrow();
});

it("a page's code in a test's own process may read the answers, though its requests hide where they come from", async () => {
  // As environments do that put a page's classes in the place of Node's.
  vi.stubGlobal(
    "Request",
    class extends Request {
      constructor(...given: ConstructorParameters<typeof Request>) {
        super(...given);
        this.headers.delete("origin");
      }
    },
  );
  onTestFinished(() => void vi.unstubAllGlobals());
  const sandbox = await start("http://page.localhost");
  const answer = await sandbox.fetch("/v1/parties");
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([401, "*"]);
});

it("is closed once, however often that is asked for", async () => {
  for (const host of ["process", "http", "none"] as const) {
    const sandbox = await startSandbox({ host });
    await Promise.all([sandbox.close(), sandbox.close()]);
    await sandbox.close();
  }
});

it.each([
  ["a party that there isn't", { as: "nordic-app" }, "There is no party nordic-app"],
  ["a type that no message has", { as: "nordic-apps", types: ["delivery.ratd"] }, "delivery.ratd"],
  ["a secret that can't sign", { as: "nordic-apps", secret: "whsec_=====" }, "#/secret"],
])("no inbox waits in vain for %s", async (_, options, message) => {
  const sandbox = await start("http://sandbox.localhost");
  await expect(sandbox.receive(options)).rejects.toThrow(message);
  expect(await sandbox.sandbox.control.endpoints.list()).toEqual([]);
});

it("answers in a server of the tester's own, beside what that one mocks", async () => {
  const sandbox = await startSandbox({ host: "none" });
  onTestFinished(() => sandbox.close());
  const server = setupServer(
    http.get("http://weather.localhost/", () => HttpResponse.text("rain")),
    ...sandbox.handlers,
  );
  server.listen({ onUnhandledFrame: "error" });
  onTestFinished(() => server.close());
  await sandbox.faults.add({ operation: "listParties", status: 503, count: 1 });
  const headers = { authorization: `Bearer ${await sandbox.token("blueline")}` };
  const ask = async (): Promise<number> => (await fetch(`${sandbox.url}/v1/parties`, { headers })).status;
  expect([await ask(), await ask()]).toEqual([503, 200]);
  expect(await (await fetch("http://weather.localhost/")).text()).toBe("rain");
});

describe("a server of the tester's own, which knows nothing of the sandbox,", () => {
  const weather = http.get("http://weather.localhost/", () => HttpResponse.text("rain"));
  const forecast = async (): Promise<string> => (await fetch("http://weather.localhost/")).text();
  const listening = (onUnhandledFrame: "bypass" | "error"): SetupServer => {
    const server = setupServer(weather);
    server.listen({ onUnhandledFrame });
    onTestFinished(() => void (server.readyState && server.close()));
    return server;
  };

  it("that listens before the sandbox goes on mocking, also when the sandbox has closed", async () => {
    listening("bypass");
    const sandbox = await start("http://sandbox.localhost");
    expect([await submit(sandbox), await forecast()]).toEqual([201, "rain"]);
    await sandbox.close();
    expect(await forecast()).toBe("rain");
  });

  it("that listens after it leaves the sandbox its requests, also when that server has closed", async () => {
    const sandbox = await start("http://sandbox.localhost");
    const server = listening("error");
    expect([await submit(sandbox), await forecast()]).toEqual([201, "rain"]);
    server.close();
    expect(await submit(sandbox)).toBe(200);
  });

  it("may refuse all that it doesn't know but the sandbox's, which it is told to leave alone", async () => {
    const server = setupServer(
      weather,
      http.all("http://sandbox.localhost/*", () => undefined),
    );
    server.listen({ onUnhandledFrame: "error" });
    onTestFinished(() => server.close());
    const sandbox = await start("http://sandbox.localhost");
    expect([await submit(sandbox), await forecast()]).toEqual([201, "rain"]);
    server.use(http.post("*/v1/deliveries", () => new HttpResponse(null, { status: 418 })));
    expect(await submit(sandbox)).toBe(418);
  });

  it("answers one operation in the sandbox's place, which then decides nothing", async () => {
    const server = listening("bypass");
    const sandbox = await start("http://sandbox.localhost");
    server.use(http.post("*/v1/deliveries", () => new HttpResponse(null, { status: 418 })));
    expect(await submit(sandbox)).toBe(418);
    server.resetHandlers();
    expect(await submit(sandbox)).toBe(201);
  });
});
