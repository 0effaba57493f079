import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { openapi, writeSpecs } from "../specs/spec-set.ts";
import { type EcoResult, type Home, newHome } from "./support/eco.ts";

/** A spec set of somebody else's with two journeys, one of which can't begin without an input. */
function foreignSpecs(): Promise<string> {
  const responses = {
    200: { description: "A word", content: { "application/json": { schema: { type: "object" } } } },
  };
  const ask = { stepId: "ask", operationId: "ask", successCriteria: [{ condition: "$statusCode == 200" }] };
  return writeSpecs({
    "api.json": openapi({ "/word": { get: { operationId: "ask", responses } } }),
    "journeys.json": {
      arazzo: "1.0.1",
      info: { title: "Words", version: "1.0.0" },
      sourceDescriptions: [{ name: "api", type: "openapi", url: "https://words.example/published/api.json" }],
      workflows: [
        {
          workflowId: "needs",
          inputs: { type: "object", required: ["word"], properties: { word: { type: "string" } } },
          steps: [ask],
        },
        { workflowId: "asks", steps: [ask] },
      ],
    },
  });
}

/** Answers whoever holds the token; the others are told what is missing. */
async function serveWords(): Promise<string> {
  const server = createServer((request, response) => {
    const known = request.headers.authorization === "Bearer t0k";
    response.writeHead(known ? 200 : 401, {
      "content-type": known ? "application/json" : "application/problem+json",
    });
    response.end(JSON.stringify(known ? {} : { title: "No token", detail: "Send a token." }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

async function run(home: Home, ...args: string[]): Promise<EcoResult> {
  const specs = await foreignSpecs();
  return await home.run(["journeys", "run", ...args, "--specs", specs, "--sandbox", await serveWords()]);
}

it("runs with the headers that it is given, and shows what an answer says of a failure", async () => {
  await using home = await newHome();
  const passed = await run(home, "asks", "--header", "Authorization: Bearer t0k", "--json");
  expect(passed.json).toMatchObject({ ok: true, result: { passed: 1, failed: 0 } });
  expect(passed.stdout).not.toContain("t0k");
  const failed = await run(home, "asks");
  expect(failed.status).toBe(3);
  expect(failed.stdout).toContain("The answer says: Send a token.");
  const malformed = await run(home, "asks", "--header", "Bearer t0k", "--json");
  expect(malformed.json.error).toMatchObject({ code: "ECO_USAGE", fix: expect.stringContaining("--header") });
});

it("says by which flag an input is given; of all journeys, the others run all the same", async () => {
  await using home = await newHome();
  const alone = await run(home, "needs", "--json");
  expect(alone.json.error).toMatchObject({
    code: "ECO_INPUT_MISSING",
    fix: expect.stringContaining("--set name=value"),
  });
  const all = await run(home, "--all", "--header", "Authorization: Bearer t0k", "--json");
  expect(all.status).toBe(3);
  expect(all.json.result).toMatchObject({
    passed: 1,
    failed: 1,
    runs: [
      { workflowId: "needs", error: "The workflow needs needs a value for word." },
      { outcome: "passed" },
    ],
  });
});
