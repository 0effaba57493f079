import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../../../sandbox/index.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog, Operation } from "../../../specs/engine/catalog/types.ts";
import { exchanges, play } from "../hosts/exchanges.ts";

const root = join(import.meta.dirname, "../../..");
const base = "http://sandbox.localhost";
const [own, other] = [`${base}/_tenants/own`, `${base}/_tenants/other`];

let catalog: Catalog;
let sandbox: Sandbox;
let token: string;
let stranger: string;
let ids: string[];

/** What is in one tenant and not in the other: an id of every kind that there is. */
beforeAll(async () => {
  ({ catalog } = await loadCatalog(join(root, "specs"), { cacheDir: false }));
  sandbox = await createSandbox({ catalog });
  await sandbox.tenants?.create({ id: "own" });
  await sandbox.tenants?.create({ id: "other" });
  // Ids that no example of the documents has.
  const list = JSON.parse(JSON.stringify(exchanges).replaceAll("leg-", "mine-")) as typeof exchanges;
  await play((url, init) => sandbox.fetch(new Request(url, init)), own, list);
  token = await tokenOf(other, "harbour");
  stranger = await tokenOf(own, "lumen-av");
  for (const party of ["blueline", "nordic-apps", "spacefinder", "harbour"]) await createAll(party);
  const { now } = (await (await sandbox.tenants?.sandbox("own"))?.control.clock.read()) ?? { now: "" };
  for (const [party, path, json] of further(Date.parse(now))) {
    const headers = { authorization: `Bearer ${await tokenOf(own, party)}` };
    const [played] = await play((url, init) => sandbox.fetch(new Request(url, init)), own, [
      { method: "POST", path, json, headers },
    ]);
    expect(played?.body).toContain('"id"');
  }
  ids = [...(await kindsOf("own", "other")).values()];
  return () => sandbox.close();
});

/** What needs more than an example: something that is there to be disputed, and a day that is to come, by the tenant's clock. */
const further = (nowMs: number): readonly (readonly [party: string, path: string, json: object])[] => [
  [
    "blueline",
    "/v1/deliveries",
    {
      id: "mine-disputed",
      product: "express-leg",
      customer: "nordic-apps",
      startedAt: new Date(nowMs - 3_600_000).toISOString(),
      usage: { distanceMiles: 300, arrivalDelayMinutes: 0 },
    },
  ],
  ["nordic-apps", "/v1/disputes", { deliveryId: "mine-disputed", reason: "It never came." }],
  [
    "spacefinder",
    "/v1/work-orders",
    {
      product: "catering-cover",
      customer: "nordic-apps",
      provider: "taiga-catering",
      parties: { broker: "spacefinder", supplier: "kestrel" },
      scheduledFor: new Date(nowMs + 86_400_000).toISOString(),
      usage: { covers: 37 },
      respondWithin: "PT30M",
    },
  ],
];

/** By kind, one id that a tenant has and the other, and the documents, haven't. */
async function kindsOf(tenant: string, without: string): Promise<ReadonlyMap<string, string>> {
  const idsIn = async (of: string): Promise<[kind: string, id: string][]> => {
    const { records, events, transactions, dispatches } = await sandbox.store.export(of);
    const rows: readonly (readonly [string, readonly { readonly id: string }[]])[] = [
      ["events", events],
      ["transactions", transactions],
      ["dispatches", dispatches],
    ];
    return [
      ...records.map(({ collection, id }): [string, string] => [collection, id]),
      ...rows.flatMap(([kind, found]) => found.map(({ id }): [string, string] => [kind, id])),
    ];
  };
  const documents = JSON.stringify(catalog.documents);
  const others = new Set((await idsIn(without)).map(([, id]) => id));
  const foreign = (await idsIn(tenant)).filter(([, id]) => !others.has(id) && !documents.includes(`"${id}"`));
  // The latest of each kind.
  return new Map(foreign);
}

/** Whatever the party may create in its tenant with the examples that the documents give. */
async function createAll(party: string): Promise<void> {
  const as = await tokenOf(own, party);
  const list = catalog.operations.flatMap(({ method, path, requestBody }) =>
    method !== "POST" || path.includes("{")
      ? []
      : Object.values(requestBody?.content["application/json"]?.examples ?? {}).map((json) => ({
          method,
          path,
          json,
        })),
  );
  await play(
    (url, init) => sandbox.fetch(new Request(url, init)),
    own,
    list.map((one) => ({ ...one, headers: { authorization: `Bearer ${as}` } })),
  );
}

