/**
 * `node test/portal/played-record.ts FILE`: the published record of the reference ecosystem, after half a year that is
 * played in a sandbox of its own. Seed and clock are fixed, so it comes out the same, byte for byte, on every machine.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ApiClient } from "../../cli/http/api-client.ts";
import { personaCredentials } from "../../cli/http/credentials.ts";
import { TokenSource } from "../../cli/http/token-source.ts";
import { Transport } from "../../cli/http/transport.ts";
import { takeRecord } from "../../cli/portal/published-record.ts";
import { exampleDeliveries } from "../../portal/lib/rating.ts";
import { createSite } from "../../portal/lib/site.ts";
import type { JsonObject } from "../../sandbox/store/store.ts";
import { startSandbox } from "../../sandbox/testing/index.ts";
import type { TestSandbox } from "../../sandbox/testing/test-sandbox.ts";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { textOfRecord } from "../../specs/engine/published-record/read.ts";

const MONTHS = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"];
const END = "2026-06-30T09:00:00Z";
/** Minutes by which the three deliveries of the first example are late in each month; the others are on time. */
const LATE = [
  [0, 0, 25],
  [0, 0, 0],
  [0, 70, 20],
  [0, 0, 0],
  [0, 25, 0],
  [0, 0, 0],
];

/** Plays it, and returns the text of the record. @param specs folder of the reference ecosystem */
export async function playedRecord(specs: string): Promise<string> {
  const { catalog } = await loadCatalog(specs);
  await using sandbox = await startSandbox({
    specs: catalog,
    host: "http",
    seed: "record",
    wallClock: () => Date.parse("2026-01-01T08:00:00Z"),
    now: "2026-01-01T08:00:00Z",
  });
  const { orchestrator } = catalog.ecosystem;
  for (const [place, month] of MONTHS.entries()) {
    await sandbox.clock.set(`${month}-20T08:00:00Z`);
    await post(sandbox, orchestrator, "/v1/deliveries/batch", {
      deliveries: deliveriesOf(catalog, month, LATE[place] ?? []),
    });
    if (place === 3) await certifyAll(sandbox, catalog);
    if (place === 1) await announce(sandbox, catalog, month);
    if (place === 4) await dispute(sandbox, month);
  }
  await sandbox.clock.set("2026-06-28T08:00:00Z");
  await setStanding(sandbox, "lumen-av", "revoked");
  await sandbox.clock.set(END);
  const record = await takeRecord({ client: clientOf(sandbox, catalog), catalog, months: 12, now: END });
  return textOfRecord(record);
}

/** The examples of the API's documents, three of each in the month. */
function deliveriesOf(catalog: Catalog, month: string, late: readonly number[]): object[] {
  const examples = [...exampleDeliveries(createSite("specs", catalog)).values()];
  return examples.flatMap((example, kind) =>
    late.map((minutes, place) => {
      const moved = (time: string | undefined) =>
        time?.replace(/^\d{4}-\d\d-\d\d/u, `${month}-${10 + place}`).replace(/(?:Z|[+-]\d\d:\d\d)$/u, "");
      const usage = Object.entries(example.usage).map(([name, value]) => [
        name,
        /delay/iu.test(name) ? (kind === 0 ? minutes : 0) : value,
      ]);
      const { id: _id, parent: _parent, startedAt, endedAt, ...rest } = example;
      return {
        ...rest,
        id: `${example.product}-${month}-${place}`,
        startedAt: moved(startedAt),
        ...(endedAt === undefined ? {} : { endedAt: moved(endedAt) }),
        usage: Object.fromEntries(usage),
      };
    }),
  );
}

