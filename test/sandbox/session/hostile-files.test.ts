import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSandbox, type Sandbox, type WebhookSender } from "../../../sandbox/index.ts";
import { bundleOf } from "../../../sandbox/session/bundle.ts";
import { digestOfState } from "../../../sandbox/session/digest.ts";
import { checkedBundle, sessionLineCheck } from "../../../sandbox/session/index.ts";
import { readSession } from "../../../sandbox/session/read.ts";
import { replaySession } from "../../../sandbox/session/replay.ts";
import type { StateFile } from "../../../sandbox/session/state-format.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { keepBusySession } from "./kept-session.ts";

let catalog: Catalog;
let sandbox: Sandbox;
let session: string;
let state: StateFile;
let check: (line: unknown) => string | undefined;

beforeAll(async () => {
  check = await sessionLineCheck();
  const sender: WebhookSender = async () => ({ kind: "answered", status: 200 });
  ({ catalog, sandbox, text: session } = await keepBusySession(1, { sender }));
  state = await sandbox.control.state.export();
});
afterAll(() => sandbox.close());

const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** What stands where something else should, as JSON: an object literal can't have a member called `__proto__`. */
const hostile: readonly string[] = [
  ...["null", "true", "-1", "1e308", "0.5", '""', "[]", "{}", '"__proto__"', '"constructor"'],
  ...[
    '"../../../etc/passwd"',
    '"/etc/passwd"',
    '"C:\\\\x"',
    '"\\u0000"',
    '"\\ud800"',
    '"9999-99-99T99:99:99Z"',
  ],
  ...[
    '{"__proto__":{"polluted":"yes"}}',
    '{"constructor":{"prototype":{"polluted":"yes"}}}',
    '[{"length":1e9}]',
  ],
  ...[JSON.stringify("x".repeat(100_000)), deep(10_000)],
];

/** Where the values of some JSON stand in its text: from, to. */
function placesIn(text: string): readonly (readonly [number, number])[] {
  const found = [
    ...text.matchAll(/(?<=[:,[])(?:"(?:[^"\\]|\\.)*"(?!:)|-?\d[\d.e+-]*|true|false|null|\{\}|\[\])/g),
  ];
  return found.map((match) => [match.index, match.index + match[0].length]);
}

/** The text with one of its values replaced. */
function spoilt(text: string, at: number, value: string): string {
  const places = placesIn(text);
  const [from, to] = places[at % places.length] ?? [0, text.length];
  return text.slice(0, from) + value + text.slice(to);
}

/** What was told of the file; anything but an error in words is a fault. */
async function told(read: () => unknown): Promise<string> {
  try {
    await read();
    return "taken";
  } catch (error) {
    if (!(error instanceof EcoError)) throw error;
    expect(error.exitCode).not.toBe(1);
    return error.code;
  }
}

const unpolluted = (): void => expect(Reflect.get({}, "polluted")).toBeUndefined();

function forged(lines: readonly string[]): string {
  const body = `${lines.slice(0, -1).join("\n")}\n`;
  const end = JSON.parse(session.trimEnd().split("\n").at(-1) ?? "") as object;
  return `${body}${JSON.stringify({ ...end, seal: createHash("sha256").update(body).digest("hex") })}\n`;
}

it("a session in which anything stands for anything is refused or replayed, and never a fault", async () => {
  const lines = session.trimEnd().split("\n");
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: lines.length - 2 }),
      fc.nat(),
      fc.constantFrom(...hostile),
      async (line, at, value) => {
        const text = forged(lines.with(line, spoilt(lines[line] ?? "", at, value)));
        const outcome = await told(() => {
          const read = readSession(text, { check });
          const open = (store: MemoryStore, settings: object) =>
            createSandbox({ catalog, store, ...settings });
          return replaySession({
            session: read,
            store: new MemoryStore(),
            open: open as never,
            otherSpecs: true,
          });
        });
        outcomes.add(outcome);
        unpolluted();
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
  expect(outcomes).toContain("taken");
  expect(outcomes).toContain("ECO_EXPORT_INVALID");
});

it("a state in which anything stands for anything is refused or loaded, whole or not at all", async () => {
  const text = JSON.stringify(state.state);
  const target = await createSandbox({ catalog });
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(...hostile), async (at, value) => {
      const before = (await target.control.state.export()).seal;
      const outcome = await told(async () => {
        const changed = JSON.parse(spoilt(text, at, value)) as StateFile["state"];
        let seal = "";
        try {
          seal = digestOfState(changed);
        } catch {
          // Nobody can make one.
        }
        await target.control.state.import({ ...state, state: changed, seal }, { replace: true });
      });
      outcomes.add(outcome);
      unpolluted();
      if (outcome !== "taken") expect((await target.control.state.export()).seal).toBe(before);
    }),
    { numRuns: 100, endOnFailure: true },
  );
  expect(outcomes).toContain("taken");
  expect(outcomes).toContain("ECO_EXPORT_INVALID");
  await target.close();
});

it("a bundle in which anything stands for anything is refused in words", async () => {
  const bundle = JSON.stringify(
    await bundleOf(sandbox, { failure: { name: "a test", message: "m" }, log: ["l"] }),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(...hostile), async (at, value) => {
      const outcome = await told(() => {
        const { session: text } = checkedBundle(JSON.parse(spoilt(bundle, at, value)));
        if (text !== undefined) readSession(text, { check });
      });
      expect(["taken", "ECO_EXPORT_INVALID"]).toContain(outcome);
      unpolluted();
    }),
    { numRuns: 200, endOnFailure: true },
  );
});