async function tokenOf(url: string, party: string): Promise<string> {
  const body = `grant_type=client_credentials&client_id=sandbox-${party}&client_secret=sandbox-${party}-secret`;
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const response = await sandbox.fetch(
    new Request(`${url}/v1/oauth/token`, { method: "POST", body, headers }),
  );
  return ((await response.json()) as { access_token: string }).access_token;
}

async function read(path: string): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await sandbox.fetch(new Request(`${other}${path}`, { headers }));
  return { status: response.status, text: await response.text() };
}

const reads = (withId: boolean): Operation[] =>
  catalog.operations.filter(({ method, path }) => method === "GET" && path.includes("{") === withId);

const isParty = (id: string): boolean => /^(saltmarsh-kitchen|paper-boats-oy)/.test(id);

/** Everything that is done to something with an id. */
const onIds = (): Operation[] => catalog.operations.filter(({ path }) => path.includes("{"));

/** An id of the same form that nothing has. */
const nobodys = (id: string): string => `${id.slice(0, -1)}${id.endsWith("7") ? "8" : "7"}`;

/** With a body that the operation takes, so that what refuses is what looks the id up. */
async function attempt(operation: Operation, id: string, url: string, as: string): Promise<string> {
  const { method, path, requestBody } = operation;
  const [type = "", media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const response = await sandbox.fetch(
    new Request(`${url}${path.replace(/\{[^{}]+\}/g, encodeURIComponent(id))}`, {
      method,
      headers: { authorization: `Bearer ${as}`, ...(type === "" ? {} : { "content-type": type }) },
      ...(media === undefined ? {} : { body: JSON.stringify(Object.values(media.examples)[0] ?? {}) }),
    }),
  );
  const text = (await response.text()).replaceAll(id, "ID").replaceAll(/urn:eco:request:[^"]+/g, "");
  return `${response.status} ${text}`;
}

describe("every operation of the reference ecosystem, between tenants", () => {
  it("has of every kind what one tenant has and the other hasn't", async () => {
    const kinds = [
      "deliveries",
      "statements",
      "settlements",
      "certifications",
      "webhook-endpoints",
      "events",
      "disputes",
      "work-orders",
    ];
    expect([...(await kindsOf("own", "other")).keys()]).toEqual(expect.arrayContaining(kinds));
    expect(reads(true).length).toBeGreaterThan(10);
    expect(reads(false).length).toBeGreaterThan(5);
  });

  it("answers 404 to the ids of the other tenant", async () => {
    for (const { path } of reads(true)) {
      for (const id of ids) {
        const { status, text } = await read(path.replace(/\{[^{}]+\}/g, encodeURIComponent(id)));
        // A form that the id doesn't have is refused before anybody looks: it tells nothing either.
        expect({ path, id, told: [404, 422, 401, 403].includes(status) ? "nothing" : text }).toEqual({
          path,
          id,
          told: "nothing",
        });
      }
    }
  });

  it("lists nothing of the other tenant", async () => {
    for (const { path } of reads(false)) {
      const { text } = await read(path);
      for (const id of ids) expect({ path, holds: text.includes(`"${id}"`) }).toEqual({ path, holds: false });
    }
  });
});

describe("every operation on an id, GET, POST, PUT, PATCH and DELETE", () => {
  const differing = async (url: string, as: string, of: readonly string[]) => {
    const found: { operation: string; id: string; foreign: string; nobodys: string }[] = [];
    const notFound = new Set<string>();
    for (const operation of onIds()) {
      for (const id of of) {
        const foreign = await attempt(operation, id, url, as);
        const none = await attempt(operation, nobodys(id), url, as);
        if (foreign.startsWith("404")) notFound.add(operation.id);
        if (foreign !== none) found.push({ operation: operation.id, id, foreign, nobodys: none });
      }
    }
    return { found, notFound };
  };

  it("answers an id of another tenant as one that nothing has, and changes nothing there", async () => {
    const before = await sandbox.store.export("own");
    const { found, notFound } = await differing(other, token, ids);
    expect(found).toEqual([]);
    // All but the offers of the fulfilment API, which are for providers, and ids of another form.
    expect(notFound.size).toBeGreaterThan(45);
    expect(await sandbox.store.export("own")).toEqual(before);
  });

  it("answers an id of other parties as one that nothing has", async () => {
    // Who takes part is known to everybody.
    const { found, notFound } = await differing(
      own,
      stranger,
      ids.filter((id) => !isParty(id)),
    );
    expect(found).toEqual([]);
    expect(notFound.size).toBeGreaterThan(35);
  });
});
