import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type {
  Answer,
  Capability,
  Decider,
  DecisionContext,
} from "../../../sandbox/capabilities/capability.ts";
import { openSandbox } from "../../../sandbox/pipeline/open-sandbox.ts";
import type { FaultReport, SandboxSettings } from "../../../sandbox/pipeline/options.ts";
import type { Sandbox } from "../../../sandbox/pipeline/sandbox.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import type { JsonObject, Store } from "../../../sandbox/store/store.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";

const capability = (name: string, decide: Capability["decide"]): Capability => ({
  name,
  summary: name,
  input: {},
  events: [],
  decide,
});

const answer = (result: JsonObject, changes: Partial<Answer> = {}): Answer => ({
  kind: "answer",
  result,
  ...changes,
});

/** Deliberately small stand-ins for real capabilities: each shows one thing that a decision may do. */
const capabilities: readonly Capability[] = [
  capability("tokens.issue", async (input, context) => {
    const party = String(input["client_id"]);
    const scopes = String(input["scope"] ?? "notes:read notes:write").split(" ");
    const role = party === "owner" ? "orchestrator" : "complementor";
    const lifetimeSeconds = Number(input["lifetime"] ?? 3600);
    const token = await context.signToken({ subject: party, role, scopes, clientId: party, lifetimeSeconds });
    return answer({ access_token: token });
  }),
  capability("notes.add", async (input, context) => {
    const id = context.newId("note");
    if (input["text"] === "refuse me")
      return { kind: "refused", code: "ECO_STATE_TRANSITION", detail: "As asked." };
    const note = {
      id,
      text: input["text"] ?? "",
      at: context.now,
      ...(input["priority"] === undefined ? {} : { priority: input["priority"] }),
    };
    return answer(note, {
      writes: [
        {
          collection: "notes",
          id,
          value: note,
          expectedVersion: 0,
          keys: [`party:${context.caller?.party}`],
        },
      ],
      events: [
        {
          name: "note.added",
          subject: id,
          audience: [context.caller?.party ?? ""],
          data: input["text"] === "bad event" ? {} : { noteId: id },
        },
      ],
    });
  }),
  capability("notes.list", async (input, context) => {
    const notes = await context.read.list({ collection: "notes", limit: Number(input["limit"] ?? 50) });
    return answer({ items: notes.map(({ value }) => value), input });
  }),
  capability("notes.get", async (input, context) => {
    const note = await context.read.get("notes", String(input["noteId"]));
    return note === undefined
      ? { kind: "refused", code: "ECO_NOT_FOUND", detail: "No such note." }
      : answer(note.value);
  }),
  capability("notes.export", async (input, { now }) => {
    async function* items(): AsyncGenerator<JsonObject> {
      for (let index = 0; index < Number(input["count"]); index++)
        yield { id: `note ${index}`, text: index === input["wrong"] ? 7 : "ü", at: now };
    }
    async function* none(): AsyncGenerator<JsonObject> {}
    return answer(
      { items: [], more: [], of: String(input["count"]) },
      { lists: { items: items(), more: none() } },
    );
  }),
  capability("counter.add", async (_, context) => {
    const counter = await context.read.get<{ count: number }>("counters", "only");
    // Lets others read the same version in between, so that they collide.
    await new Promise((resolve) => setTimeout(resolve, 1));
    const count = (counter?.value.count ?? 0) + 1;
    const write = {
      collection: "counters",
      id: "only",
      value: { count },
      expectedVersion: counter?.version ?? 0,
    };
    return answer({ count }, { writes: [write] });
  }),
  capability("broken.answer", async (_, context) =>
    answer({}, { writes: [{ collection: "notes", id: context.newId("x"), value: {}, expectedVersion: 0 }] }),
  ),
  capability("broken.crash", async () => {
    throw new Error("the secret of the crash");
  }),
  capability("clock.set", async (input) =>
    answer(
      {},
      { clock: { mode: input["mode"] === "frozen" ? "frozen" : "running", now: String(input["now"]) } },
    ),
  ),
  capability("alarms.set", async (input, context) => answer({}, { writes: [alarm(input, context)] })),
  capability("alarms.ring", async (input, context) => {
    const rung = await context.read.get<{ names: string[] }>("rung", "all");
    const names = [...(rung?.value.names ?? []), `${String(input["name"])} at ${context.now}`];
    if (input["name"] === "faulty") throw new Error("this alarm can't ring");
    const then = input["then"];
    return answer(
      {},
      {
        writes: [
          { collection: "rung", id: "all", value: { names }, expectedVersion: rung?.version ?? 0 },
          ...(typeof then === "string"
            ? [alarm({ name: `${String(input["name"])}'s child`, dueAt: then }, context)]
            : []),
        ],
      },
    );
  }),
  capability("sandbox.reset", async () => answer({}, { reset: true })),
];

