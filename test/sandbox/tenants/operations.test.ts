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
  token = await tokenOf(other);
  const created = played.filter(({ request, status }) => request.startsWith("POST") && status < 300);
  const documents = JSON.stringify(catalog.documents);
  ids = [...new Set(created.flatMap(idsIn))].filter((id) => !documents.includes(`"${id}"`));
  return () => sandbox.close();
});

const idsIn = ({ body }: Played): string[] =>
  [...body.matchAll(/"(?:id|deliveryId|eventId|endpointId)":"([^"]+)"/g)].flatMap(([, id]) => id ?? []);

async function tokenOf(url: string): Promise<string> {
  const body = "grant_type=client_credentials&client_id=sandbox-harbour&client_secret=sandbox-harbour-secret";
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
