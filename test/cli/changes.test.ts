import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EcoResult, type Home, newHome, projectRoot } from "./support/eco.ts";
import { type RunningSandbox, startSandbox } from "./support/sandbox.ts";

let home: Home;
let sandbox: RunningSandbox;
let specs: string;
let next: string;

/** An ecosystem with words of its own, and the capabilities bound to its operations: nothing knows the reference one. */
const BOUND: readonly (readonly [path: string, operations: string])[] = [
  [
    "/proposals",
    `{ post: { operationId: propose, x-eco-capability: changes.propose,
         x-eco-bind: { request: { title: $request.body#/name, difference: $request.body#/delta, effectiveAt: $request.body#/day, traffic: $request.body#/use } },
         BODY },
       get: { operationId: proposals, x-eco-capability: changes.list, parameters: [{ name: affects, in: query, schema: { type: string } }], ANSWER } }`,
  ],
  [
    "/proposals/{changeId}",
    "{ PATH, get: { operationId: readProposal, x-eco-capability: changes.get, ANSWER } }",
  ],
  [
    "/proposals/{changeId}/ports",
    "{ PATH, get: { operationId: ports, x-eco-capability: changes.affected, ANSWER } }",
  ],
  [
    "/proposals/{changeId}/words",
    `{ PATH, get: { operationId: words, x-eco-capability: changes.comments, ANSWER },
       post: { operationId: say, x-eco-capability: changes.comment, x-eco-bind: { request: { text: $request.body#/words, answers: $request.body#/to } }, BODY } }`,
  ],
  [
    "/proposals/{changeId}/no",
    "{ PATH, post: { operationId: sayNo, x-eco-capability: changes.object, x-eco-bind: { request: { reason: $request.body#/words } }, BODY } }",
  ],
  [
    "/proposals/{changeId}/end",
    "{ PATH, post: { operationId: settle, x-eco-capability: changes.decide, x-eco-bind: { request: { outcome: $request.body#/how, reason: $request.body#/words } }, BODY } }",
  ],
  [
    "/proposals/{changeId}/back",
    "{ PATH, post: { operationId: takeBack, x-eco-capability: changes.withdraw, BODY } }",
  ],
];
const ANSWER =
  "responses: { 200: { description: It., content: { application/json: { schema: { type: object } } } }, default: { description: A problem., content: { application/problem+json: { schema: { type: object } } } } }";
const FIELDS =
  "{ name: { type: string }, delta: { type: object }, day: { type: string }, use: { type: array }, words: { type: string }, to: { type: string }, how: { type: string }, reason: { type: string } }";
const BODY = `requestBody: { required: true, content: { application/json: { schema: { type: object, properties: ${FIELDS} } } } }, ${ANSWER}`;
const PATH = "parameters: [{ name: changeId, in: path, required: true, schema: { type: string } }]";

beforeAll(async () => {
  home = await newHome();
  specs = join(home.path, "specs");
  next = join(home.path, "next");
  await mkdir(specs);
  await cp(join(projectRoot, "test/cli/fixtures/island-ferries"), specs, { recursive: true });
  const paths = BOUND.map(([path, operations]) => {
    const written = operations.replaceAll("BODY", BODY).replaceAll("ANSWER", ANSWER).replaceAll("PATH", PATH);
    const secured = written.replaceAll(
      "operationId:",
      'security: [{ ferries: ["trips:write"] }], operationId:',
    );
    return `  ${path}:\n    ${secured}\n`;
  });
  await replaceIn(join(specs, "api.yaml"), /$/u, paths.join(""));
  await replaceIn(
    join(specs, "ecosystem.yaml"),
    /parties:\n/u,
    `participation:
  changes: { breaking: { notice: P20D, objections: P5D } }
parties:
  - { id: dock, name: The Dock, role: customer, standIn: true }
`,
  );
  await replaceIn(
    join(specs, "ecosystem.yaml"),
    / {2}personas:\n/u,
    `  personas:
    - { party: dock, clientId: dock, clientSecret: dock-secret }
`,
  );
  await cp(specs, next, { recursive: true });
  await replaceIn(
    join(next, "api.yaml"),
    /required: \[ref, line, guest, leaves\]/u,
    "required: [ref, line, guest, leaves, counted]",
  );
  sandbox = await startSandbox(home, ["--database", "memory", "--specs", specs]);
}, 60_000);
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

async function replaceIn(file: string, before: RegExp, after: string): Promise<void> {
  const text = await readFile(file, "utf8");
  expect(text).toMatch(before);
  await writeFile(
    file,
    text.replace(before, () => after),
  );
}

const as = (profile: string, ...args: string[]): Promise<EcoResult> =>
  home.run([...args, "--sandbox", sandbox.url, "--specs", specs, "--profile", profile]);