/** Five ask: one is refused, one misses its condition and is revoked later, and who is late too often loses it by the level's own rule. */
async function certifyAll(sandbox: TestSandbox, { documents }: Catalog): Promise<void> {
  const openApi = documents.filter(({ kind }) => kind === "openapi");
  const specDigests = Object.fromEntries(openApi.map(({ path, digest }) => [path, digest]));
  const asked = new Map<string, string>();
  for (const party of ["fjord-catering", "spacefinder", "blueline", "lumen-av", "kestrel"]) {
    const manifest = { operations: [], workflows: [], specDigests };
    const request = { parts: ["governance"], level: "silver", build: "2026.04.1", manifest };
    asked.set(party, String((await post(sandbox, party, "/v1/certifications", request))["id"]));
  }
  for (const [place, [party, id]] of [...asked].entries()) {
    await sandbox.clock.set(`2026-04-${22 + place}T08:00:00Z`);
    const conditions =
      party === "lumen-av"
        ? { conditions: [{ text: "Errors are told as problems.", until: "2026-05-20T00:00:00Z" }] }
        : {};
    const decision = party === "kestrel" ? "refused" : "issued";
    await post(sandbox, "harbour", `/v1/certifications/${id}/review`, {
      decision,
      reason: "As the run shows.",
      reviewer: "maria",
      ...conditions,
    });
  }
}

async function setStanding(sandbox: TestSandbox, party: string, status: string): Promise<void> {
  const { items } = await answer(await sandbox.as(party)("/v1/certifications"));
  const [first] = items as { readonly id: string }[];
  await post(sandbox, "harbour", `/v1/certifications/${first?.id}/standing`, {
    status,
    reason: "The build is no longer in service.",
  });
}

/** One that holds as soon as it may, one that gives more time, and one that is taken back. */
async function announce(sandbox: TestSandbox, { digest }: Catalog, month: string): Promise<void> {
  for (const [place, title] of [
    "Rooms by the quarter hour",
    "Slots of couriers",
    "Kits by weight",
  ].entries()) {
    const reaches = [{ kind: "operation", id: "createQuote", where: "request", level: "breaking" }];
    const where = { side: "new", document: "openapi/partner-api.yaml", pointer: "/paths" };
    const changes = [{ rule: "property-required", message: `${title}.`, place: where, reaches }];
    const difference = { from: digest, to: digest.replace(/.$/u, String(place)), changes };
    const { id } = await post(sandbox, "harbour", "/v1/changes", { title, difference });
    await sandbox.clock.advance("P15D");
    const effectiveAt = place === 1 ? { effectiveAt: "2026-06-25T08:00:00Z" } : {};
    const decision = { outcome: "announced", reason: "Partners agreed.", ...effectiveAt };
    await post(sandbox, "harbour", `/v1/changes/${id}/decision`, decision);
    if (place === 2)
      await post(sandbox, "harbour", `/v1/changes/${id}/withdrawal`, { reason: "Not needed." });
    await sandbox.clock.set(`${month}-20T08:00:00Z`);
  }
}

/** Two that are decided in time, and one that waits too long. */
async function dispute(sandbox: TestSandbox, month: string): Promise<void> {
  for (const [place, outcome] of ["upheld", "rejected", "rejected"].entries()) {
    const request = { deliveryId: `catering-cover-${month}-${place}`, reason: "Half of it arrived cold." };
    const { id } = await post(sandbox, "nordic-apps", "/v1/disputes", request);
    await sandbox.clock.advance(["P3D", "P5D", "P16D"][place] ?? "P1D");
    await post(sandbox, "harbour", `/v1/disputes/${id}/resolution`, {
      outcome,
      reason: "The photos show it.",
    });
  }
}

async function post(sandbox: TestSandbox, party: string, path: string, json: object) {
  // As it goes over the wire: what is undefined isn't there.
  const body = JSON.parse(JSON.stringify(json)) as JsonObject;
  const answered = await answer(await sandbox.as(party)(path, { json: body }));
  // What goes on in the background takes ids too: its end is waited for, so that they are the same each time.
  await sandbox.sandbox.settle();
  return answered;
}

async function answer(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

function clientOf({ url }: TestSandbox, catalog: Catalog): ApiClient {
  const credentials = personaCredentials(catalog, catalog.ecosystem.orchestrator);
  if (credentials === undefined) throw new Error("The orchestrator has no published credentials.");
  const transport = new Transport();
  const tokens = new TokenSource(credentials, catalog, url, transport);
  const notSignedIn = () => new Error("not signed in") as never;
  return new ApiClient({ catalog, baseUrl: url, transport, tokens, notSignedIn });
}

if (import.meta.main) {
  const [file = "dist/record.json"] = process.argv.slice(2);
  await mkdir(dirname(resolve(file)), { recursive: true });
  await writeFile(file, await playedRecord(resolve(import.meta.dirname, "../../specs")));
}
