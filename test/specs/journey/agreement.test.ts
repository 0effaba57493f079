import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { expect, it } from "vitest";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { runWorkflow } from "../../../specs/engine/journey/index.ts";
import { writeSpecs } from "../spec-set.ts";
import { createToyApi, toyDocument, toyJourneys, toyWorkflows } from "./toy-api.ts";

interface RespectReport {
  readonly files: Record<
    string,
    {
      readonly executedWorkflows: readonly {
        readonly workflowId: string;
        readonly status: string;
        readonly executedSteps: readonly unknown[];
      }[];
    }
  >;
}

type Outcomes = Record<string, readonly [outcome: string, steps: number]>;

/** The outcome and number of steps of each workflow, by Redocly's runner. */
async function runRespect(root: string): Promise<Outcomes> {
  const server = serve({ fetch: createToyApi().fetch, port: 0, hostname: "127.0.0.1", createServer });
  try {
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const report = join(root, "report.json");
    const redocly = join(import.meta.dirname, "../../../node_modules/@redocly/cli/bin/cli.js");
    const args = [redocly, "respect", "journeys.json", "-S", `toy=http://127.0.0.1:${port}`, "-J", report];
    const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
    const child = spawn(process.execPath, args, { stdio: "ignore", cwd: root, env });
    await new Promise((resolve) => child.once("exit", resolve));
    const { files } = JSON.parse(await readFile(report, "utf8")) as RespectReport;
    const workflows = Object.values(files).flatMap((file) => file.executedWorkflows);
    return Object.fromEntries(
      workflows.map(({ workflowId, status, executedSteps }) => [
        workflowId,
        [status === "success" ? "passed" : "failed", executedSteps.length],
      ]),
    );
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

it("agrees with Redocly's runner on every toy journey: outcome and number of steps", async () => {
  const root = await writeSpecs({ "api.json": toyDocument, "journeys.json": toyJourneys });
  const { catalog, findings } = await loadCatalog(root, { cacheDir: false });
  expect(findings).toEqual([]);
  const ours: Outcomes = {};
  const wanted: Outcomes = {};
  for (const { workflow, want } of toyWorkflows) {
    const id = (workflow as { workflowId: string }).workflowId;
    wanted[id] = want;
    const run = await runWorkflow({
      catalog,
      workflowId: id,
      fetch: createToyApi().fetch,
      baseUrls: "http://toy.test",
      validators: validatorsOf(catalog),
      sleep: async () => {},
    });
    ours[id] = [run.outcome, run.steps.length];
  }
  expect(ours).toEqual(wanted);
  expect(await runRespect(root)).toEqual(wanted);
});
