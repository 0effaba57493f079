import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../../../sandbox/index.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog, Operation } from "../../../specs/engine/catalog/types.ts";
import { exchanges, type Played, play } from "../hosts/exchanges.ts";

const root = join(import.meta.dirname, "../../..");
const base = "http://sandbox.localhost";
const [own, other] = [`${base}/_tenants/own`, `${base}/_tenants/other`];

let catalog: Catalog;
let sandbox: Sandbox;
let token: string;
let stranger: string;
let ids: string[];

/** What was created in one tenant: every id in its answers that the other's seed doesn't have. */
beforeAll(async () => {
  ({ catalog } = await loadCatalog(join(root, "specs"), { cacheDir: false }));
  sandbox = await createSandbox({ catalog });
  await sandbox.tenants?.create({ id: "own" });
  await sandbox.tenants?.create({ id: "other" });
  // Ids that no example of the documents has.
  const list = JSON.parse(JSON.stringify(exchanges).replaceAll("leg-", "mine-")) as typeof exchanges;
  const played = await play((url, init) => sandbox.fetch(new Request(url, init)), own, list);
  token = await tokenOf(other, "harbour");
  stranger = await tokenOf(own, "lumen-av");
  for (const party of ["blueline", "nordic-apps", "spacefinder", "harbour"])
    played.push(...(await createAll(party)));
  const created = played.filter(({ request, status }) => request.startsWith("POST") && status < 300);
  const documents = JSON.stringify(catalog.documents);
  ids = [...new Set(created.flatMap(idsIn))].filter((id) => !documents.includes(`"${id}"`));
  return () => sandbox.close();
});

/** Whatever the party may create in its tenant with the examples that the documents give. */
async function createAll(party: string): Promise<Played[]> {
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
  return play(
    (url, init) => sandbox.fetch(new Request(url, init)),
    own,
    list.map((one) => ({ ...one, headers: { authorization: `Bearer ${as}` } })),
  );
}

const idsIn = ({ body }: Played): string[] =>
  [...body.matchAll(/"(?:id|deliveryId|eventId|endpointId)":"([^"]+)"/g)].flatMap(([, id]) => id ?? []);

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
  it("has something that one tenant has and the other hasn't", () => {
    expect(ids).toContain("mine-1");
    expect(ids.length).toBeGreaterThan(3);
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

  it("answers an id of another tenant as one that nothing has", async () => {
    const { found, notFound } = await differing(other, token, ids);
    expect(found).toEqual([]);
    // All but the offers of the fulfilment API, which are for providers, and ids of another form.
    expect(notFound.size).toBeGreaterThan(45);
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
