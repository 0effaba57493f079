import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HttpResponse, http } from "msw";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  booked,
  emitted,
  eventually,
  never,
  nothingElseBooked,
  rated,
  received,
  receivedInOrder,
  startSandbox,
  type TestSandbox,
} from "../../../sandbox/testing/index.ts";
import { leg } from "./leg.ts";
import { newFolder } from "./new-folder.ts";
import { openTestSandbox } from "./open-test-sandbox.ts";

/** What somebody writes whose editor doesn't check types. */
const untyped = <T>(value: unknown): T => value as T;

const submit = (sandbox: TestSandbox, delivery: object) =>
  sandbox.as("blueline")("/v1/deliveries", { json: { ...leg, ...delivery } });

it.each([
  [undefined, null, "startSandbox takes no null. Give an object,"],
  [undefined, "./specs", 'startSandbox takes no "./specs". Give an object,'],
  ["specs", {}, "Give the path of a folder or file, or the `catalog`"],
  ["url", "sandbox", "Give an origin such as http://api.test"],
  ["url", "http://api.test/v1", "without a path"],
  ["now", new Date(0), 'takes no now "1970-01-01T00:00:00.000Z". Give an RFC 3339 date-time'],
  ["handlers", http.get("*/a", () => HttpResponse.json()), "Give a list."],
  ["cors", "https://shop.example", "Give `loopback` or a list of origins."],
  ["randomness", "sedeed", "Give `secure`, `seeded`, or randomness of your own."],
  ["onFailure", "log", "Give a function."],
])("the option %s isn't started with %s", async (name, value, message) => {
  const options = untyped<object>(name === undefined ? value : { [name]: value });
  await expect(startSandbox(options)).rejects.toThrow(message);
});

it("a server has a URL of its own, and any other an origin, however that ends", async () => {
  await expect(startSandbox({ host: "http", url: "http://api.test" })).rejects.toThrow("ask `sandbox.url`");
  await using sandbox = await startSandbox({ url: "http://api.test/" });
  expect(sandbox.url).toBe("http://api.test");
  expect((await fetch(`${sandbox.url}/v1/sandbox`)).status).toBe(200);
});

it("an inbox has no other options than those that there are", async () => {
  const sandbox = await openTestSandbox();
  const receive = (options: unknown) => sandbox.receive(untyped(options));
  await expect(receive(undefined)).rejects.toThrow("An inbox is somebody's.");
  await expect(receive({ as: "nordic-apps", typs: [] })).rejects.toThrow(
    "no option typs. Did you mean types?",
  );
  await expect(receive({ as: "nordic-apps", types: "delivery.rated" })).rejects.toThrow(
    "Give a list of them.",
  );
  await expect(receive({ as: "nordic-apps", answer: 204 })).rejects.toThrow("Give a function from a Request");
});

it("a list of handlers is no handler, and the sandbox's credentials go nowhere else", async () => {
  const sandbox = await openTestSandbox();
  const handler = http.get("*/v1/parties", () => HttpResponse.json({}));
  expect(() => sandbox.use(untyped([handler]))).toThrow("give each as an argument");
  sandbox.use(handler);
  const blueline = sandbox.as("blueline");
  expect((await blueline(`${sandbox.url}/v1/parties`)).status).toBe(200);
  await expect(blueline("http://elsewhere.test/v1/parties")).rejects.toThrow(
    "isn't of the sandbox, which is at",
  );
});

