import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Served, serve } from "../reference-partner/serve.ts";
import { type Home, newHome, projectRoot } from "./support/eco.ts";
import { partnerAnswers, partnerTokens } from "./support/partner.ts";

const guide = await readFile(join(projectRoot, "portal/content/guides/certify-in-ci.md"), "utf8");
const [github = "", gitlab = ""] = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  (match) => match[1] ?? "",
);

interface Workflow {
  readonly jobs: { readonly certify: { readonly steps: readonly Readonly<Record<string, unknown>>[] } };
}
interface Pipeline {
  readonly certify: {
    readonly script: readonly string[];
    readonly artifacts: { readonly reports: { readonly junit: string }; readonly paths: readonly string[] };
  };
}

const workflow = parse(github) as Workflow;
const pipeline = parse(gitlab) as Pipeline;
const { steps } = workflow.jobs.certify;
const certifies = (text: unknown): text is string =>
  typeof text === "string" && text.startsWith("npx eco certify");
const commands: Record<string, string> = {
  "GitHub Actions": steps.map((step) => step["run"]).find(certifies) ?? "",
  GitLab: pipeline.certify.script.find(certifies) ?? "",
};

let home: Home;
const served: Served[] = [];
let env: Record<string, string>;

beforeAll(async () => {
  home = await newHome();
  for (const mutant of [undefined, "provider.security.alg-none"])
    served.push(await serve(await partnerAnswers(mutant)));
  const { ECO_TARGET_TOKEN = "" } = await partnerTokens();
  // As on a build machine: nothing may ask anything.
  env = { ECO_TARGET_TOKEN, CI: "true" };
});

afterAll(async () => {
  await Promise.all(served.map((one) => one.close()));
  await home[Symbol.asyncDispose]();
});

/** The words of the command behind `npx eco`, at the address of the partner under test. */
function wordsOf(command: string, url: string): string[] {
  return command.replace("http://127.0.0.1:8080", url).split(/\s+/).slice(2);
}

function reportsIn(command: string): string[] {
  return [...command.matchAll(/--report (\S+)/g)].map((match) => match[1] ?? "");
}

describe.each(Object.entries(commands))("the command of the guide for %s", (_name, command) => {
  it("passes a healthy partner and writes the reports", async () => {
    const { status } = await home.run(wordsOf(command, served[0]?.url ?? ""), { env });
    expect(status).toBe(0);
    for (const file of reportsIn(command)) {
      expect((await readFile(join(home.path, file), "utf8")).length).toBeGreaterThan(100);
    }
  });

  it("stops the build with 3 when a check fails, and writes the reports all the same", async () => {
    const { status } = await home.run(wordsOf(command, served[1]?.url ?? ""), { env });
    expect(status).toBe(3);
    for (const file of reportsIn(command)) {
      expect(await readFile(join(home.path, file), "utf8")).toContain("provider.security.alg-none");
    }
  });
});

it("hands on the files that the command writes", () => {
  const uploaded = steps.flatMap((step) => Object.values((step["with"] ?? {}) as Record<string, unknown>));
  for (const file of reportsIn(commands["GitHub Actions"] ?? "")) expect(uploaded).toContain(file);
  const { reports, paths } = pipeline.certify.artifacts;
  expect(reportsIn(commands["GitLab"] ?? "")).toEqual([reports.junit, ...paths]);
});

it("asks nothing on a build machine: what is missing is an error with the flag that gives it", async () => {
  const { status, json } = await home.run(["certify", "--as", "receiver", "--json"], { env });
  expect(status).toBe(2);
  expect(json.error).toMatchObject({ code: "ECO_INPUT_MISSING", fix: expect.stringContaining("--webhook") });
});
