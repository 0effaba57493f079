import { join } from "node:path";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Home, newHome, projectRoot } from "./support/eco.ts";
import { firstLine, type RunningSandbox, startSandbox } from "./support/sandbox.ts";

let home: Home;
let sandbox: RunningSandbox;
beforeAll(async () => {
  home = await newHome();
  sandbox = await startSandbox(home);
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const agent = (): Client => new Client({ name: "test-agent", version: "1.0.0" });

/** An agent that has started `eco mcp` itself. */
async function overStdio(...args: string[]): Promise<Client> {
  const client = agent();
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [
      join(projectRoot, "cli/bin.js"),
      "mcp",
      "--sandbox",
      sandbox.url,
      "--profile",
      "blueline",
      ...args,
    ],
    env: { HOME: home.path, XDG_CONFIG_HOME: join(home.path, "config"), PATH: process.env["PATH"] ?? "" },
    stderr: "ignore",
  });
  await client.connect(transport);
  return client;
}

const delivery = {
  id: "by-agent",
  product: "express-leg",
  customer: "nordic-apps",
  startedAt: "2026-03-10T11:45:00",
  usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
};

describe("an agent over stdin and stdout", () => {
  it("is told whom it acts for, submits a delivery, asks why it costs that, and mends what is refused", async () => {
    const client = await overStdio("--tag", "Deliveries");
    try {
      expect(client.getInstructions()).toContain("as the party blueline");
      const { tools } = await client.listTools();
      expect(tools.map(({ name }) => name)).toContain("submitDelivery");
      expect(tools.find(({ name }) => name === "getDelivery")?.annotations).toMatchObject({
        readOnlyHint: true,
      });
      const wrong = await client.callTool({
        name: "submitDelivery",
        arguments: { body: { ...delivery, usage: { distanceMiles: -1 } } },
      });
      expect(wrong).toMatchObject({
        isError: true,
        structuredContent: { code: "ECO_REQUEST_INVALID", details: { status: 422 } },
      });
      expect(JSON.stringify(wrong.content)).toContain("/usage/distanceMiles");
      const right = await client.callTool({ name: "submitDelivery", arguments: { body: delivery } });
      expect(right).toMatchObject({
        structuredContent: { id: "by-agent", status: "rated", netMinor: 14431 },
      });
      const why = await client.callTool({
        name: "explainDelivery",
        arguments: { deliveryId: "by-agent" },
      });
      expect(JSON.stringify(why.content)).toContain("144.31");
    } finally {
      await client.close();
    }
  });

  it("learns of an argument that is missing and of a tool that isn't there", async () => {
    const client = await overStdio("--read-only");
    try {
      const { tools } = await client.listTools();
      expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);
      const missing = await client.callTool({ name: "getDelivery", arguments: {} });
      expect(missing).toMatchObject({ isError: true, structuredContent: { code: "ECO_INPUT_MISSING" } });
      await expect(client.callTool({ name: "submitDelivery", arguments: {} })).rejects.toThrow(
        "There is no tool submitDelivery",
      );
    } finally {
      await client.close();
    }
  });
});

describe("an agent over HTTP", () => {
  it("calls tools with the token, and nobody does without it or from a page elsewhere", async () => {
    const server = home.start(
      [
        "mcp",
        "--port",
        "0",
        "--json",
        "--sandbox",
        sandbox.url,
        "--profile",
        "blueline",
        "--tag",
        "Deliveries",
      ],
      { env: { ECO_MCP_TOKEN: "of-the-test" } },
    );
    const ended = new Promise((resolve) => server.once("close", resolve));
    try {
      const { result } = JSON.parse(await firstLine(server)) as { result: { url: string } };
      const authorization = "Bearer of-the-test";
      const client = agent();
      await client.connect(
        new StreamableHTTPClientTransport(new URL(result.url), {
          requestInit: { headers: { authorization } },
        }),
      );
      const listed = await client.callTool({ name: "listDeliveries", arguments: { limit: 1 } });
      expect(listed.structuredContent).toHaveProperty("items");
      await client.close();
      const knock = async (path: string, headers: Record<string, string>): Promise<number> =>
        (await fetch(new URL(path, result.url), { method: "POST", headers, body: "{}" })).status;
      expect(await knock("/mcp", {})).toBe(401);
      expect(await knock("/mcp", { authorization: "Bearer other" })).toBe(401);
      expect(await knock("/mcp", { authorization, origin: "https://page.example" })).toBe(403);
      expect(await knock("/", { authorization })).toBe(404);
    } finally {
      server.kill("SIGTERM");
    }
    expect(await ended).toBe(0);
  });
});

describe("eco mcp", () => {
  it("lists its tools for people and programs", async () => {
    const { status, json } = await home.run(["mcp", "--list", "--operation", "getDelivery", "--json"]);
    expect([status, json.result]).toMatchObject([
      0,
      { tools: [{ name: "getDelivery", readOnly: true, inputSchema: { required: ["deliveryId"] } }] },
    ]);
  });

  it("refuses a port that is taken, and a choice that leaves nothing", async () => {
    const taken = await home.run(["mcp", "--port", new URL(sandbox.url).port, "--json"]);
    expect([taken.status, taken.json.error.code]).toEqual([2, "ECO_PORT_UNUSABLE"]);
    const nothing = await home.run(["mcp", "--operation", "issueToken", "--json"]);
    expect([nothing.status, nothing.json.error.code]).toEqual([2, "ECO_USAGE"]);
  });
});
