import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { type Harbour, openHarbour, type Settings } from "./harbour.ts";

/** The campus with an agreement more: between it and one member, with the commercial terms of a test. Folder of its specs. */
export async function studioSpecs(folder: string, commercial: JsonObject): Promise<string> {
  const specs = new URL("../../../specs/", import.meta.url).pathname;
  const engine = join(specs, "engine");
  await cp(specs, folder, { recursive: true, filter: (source) => !source.startsWith(engine) });
  const agreement = {
    ecoVersion: "1",
    kind: "agreement",
    id: "studio",
    version: "1.0.0",
    title: "Studio",
    status: "in-force",
    engagedParty: [
      { role: "orchestrator", id: "harbour" },
      { role: "customer", id: "studio-oy" },
    ],
    validFor: { start: "2025-01-01" },
    terms: { commercial: { rateCards: [{ id: "desk-day" }, { id: "express-leg" }], ...commercial } },
  };
  await writeFile(join(folder, "agreements/studio.yaml"), stringify(agreement));
  return folder;
}

export async function openStudio(commercial: JsonObject, settings: Settings = {}): Promise<Harbour> {
  const folder = await mkdtemp(join(tmpdir(), "eco-studio-"));
  try {
    const { catalog, findings } = await loadCatalog(await studioSpecs(folder, commercial), {
      cacheDir: false,
    });
    const errors = findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0) throw new Error(`the agreement has errors: ${JSON.stringify(errors)}`);
    return await openHarbour({ catalog, ...settings });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
