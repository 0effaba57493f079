import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { RecordWrite } from "../store/store.ts";
import type { Seed } from "./capability.ts";
import { personasOf } from "./manifest.ts";
import { clientWrite } from "./parties/client-records.ts";
import { partyWrite, standInRecord } from "./parties/records.ts";

/** What an empty sandbox starts with: the manifest's parties, played by the sandbox, and their published credentials. */
export async function seedRecords(catalog: Catalog, now: string): Promise<Seed> {
  const parties: RecordWrite[] = catalog.ecosystem.parties.map((definition) =>
    partyWrite(standInRecord(definition, now), 0),
  );
  const clients = personasOf(catalog).map((persona) => clientWrite(persona.party, persona, now));
  return { writes: [...parties, ...clients] };
}
