import { type CreateSandboxOptions, createSandbox, type Sandbox } from "../../../sandbox/index.ts";
import type { Json, JsonObject } from "../../../sandbox/store/store.ts";
import { loadedSpecs } from "../../support/specs.ts";

export interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  readonly requestId: string;
}

/** The reference ecosystem in process, asked as its partners would ask it: by real requests. */
export interface Harbour {
  readonly sandbox: Sandbox;
  /** As a stand-in, by its published credentials. */
  as(party: string): Client;
  /** As whoever has these credentials. */
  with(credentials: { readonly clientId: string; readonly clientSecret: string }): Client;
  readonly nobody: Client;
  close(): Promise<void>;
}

export interface Client {
  get(path: string): Promise<Reply>;
  post(path: string, body?: Json): Promise<Reply>;
  put(path: string, body: Json): Promise<Reply>;
  patch(path: string, body: Json): Promise<Reply>;
  delete(path: string): Promise<Reply>;
}

/** Monday 2026-03-16, 10:00 in Helsinki: after both chains of the worked figures. */
export const wallTime = Date.parse("2026-03-16T08:00:00.000Z");

export type Settings = Partial<CreateSandboxOptions>;

export async function openHarbour(settings: Settings = {}): Promise<Harbour> {
  const { catalog, findings } = await loadedSpecs();
  const errors = findings.filter((finding) => finding.severity === "error");
  if (errors.length > 0) throw new Error(`specs have errors: ${JSON.stringify(errors)}`);
  const faults: unknown[] = [];
  const sandbox = await createSandbox({
    catalog,
    seed: "harbour-test",
    wallClock: () => wallTime,
    onFault: (fault) => faults.push(fault),
    ...settings,
  });
  const send = async (
    method: string,
    path: string,
    token: string | undefined,
    body?: Json,
  ): Promise<Reply> => {
    const response = await sandbox.fetch(
      new Request(`http://sandbox.test/v1${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const content = await response.text();
    return {
      status: response.status,
      body: content === "" ? {} : (JSON.parse(content) as JsonObject),
      requestId: response.headers.get("eco-request-id") ?? "",
    };
  };
  const client = (token: () => Promise<string | undefined>): Client => ({
    get: async (path) => send("GET", path, await token()),
    post: async (path, body) => send("POST", path, await token(), body),
    put: async (path, body) => send("PUT", path, await token(), body),
    patch: async (path, body) => send("PATCH", path, await token(), body),
    delete: async (path) => send("DELETE", path, await token()),
  });
  const withCredentials = (credentials: { clientId: string; clientSecret: string }): Client =>
    client(async () => {
      const response = await sandbox.fetch(
        new Request("http://sandbox.test/v1/oauth/token", {
          method: "POST",
          body: new URLSearchParams({
            grant_type: "client_credentials",
            client_id: credentials.clientId,
            client_secret: credentials.clientSecret,
          }),
        }),
      );
      const body = (await response.json()) as JsonObject;
      if (!response.ok) throw new Error(`no token for ${credentials.clientId}: ${JSON.stringify(body)}`);
      return String(body["access_token"]);
    });
  return {
    sandbox,
    as: (party) => withCredentials({ clientId: `sandbox-${party}`, clientSecret: `sandbox-${party}-secret` }),
    with: withCredentials,
    nobody: client(async () => undefined),
    close: async () => {
      await sandbox.close();
      if (faults.length > 0) throw new Error(`the sandbox had faults: ${JSON.stringify(faults)}`);
    },
  };
}

/** The list in an answer. */
export const itemsOf = (reply: Reply, name = "items"): readonly JsonObject[] => {
  const items = reply.body[name];
  if (!Array.isArray(items)) throw new Error(`no list: ${JSON.stringify(reply)}`);
  return items as readonly JsonObject[];
};

/**
 * The items of all pages of a list.
 * @param path with a query, the size of a page for one
 */
export async function everyItem(client: Client, path: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (let cursor = ""; ; ) {
    const page = await expectStatus(client.get(path + cursor), 200);
    found.push(...itemsOf(page));
    if (page.body["nextCursor"] === undefined) return found;
    cursor = `&cursor=${String(page.body["nextCursor"])}`;
  }
}

/** Amounts by party, of positions or shares. */
export const byParty = (list: Json | undefined): Record<string, number> =>
  Object.fromEntries(
    (Array.isArray(list) ? (list as readonly JsonObject[]) : []).map((item) => [
      String(item["party"]),
      Number(item["amountMinor"]),
    ]),
  );

/** The sum of a field over some records. */
export const sumOf = (records: readonly JsonObject[], field: string): number =>
  records.reduce((sum, record) => sum + Number(record[field]), 0);

/** A request that must have been answered with this status. */
export async function expectStatus(reply: Promise<Reply>, status: number): Promise<Reply> {
  const settled = await reply;
  if (settled.status !== status) {
    throw new Error(`want ${status}, got ${settled.status}: ${JSON.stringify(settled.body)}`);
  }
  return settled;
}