function alarm(input: JsonObject, context: DecisionContext) {
  const { dueAt = "", ...rest } = input;
  return {
    collection: "timers",
    id: context.newId("tim"),
    value: { dueAt, capability: "alarms.ring", input: rest },
    expectedVersion: 0,
  };
}

let catalog: Promise<Catalog> | undefined;

async function loadShop(): Promise<Catalog> {
  const directory = await mkdtemp(join(tmpdir(), "eco-shop-"));
  for (const name of ["shop.yaml", "shop-events.yaml"]) {
    await cp(fileURLToPath(new URL(name, import.meta.url)), join(directory, name));
  }
  const loaded = await loadCatalog(directory, { cacheDir: join(directory, ".cache") });
  await rm(directory, { recursive: true });
  return loaded.catalog;
}

export const START = Date.parse("2025-03-01T12:00:00.000Z");

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

export interface Shop {
  readonly sandbox: Sandbox;
  readonly store: Store;
  readonly faults: FaultReport[];
  /** Wall-clock time; tests move it by hand. */
  wallMs: number;
  token(party?: string, extra?: Record<string, string>): Promise<string>;
  call(method: string, path: string, options?: CallOptions): Promise<Answered>;
}

export interface CallOptions {
  readonly json?: unknown;
  readonly body?: BodyInit;
  readonly headers?: Record<string, string>;
  readonly as?: string;
}

/** A request by blueline to add a note. */
export const note = (text: string): CallOptions => ({ json: { text }, as: "blueline" });

/**
 * A sandbox of the shop over a store, closed at the end of the test. Its wall clock stands still.
 * @param had puts something in a capability's place
 */
export async function openShop(
  settings: SandboxSettings = {},
  store: Store = new MemoryStore(),
  had: (capability: Capability) => Decider = (capability) => capability,
): Promise<Shop> {
  catalog ??= loadShop();
  const faults: FaultReport[] = [];
  const loaded = await catalog;
  const validators = validatorsOf(loaded);
  let wallMs = START;
  const sandbox = await openSandbox(
    {
      catalog: loaded,
      validators,
      capabilities: capabilities.map(had),
      store,
      seedRecords: async () => ({
        writes: [
          {
            collection: "notes",
            id: "seeded",
            value: { id: "seeded", text: "hello", at: "2025-01-01T00:00:00Z" },
            expectedVersion: 0,
          },
        ],
      }),
    },
    { wallClock: () => wallMs, onFault: (fault) => faults.push(fault), ...settings },
  );
  onTestFinished(() => sandbox.close());
  const tokens = new Map<string, string>();
  const shop: Shop = {
    sandbox,
    store,
    faults,
    get wallMs() {
      return wallMs;
    },
    set wallMs(value) {
      wallMs = value;
    },
    async token(party = "blueline", extra = {}) {
      const answered = await shop.call("POST", "/v1/token", {
        body: new URLSearchParams({ client_id: party, ...extra }).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
      return String(answered.json["access_token"]);
    },
    async call(method, path, { json, body, headers = {}, as } = {}) {
      if (as !== undefined && !tokens.has(as)) tokens.set(as, await shop.token(as));
      const sent = json === undefined ? body : JSON.stringify(json);
      const response = await sandbox.fetch(
        new Request(`http://sandbox.localhost${path}`, {
          method,
          headers: {
            ...(json === undefined ? {} : { "content-type": "application/json" }),
            ...(as === undefined ? {} : { authorization: `Bearer ${tokens.get(as)}` }),
            ...headers,
          },
          ...(sent === undefined ? {} : { body: sent }),
        }),
      );
      const text = await response.text();
      const parsed: unknown = text === "" ? {} : JSON.parse(text);
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: parsed as Record<string, unknown>,
      };
    },
  };
  return shop;
}
