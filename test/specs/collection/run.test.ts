import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { tryInSandbox } from "../../../cli/collection/try-in-sandbox.ts";
import { createSandbox, listen } from "../../../sandbox/index.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { collect } from "../../../specs/engine/collection/collection.ts";
import { httpFile } from "../../../specs/engine/collection/http-file.ts";
import type { Collection } from "../../../specs/engine/collection/types.ts";
import { type Ran, runHttp } from "./http-runner.ts";

const trainTravel = fileURLToPath(import.meta.resolve("@readme/oas-examples/3.1/json/train-travel.json"));

/** Sends the requests of a collection's .http file to a sandbox over HTTP. */
async function run(
  catalog: Catalog,
  collectionAt: (url: string) => Promise<Collection>,
  secrets: Readonly<Record<string, string>>,
) {
  const sandbox = await createSandbox({ catalog });
  const { url, close } = await listen(sandbox, { port: 0 });
  onTestFinished(async () => {
    await close();
    await sandbox.close();
  });
  const collection = await collectionAt(url);
  const ran = await runHttp(httpFile(collection), secrets, fetch);
  const expected = new Map(collection.requests.map(({ id, expected: statuses }) => [id, statuses]));
  return { ran, failed: ran.filter((one) => !isExpected(one, expected.get(one.id))), collection };
}

const isExpected = ({ status }: Ran, expected: readonly number[] | undefined): boolean =>
  expected === undefined ? status >= 200 && status < 300 : expected.length === 0 || expected.includes(status);

describe("an exported .http file, run from top to bottom against a sandbox", () => {
  it("succeeds whole for the Train Travel API, a spec that nobody here wrote", async () => {
    const { catalog } = await loadCatalog(trainTravel, { cacheDir: false });
    const collectionAt = async (baseUrl: string) => collect(catalog, catalog.operations, { baseUrl });
    const { ran, failed } = await run(catalog, collectionAt, { token: "anything" });
    expect(failed).toEqual([]);
    expect(ran.map(({ id }) => id)).toEqual([
      "get_stations",
      "get_trips",
      "create_booking",
      "get_bookings",
      "get_booking",
      "create_booking_payment",
      "delete_booking",
    ]);
  });

  it.each([
    ["specs", "harbour"],
    ["test/fixtures/ecosystems/roaming-charging", "hub"],
    ["test/fixtures/ecosystems/quality-on-demand", "aggregator"],
  ])("tells the journeys of %s and tests what else a fresh sandbox takes", async (specs, party) => {
    const { catalog } = await loadCatalog(specs, { cacheDir: false });
    const collectionAt = async (baseUrl: string) => {
      const trial = await tryInSandbox(
        catalog,
        await collect(catalog, catalog.operations, { baseUrl }),
        undefined,
      );
      if (trial.kind !== "tried") throw new Error(trial.reason);
      expect(trial.refused.length).toBeLessThan(trial.collection.requests.length / 5);
      return trial.collection;
    };
    const secrets = { clientId: `sandbox-${party}`, clientSecret: `sandbox-${party}-secret` };
    const { ran, failed, collection } = await run(catalog, collectionAt, secrets);
    expect(failed).toEqual([]);
    expect(ran).toHaveLength(collection.requests.length);
    const called = new Set(collection.requests.map(({ operation }) => operation?.id));
    const all = catalog.operations.filter(({ capability }) => capability?.name !== "tokens.issue");
    expect(all.filter(({ id }) => !called.has(id))).toEqual([]);
  });
});
