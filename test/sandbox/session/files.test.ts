import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../../../sandbox/index.ts";
import { bundleOf } from "../../../sandbox/session/bundle.ts";
import { checkedBundle, sessionLineCheck } from "../../../sandbox/session/index.ts";
import { readSession } from "../../../sandbox/session/read.ts";
import { replaySession } from "../../../sandbox/session/replay.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { keepBusySession } from "./kept-session.ts";

let catalog: Catalog;
let sandbox: Sandbox;
let text: string;

const code = (value: string) => expect.objectContaining({ code: value });

beforeAll(async () => {
  ({ catalog, sandbox, text } = await keepBusySession(6, {
    // Hands challenges back, so that all later events come too.
    sender: async ({ body }) => ({
      kind: "answered",
      status: 200,
      body: JSON.stringify((JSON.parse(body) as { data: object }).data),
    }),
  }));
});

afterAll(() => sandbox.close());

const lines = (of = text): string[] => of.trimEnd().split("\n");

/** The lines with an end that seals them, as a forger would write it. */
function sealed(kept: readonly string[]): string {
  const body = `${kept.join("\n")}\n`;
  const end = JSON.parse(lines().at(-1) ?? "") as object;
  const seal = createHash("sha256").update(body).digest("hex");
  return `${body}${JSON.stringify({ ...end, seal })}\n`;
}

const replay = (of: string, unsealed = false) =>
  replaySession({
    session: readSession(of, { unsealed }),
    store: new MemoryStore(),
    open: (store, settings) => createSandbox({ catalog, store, ...settings }),
  });

describe("a file that can't be written any more", () => {
  const full = (from: number) => {
    const lines: string[] = [];
    const sink = (line: string): void => {
      if (lines.length === from) throw new Error("ENOSPC: no space left on device, write");
      lines.push(line);
    };
    return { lines, sink };
  };

  it("ends the recording and nothing else; what was written replays as far as it goes", async () => {
    const own = await createSandbox({ catalog });
    const { lines, sink } = full(9);
    const { clock, session } = own.control;
    await session.start(sink);
    for (let step = 0; step < 20; step++) await clock.set({ advance: "PT1S" });
    const offset = (await clock.read()).offsetMs;
    expect([lines.length, Math.round(offset / 1000)]).toEqual([9, 20]);
    await expect(session.stop()).rejects.toMatchObject(code("ECO_SESSION_UNWRITABLE"));
    expect(session.recording).toBe(false);
    await own.close();
    expect(await replay(lines.join(""), true)).toMatchObject({ steps: 7 });
  });

  it("is refused where nothing can be written to it at all", async () => {
    const own = await createSandbox({ catalog });
    await expect(own.control.session.start(full(0).sink)).rejects.toMatchObject(
      code("ECO_SESSION_UNWRITABLE"),
    );
    await own.control.clock.set({ advance: "PT1S" });
    await own.close();
  });
});

