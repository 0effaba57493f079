import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { createSandbox, listen } from "../../../sandbox/index.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { collect } from "../../../specs/engine/collection/collection.ts";
import { httpFile } from "../../../specs/engine/collection/http-file.ts";
import { type Ran, runHttp } from "./http-runner.ts";

const trainTravel = fileURLToPath(import.meta.resolve("@readme/oas-examples/3.1/json/train-travel.json"));

/** Exports the operations with these tags, or all, and sends the file's requests to a sandbox over HTTP. */
async function run(specs: string, secrets: Readonly<Record<string, string>>, tags?: readonly string[]) {
  const { catalog } = await loadCatalog(specs, { cacheDir: false });
  const sandbox = await createSandbox({ catalog });
  const { url, close } = await listen(sandbox, { port: 0 });
  onTestFinished(async () => {
    await close();
    await sandbox.close();
  });
  const wanted = catalog.operations.filter(
    (one) => tags === undefined || one.tags.some((tag) => tags.includes(tag)),
  );
  return runHttp(httpFile(collect(catalog, wanted, url)), secrets, fetch);
}

const refused = (ran: readonly Ran[]): readonly Ran[] =>
  ran.filter(({ status }) => status < 200 || status > 299);

describe("an exported .http file, run from top to bottom against a sandbox", () => {
  it("succeeds whole for the Train Travel API, a spec that nobody here wrote", async () => {
    const ran = await run(trainTravel, { token: "anything" });
    expect(refused(ran)).toEqual([]);
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

  it("gets a token and carries ids on in the reference ecosystem", async () => {
    const secrets = { clientId: "sandbox-harbour", clientSecret: "sandbox-harbour-secret" };
    const ran = await run("specs", secrets, ["Cases", "Deliveries"]);
    expect(refused(ran)).toEqual([]);
    expect([ran[0]?.id, ran.length]).toEqual(["getToken", 15]);
  });
});
