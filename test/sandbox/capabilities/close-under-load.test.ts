import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { openStore } from "../../../sandbox/index.ts";
import type { Changeset, JsonObject, Store } from "../../../sandbox/store/store.ts";
import { type PostgresServer, startPostgres } from "../../support/postgres.ts";
import { startServer } from "../../torture/processes.ts";
import { expectStatus, type Harbour, itemsOf, openHarbour } from "./harbour.ts";
import { leg } from "./legs.ts";

let folder: string;
let server: PostgresServer;
beforeAll(async () => {
  [folder, server] = await Promise.all([mkdtemp(join(tmpdir(), "eco-close-")), startPostgres()]);
});
afterAll(async () => {
  await server?.remove();
  await rm(folder, { recursive: true });
});

const closes = ({ writes }: Changeset): boolean => writes.some(({ collection }) => collection === "periods");

/** What a delivery is given to get in while it must not: many times what it takes where nothing holds it up. */
const CHANCE_MS = 500;

/**
 * A store in which somebody is always faster than the close of a month: before its changeset is applied, a delivery is
 * booked. Before one that is applied alone, it has only the chance to be.
 */
function unlucky(store: Store, book: () => Promise<unknown>): Store {
  const apply: Store["apply"] = async (changeset) => {
    if (closes(changeset)) await book();
    return store.apply(changeset);
  };
  const alone: Store["alone"] = (tenant, work) =>
    store.alone(tenant, ({ reader, apply }) =>
      work({
        reader,
        async apply(changeset) {
          const chance = new Promise((resolve) => setTimeout(resolve, CHANCE_MS));
          if (closes(changeset)) await Promise.race([book(), chance]);
          return apply(changeset);
        },
      }),
    );
  return new Proxy(store, {
    get(target, name) {
      if (name === "apply") return apply;
      if (name === "alone") return alone;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Deliveries by the process that closes the month, or by another one on the same database. */
const places: readonly (readonly [
  name: string,
  database: () => Promise<string> | string,
  elsewhere: boolean,
])[] = [
  ["memory", () => "memory", false],
  ["SQLite", () => join(folder, "one.db"), false],
  ["SQLite, from another process", () => join(folder, "two.db"), true],
  ["PostgreSQL", () => server.newDatabase(), false],
  ["PostgreSQL, from another process", () => server.newDatabase(), true],
];

it.each(places)(
  "a month closes although a delivery always gets in before it, and none is lost: %s",
  async (_, database, elsewhere) => {
    const location = await database();
    const store = await openStore(location);
    let bookings = 0;
    let post: (delivery: JsonObject) => Promise<unknown>;
    const book = (): Promise<unknown> => {
      bookings += 1;
      return post(leg(`leg-${bookings}`));
    };
    const underWay: Promise<unknown>[] = [];
    const harbour = await openHarbour({
      store: unlucky(store, () => {
        const booking = book();
        underWay.push(booking);
        return booking;
      }),
    });
    post = elsewhere
      ? await postTo(location)
      : (delivery) => expectStatus(harbour.as("blueline").post("/deliveries", delivery), 201);
    await book();
    const campus = harbour.as("harbour");
    await expectStatus(campus.post("/settlements", { period: "2001-01" }), 201);
    await Promise.all(underWay);
    // Several got in, and made the close begin anew each time; the last one had to wait for it.
    expect(bookings).toBeGreaterThan(3);
    const settled = await lines(harbour, "2001-01");
    expect(settled).toBe(bookings - 1);
    // It came into the month that is open then, and so do those that come while that one is closed.
    await expectStatus(campus.post("/settlements", { period: "2001-02" }), 201);
    await Promise.all(underWay);
    expect(settled + (await lines(harbour, "2001-02"))).toBe(bookings - 1);
    await harbour.close();
  },
);

/** Another process on the same database, and what books a delivery there. */
async function postTo(database: string): Promise<(delivery: JsonObject) => Promise<unknown>> {
  const other = await startServer(["specs", database]);
  if (other === undefined) throw new Error("The other process ended before it listened.");
  onTestFinished(() => other.stop());
  const credentials = { client_id: "sandbox-blueline", client_secret: "sandbox-blueline-secret" };
  const signedIn = await fetch(`${other.url}/v1/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", ...credentials }),
  });
  const { access_token } = (await signedIn.json()) as { access_token: string };
  return async (delivery) => {
    const answer = await fetch(`${other.url}/v1/deliveries`, {
      method: "POST",
      headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
      body: JSON.stringify(delivery),
    });
    expect({ status: answer.status, body: await answer.text() }).toMatchObject({ status: 201 });
  };
}

/** Deliveries on the statement of a month: a line for each of them, and one for the tax. */
async function lines(harbour: Harbour, period: string): Promise<number> {
  const [statement] = itemsOf(await harbour.as("blueline").get(`/statements?period=${period}`));
  return Number(statement?.["lineCount"] ?? 1) - 1;
}
