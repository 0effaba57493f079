/** Writes to an SQLite store as fast as it can and prints each id once it was acknowledged. Ends by being killed. */
import { SqliteStore } from "../../../sandbox/store/sqlite/sqlite.ts";

const [path = "", prefix = ""] = process.argv.slice(2);
const store = SqliteStore.open(path, { thread: { after: 20 } });

async function writer(lane: number): Promise<never> {
  for (let n = 0; ; n++) {
    const id = `${prefix}-${lane}-${n}`;
    const { kind } = await store.apply({
      tenant: "main",
      writes: [{ collection: "things", id, value: { id }, expectedVersion: 0, keys: [`lane:${lane}`] }],
      transactions: [
        {
          id,
          kind: "rating",
          bookedAt: "2025-03-01T00:00:00.000Z",
          period: "2025-03",
          postings: [
            { account: `a/${lane}`, currency: "EUR", amountMinor: BigInt(n) },
            { account: "b", currency: "EUR", amountMinor: -BigInt(n) },
          ],
        },
      ],
      events: [
        {
          id,
          type: "thing.made",
          subject: id,
          time: "2025-03-01T00:00:00.000Z",
          orderKey: id,
          audience: ["blueline"],
          causedBy: id,
          data: {},
        },
      ],
      idempotency: {
        key: id,
        fingerprint: id,
        status: 201,
        headers: [],
        body: id,
        expiresAt: "2030-01-01T00:00:00.000Z",
      },
    });
    if (kind === "applied") process.stdout.write(`${id}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, lane) => writer(lane)));
