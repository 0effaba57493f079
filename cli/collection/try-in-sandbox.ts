import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { type Trial, tryOut } from "../../specs/engine/collection/trial.ts";
import type { Collection } from "../../specs/engine/collection/types.ts";
import { personas } from "../http/credentials.ts";

/**
 * Sends the requests of a collection to a fresh sandbox in this process, which sends nothing on to anybody.
 * @param party with whose published credentials; without one, with those of the orchestrator
 */
export async function tryInSandbox(
  catalog: Catalog,
  collection: Collection,
  party: string | undefined,
): Promise<Trial> {
  const { createSandbox } = await import("../../sandbox/index.ts");
  const persona = personas(catalog).find((one) => one.party === (party ?? catalog.ecosystem.orchestrator));
  const secrets = Object.fromEntries(
    collection.secrets.map((name) => [
      name,
      name === "clientId"
        ? (persona?.clientId ?? name)
        : name === "clientSecret"
          ? (persona?.clientSecret ?? name)
          : name,
    ]),
  );
  const sandbox = await createSandbox({
    catalog,
    sender: async () => ({ kind: "failed", error: "nothing is sent in a trial" }),
  });
  try {
    return await tryOut(collection, secrets, (request) => sandbox.fetch(request));
  } finally {
    await sandbox.close();
  }
}