const changes = (profile: string, ...args: string[]): Promise<EcoResult> => as(profile, "changes", ...args);
const advance = async (duration: string): Promise<void> => {
  const { stderr } = await home.run([
    "sandbox",
    "clock",
    "--advance",
    duration,
    "--sandbox",
    sandbox.url,
    "--specs",
    specs,
  ]);
  expect(stderr).toBe("");
};
const propose = (...more: string[]): Promise<EcoResult> =>
  changes("harbourmaster", "propose", specs, next, "--title", "Miles are counted", "--json", ...more);

describe("eco changes", () => {
  it("takes a change from the folders that differ to the day on which it holds", async () => {
    const proposed = await propose();
    expect(proposed.json).toMatchObject({ ok: true, result: { level: "breaking", status: "proposed" } });
    const { id } = proposed.json.result as { id: string };

    const listed = await changes("inn", "list", "--affects", "inn");
    expect(listed.stdout).toMatch(/Miles are counted +breaking +proposed +2/);
    const objected = await changes("inn", "object", id, "--reason", "We have no log.", "--json");
    const { id: objection } = objected.json.result as { id: string };
    expect((await changes("inn", "comment", id, "--text", "Why?")).status).toBe(0);

    const decision = ["decide", id, "--outcome", "announced", "--reason", "Needed."];
    const early = await changes("harbourmaster", ...decision);
    expect([early.status, early.stderr]).toEqual([2, expect.stringContaining("can be raised until")]);
    await advance("P5D");
    const unanswered = await changes("harbourmaster", ...decision);
    expect(unanswered.stderr).toContain(`Not answered yet: ${objection} of inn.`);
    const late = await changes("dock", "object", id, "--reason", "No.");
    expect([late.status, late.stderr]).toEqual([2, expect.stringContaining("could be raised until")]);
    const answer = await changes(
      "harbourmaster",
      "comment",
      id,
      "--answers",
      objection,
      "--text",
      "We lend one.",
    );
    expect(answer.status).toBe(0);
    expect((await changes("harbourmaster", ...decision)).stdout).toMatch(/^Status +announced$/m);
    expect((await changes("harbourmaster", ...decision)).stderr).toContain("is announced already");
    await advance("P21D");

    const shown = await changes("inn", "show", id);
    expect(shown.stdout).toMatch(/^Status +in-effect$/m);
    expect(shown.stdout).toContain("inn, breaking: operation bookTrip (may-call)");
    expect(shown.stdout).not.toContain("dock, breaking");
    expect(shown.stdout).toContain(`${objection} of inn: We have no log. (answered: We lend one.)`);
    expect(shown.stdout).toContain("inn: Why?");
    const after = await changes("harbourmaster", "withdraw", id, "--reason", "No.");
    expect(after.stderr).toContain("is in-effect already");
  }, 60_000);

  it("refuses too little notice, those whom it doesn't affect, and what is no change of the specs in force", async () => {
    const soon = await propose("--effective", "2001-01-01T00:00:00Z");
    expect([soon.status, soon.json.error.code]).toEqual([2, "ECO_NOTICE_TOO_SHORT"]);
    const traffic = join(home.path, "traffic.json");
    const uses = [
      { partner: "inn", calls: [] },
      { partner: "dock", calls: ["bookTrip"] },
    ];
    await writeFile(traffic, JSON.stringify(uses));
    const { id } = (await propose("--traffic", traffic)).json.result as { id: string };
    const stranger = await changes("inn", "object", id, "--reason", "No.");
    expect([stranger.status, stranger.stderr]).toEqual([2, expect.stringContaining("doesn't affect inn")]);
    expect((await changes("dock", "object", id, "--reason", "No.")).status).toBe(0);
    expect((await changes("harbourmaster", "withdraw", id, "--reason", "Later.")).stdout).toMatch(
      /^Status +withdrawn$/m,
    );
    const same = await changes("harbourmaster", "propose", specs, specs, "--title", "Nothing");
    expect([same.status, same.stderr]).toEqual([2, expect.stringContaining("Nothing changed from")]);
    const backwards = await changes("harbourmaster", "propose", next, specs, "--title", "Back");
    expect(backwards.stderr).toContain("The difference starts from other specs than those in force here.");
  }, 60_000);

  it("leaves a release behind for the portal, under the version of the new specs", async () => {
    await replaceIn(join(next, "ecosystem.yaml"), /version: 1\.0\.0/u, "version: 1.1.0");
    const kept = await home.run(["specs", "diff", specs, next, "--release", "2027-01-15"]);
    expect([kept.status, kept.stderr]).toEqual([0, expect.stringContaining("releases/1.1.0.json")]);
    const release = JSON.parse(await readFile(join(next, "releases/1.1.0.json"), "utf8"));
    expect(release).toMatchObject({
      version: "1.1.0",
      date: "2027-01-15",
      difference: { counts: { breaking: 1 } },
    });
    const undated = await home.run(["specs", "diff", specs, next, "--release", "2027-02-31"]);
    expect([undated.status, undated.stderr]).toEqual([
      2,
      expect.stringContaining("--release is no day: 2027-02-31"),
    ]);
  }, 60_000);
});
