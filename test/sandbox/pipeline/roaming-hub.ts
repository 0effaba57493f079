import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { parse, stringify } from "yaml";
import { startSandbox, type TestSandbox } from "../../../sandbox/testing/index.ts";

const fixture = join(import.meta.dirname, "../../fixtures/ecosystems/roaming-charging");

export interface HubDocument {
  paths: Record<string, Record<string, { responses: Record<string, unknown>; [member: string]: unknown }>>;
  components: { securitySchemes: Record<string, unknown> };
}

/** A sandbox of the roaming hub, with its OpenAPI document changed. Closed at the end of the test. */
export async function openHub(change: (document: HubDocument) => void): Promise<TestSandbox> {
  const specs = await mkdtemp(join(tmpdir(), "eco-hub-"));
  onTestFinished(() => rm(specs, { recursive: true }));
  await cp(fixture, specs, { recursive: true });
  await rm(join(specs, "arazzo.yaml"));
  const document = parse(await readFile(join(specs, "openapi.yaml"), "utf8")) as HubDocument;
  change(document);
  await writeFile(join(specs, "openapi.yaml"), stringify(document, { aliasDuplicateObjects: false }));
  const sandbox = await startSandbox({ specs, host: "none", now: "2025-03-12T08:00:00Z" });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A charging session that voltport reports, on drivemile's account. */
export const record = (id: string) => ({
  id,
  tariff_id: "dc-fast",
  start_date_time: "2025-03-11T17:05:00Z",
  end_date_time: "2025-03-11T17:38:00Z",
  total_energy: 42.5,
  cdr_token: { party_id: "drivemile" },
  cdr_location: { party_id: "voltport" },
});