describe("a check", () => {
  it("is made of what it is of, and waits as it is told", async () => {
    const sandbox = await openTestSandbox();
    const inbox = await sandbox.receive({ as: "nordic-apps" });
    const wrong: readonly (readonly [() => unknown, string])[] = [
      [() => rated(untyped("leg-1"), "leg-1"), "wants the sandbox that `startSandbox` gave"],
      [() => received(untyped(sandbox), "delivery.rated"), "of an inbox that `sandbox.receive` gave"],
      [() => rated(sandbox, untyped(undefined)), "undefined is no id of a delivery."],
      [() => receivedInOrder(inbox, untyped("delivery.rated")), 'is a list: ["delivery.rated"]'],
      [() => booked(sandbox, untyped({ account: "a" })), 'as a list: [{"account":"a"}]'],
      [() => emitted(sandbox, "delivery.rated", untyped("leg-1")), "name its fields"],
      [
        () => emitted(sandbox, "delivery.rated", { within: "P1D" }),
        "How long to wait is the argument after it.",
      ],
    ];
    for (const [make, message] of wrong) expect(make).toThrow(message);
    const check = rated(sandbox, "leg-1");
    await expect(eventually(untyped(Promise.resolve(check)))).rejects.toThrow("is no check");
    await expect(never(check, untyped({ whitin: "P1D" }))).rejects.toThrow('has no "whitin": write { within');
    await expect(never(check, untyped("P1D"))).rejects.toThrow('is "P1D": write { within');
  });

  it("of a sandbox that is closed holds no more, whether it is negated or not", async () => {
    const sandbox = await openTestSandbox();
    const checks = [rated(sandbox, leg.id), emitted(sandbox, "delivery.rated"), nothingElseBooked(sandbox)];
    await sandbox.close();
    for (const check of checks) {
      await expect(never(check)).rejects.toThrow("The sandbox is closed");
      await expect(eventually(check)).rejects.toThrow("The sandbox is closed");
    }
    await expect(sandbox.clock.advance("PT1H")).rejects.toThrow("The sandbox is closed");
    await expect(sandbox.behave("kestrel", "silent")).rejects.toThrow("The sandbox is closed");
  });

  it("that fails names what was refused before, but not what was accepted after all, or before a reset", async () => {
    const sandbox = await openTestSandbox();
    const failure = (): Promise<string> =>
      eventually(rated(sandbox, "leg-2")).then(
        () => "",
        (error: Error) => error.message,
      );
    await submit(sandbox, { id: "leg-2", customer: "nobody" });
    await sandbox.faults.add({ operation: "submitDelivery", status: 503, count: 1 });
    expect((await submit(sandbox, { id: "leg-3" })).status).toBe(503);
    expect((await submit(sandbox, { id: "leg-3" })).status).toBe(201);
    const [head, ...refused] = (await failure()).split("\n").slice(-2);
    expect(head).toBe("Refused before that:");
    expect(refused).toEqual([
      expect.stringMatching(/^ {2}POST \/v1\/deliveries of blueline: 4\d\d ECO_\w+: ./),
    ]);
    await never(rated(sandbox, "leg-2"));
    await sandbox.reset();
    expect(await failure()).not.toContain("Refused before that");
  });
});

it("documents of which nothing can be read are refused, and what is left out of others is told", async () => {
  const folder = await newFolder();
  const start = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder, name), text);
    await (await startSandbox({ specs: join(folder, name), host: "none" })).close();
  };
  await expect(start("broken.yaml", "openapi: 3.0.0\ninfo: { title: Broken\n")).rejects.toThrow(
    "broken.yaml:3:1: Not YAML",
  );
  await expect(start("old.yaml", "swagger: '2.0'\ninfo: {}\npaths: {}\n")).rejects.toThrow("Swagger 2.0");
  const told = vi.spyOn(console, "warn").mockReturnValue();
  onTestFinished(() => told.mockRestore());
  const schema = { $ref: "./nowhere.yaml" };
  const responses = { 200: { description: "", content: { "application/json": { schema } } } };
  const info = { title: "Half", version: "1" };
  await start(
    "half.json",
    JSON.stringify({ openapi: "3.0.3", info, paths: { "/a": { get: { responses } } } }),
  );
  expect(told.mock.calls).toEqual([[expect.stringContaining("leads to nowhere.yaml, which isn't there.")]]);
});