describe("the file of a session", () => {
  it("has lines as its schema describes them", async () => {
    const check = await sessionLineCheck();
    expect(lines().map((line) => check(JSON.parse(line)))).toEqual(lines().map(() => undefined));
    expect(new Set(lines().map((line) => (JSON.parse(line) as { kind: string }).kind))).toEqual(
      new Set(["session", "state", "step", "exchange", "webhook", "end"]),
    );
  });

  it("tells which line is not as the schema describes it", async () => {
    const check = await sessionLineCheck();
    const odd = [...lines().slice(0, -1), '{"kind":"exchange","id":7}'];
    expect(() => readSession(sealed(odd), { check })).toThrow(
      new RegExp(`line ${odd.length} is no exchange: .*required`),
    );
    expect(() => readSession(sealed([...lines().slice(0, 2), '{"kind":"gossip"}']), { check })).toThrow(
      /line 3 has the unknown kind "gossip"/,
    );
  });

  it.each([
    ["nothing", "", /no header/],
    ["something else", "hello\n", /line 1 is no line of a session/],
    ["JSON of another kind", '{"kind":"state"}\n', /no header/],
    ["another format", '{"kind":"session","format":"other","version":1}\n', /format is "other"/],
    [
      "a newer version",
      '{"kind":"session","format":"eco-session","version":2}\n',
      /version 2.*reads version 1/,
    ],
    ["a header alone", "HEADER", /cut off: it ends before the state/],
  ])("that holds %s is refused", (_what, given, message) => {
    expect(() => readSession(given === "HEADER" ? `${lines()[0]}\n` : given)).toThrow(message);
  });

  it.each([0.3, 0.7, 0.999])(
    "that was cut off after %s of it is refused, and replays as far as it goes when asked to",
    async (part) => {
      const cut = text.slice(0, Math.floor(text.length * part));
      expect(() => readSession(cut)).toThrow(code("ECO_EXPORT_INVALID"));
      expect(() => readSession(cut)).toThrow(/cut off/);
      const report = await replay(cut, true);
      expect(report.difference).toBeUndefined();
      expect(report.exchanges).toBeGreaterThan(0);
    },
  );

  it("replays with the line ends of Windows, which Git may give it", async () => {
    const { difference } = await replay(text.replaceAll("\n", "\r\n"));
    expect(difference).toBeUndefined();
  });

  it("that lost a line, or has one changed, is refused by its seal", () => {
    expect(() => readSession(lines().toSpliced(9, 1).join("\n").concat("\n"))).toThrow(/seal doesn't hold/);
    expect(() => readSession(text.replace("blueline", "blueLine"))).toThrow(/seal doesn't hold/);
  });

  it("of other specs is refused", async () => {
    const other = { ...catalog, digest: "sha256:0", documents: catalog.documents.slice(2) };
    const on = replaySession({
      session: readSession(text),
      store: new MemoryStore(),
      open: (store, settings) => createSandbox({ catalog: other, store, ...settings }),
    });
    await expect(on).rejects.toThrow(code("ECO_EXPORT_OTHER_SPECS"));
  });

  it("holds no credential that the sandbox didn't issue", () => {
    expect(text).not.toContain("real.secret");
    expect(text).toContain("real.redacted.redacted");
    expect(text).toContain("sandbox-blueline-secret");
  });
});

describe("a replay finds what came out differently", () => {
  interface Line {
    kind: string;
    step?: string;
    request: { body?: string | { text: string }; url: string };
    answer: { status: number; headers: [string, string][]; body: { text: string } };
    changes: { writes?: { value: Record<string, unknown> }[] }[];
    stateDigest: string;
    outcome: unknown;
  }

  const cases: readonly [string, (line: Line) => boolean, (line: Line) => void, object][] = [
    [
      "a status",
      ({ kind, answer }) => kind === "exchange" && answer.status === 404,
      ({ answer }) => {
        answer.status = 410;
      },
      { what: "status", pointer: "/status", want: 410, got: 404 },
    ],
    [
      "a header",
      ({ kind, answer }) => kind === "exchange" && answer.status === 200,
      ({ answer }) => {
        answer.headers = answer.headers.map(([name, value]) => [
          name,
          name === "cache-control" ? "public" : value,
        ]);
      },
      { what: "header", pointer: "/cache-control", want: "public", got: "no-store" },
    ],
    [
      "a value in a body",
      ({ kind, request }) => kind === "exchange" && request.url.endsWith("/explanation"),
      ({ answer }) => {
        answer.body.text = answer.body.text.replace('"deliveryId":"', '"deliveryId":"other-');
      },
      { what: "body", pointer: "/deliveryId", got: "leg-0-a" },
    ],
    [
      "white space in a body",
      ({ kind, request }) => kind === "exchange" && request.url.endsWith("/explanation"),
      ({ answer }) => {
        answer.body.text = ` ${answer.body.text}`;
      },
      { what: "body", pointer: "" },
    ],
    [
      "what was stored",
      ({ kind, step, changes }) => kind === "step" && step === "decide" && changes?.[0]?.writes !== undefined,
      ({ changes }) => {
        const [write] = changes[0]?.writes ?? [];
        if (write) write.value = { ...write.value, extra: 1 };
      },
      { what: "changes", pointer: "/0/writes/0/value/extra", want: 1 },
    ],
    [
      "what was sent to an endpoint",
      ({ kind, request }) => kind === "webhook" && String(request.body).includes("delivery"),
      ({ request }) => {
        request.body = String(request.body).replace('"specversion":"1.0"', '"specversion":"2.0"');
      },
      { what: "webhook", pointer: "/body/specversion", want: "2.0", got: "1.0" },
    ],
    [
      "the state at the end",
      ({ kind }) => kind === "end",
      (line) => {
        line.stateDigest = `sha256:${"0".repeat(64)}`;
      },
      { what: "state" },
    ],
  ];

  it.each(cases)("in %s", async (_what, pick, change, want) => {
    const parsed = lines().map((line) => JSON.parse(line) as Line);
    const line = parsed.find(pick);
    expect(line).toBeDefined();
    if (line !== undefined) change(line);
    const { difference } = await replay(parsed.map((one) => `${JSON.stringify(one)}\n`).join(""), true);
    expect(difference).toMatchObject(want);
  });

  it("in the order of decisions", async () => {
    const parsed = lines();
    const decide = parsed.findIndex((line) => line.includes('"step":"decide"'));
    const [moved = ""] = parsed.splice(decide, 1);
    const later = parsed.findIndex((line, at) => at > decide && line.includes('"kind":"exchange"'));
    parsed.splice(later + 1, 0, moved);
    const { difference } = await replay(`${parsed.join("\n")}\n`, true);
    expect(difference?.what).toBeDefined();
  });
});

describe("the bundle of a failed test", () => {
  it("holds a session that replays, the state and the log", async () => {
    const tested = await createSandbox({ catalog, sender: async () => ({ kind: "answered", status: 500 }) });
    await tested.control.session.keep();
    await tested.fetch(new Request("http://sandbox.test/v1/nothing"));
    const bundle = await bundleOf(tested, {
      failure: { name: "a test", message: "expected 1" },
      log: ["a line"],
    });
    await tested.close();
    const read = checkedBundle(JSON.parse(JSON.stringify(bundle)));
    expect(read.exchanges).toHaveLength(1);
    expect(await replay(read.session ?? "")).toEqual({ exchanges: 1, steps: 0, webhooks: 0 });
    expect(() => checkedBundle({ ...bundle, version: 2 })).toThrow(/version 2/);
    for (const damage of [{ failure: undefined }, { failure: { name: 3 } }, { session: 7 }, { log: "x" }])
      expect(() => checkedBundle({ ...bundle, ...damage })).toThrow(code("ECO_EXPORT_INVALID"));
    expect(() => checkedBundle({ format: "zip" })).toThrow(code("ECO_EXPORT_INVALID"));
  });
});
