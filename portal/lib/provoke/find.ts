import { capabilities, seedRecords, standingRecords } from "../../../sandbox/capabilities/index.ts";
import { openSandbox } from "../../../sandbox/pipeline/open-sandbox.ts";
import { MemoryStore } from "../../../sandbox/store/memory/memory.ts";
import { validatorsOf } from "../../../specs/engine/catalog/schemas/schema-validator.ts";
import { type ErrorCode, errorCodes, errorDefinition } from "../../../specs/engine/errors/index.ts";
import { catalogForPages } from "../page-catalog.ts";
import type { Site } from "../site.ts";
import { Attempt } from "./attempt.ts";
import type { Provocation } from "./provocation.ts";
import { Stage } from "./stage.ts";
import { type Ways, waysTo } from "./ways.ts";

/** How many ways are tried before a code counts as one that these specs don't lead to: a build has to end. */
const MOST_TRIES = 24;

/** For each error code the first way that leads to it with these specs, tried in a sandbox. */
export async function findProvocations(site: Site): Promise<ReadonlyMap<string, Provocation>> {
  const catalog = catalogForPages(site.catalog);
  const validators = validatorsOf(site.catalog);
  const found = new Map<string, Provocation>();
  for (const code of errorCodes) {
    if (errorDefinition(code)?.status === undefined) continue;
    const ways = waysTo(code, site);
    const provocation = ways === undefined ? undefined : await firstThatLeads(code, ways);
    if (provocation !== undefined) found.set(code, provocation);
  }
  return found;

  async function firstThatLeads(
    code: ErrorCode,
    { rateLimit, tries }: Ways,
  ): Promise<Provocation | undefined> {
    const limited = rateLimit === undefined ? {} : { rateLimit };
    for (const attempt of tries.slice(0, MOST_TRIES)) {
      const parts = {
        catalog,
        validators,
        store: new MemoryStore(),
        capabilities,
        seedRecords,
        standingRecords,
      };
      const stage = await Stage.open((settings) => openSandbox(parts, settings), limited);
      const trial = new Attempt(site, stage);
      // What can't be written, or has nothing to work on, is no way.
      await attempt(trial).catch(() => {});
      await stage.sandbox.close();
      if (trial.code === code) return { code, ...limited, steps: trial.steps };
    }
    return undefined;
  }
}

let found:
  | { readonly site: Site; readonly provocations: Promise<ReadonlyMap<string, Provocation>> }
  | undefined;

/** Found once for the whole portal. */
export function provocationsOf(site: Site): Promise<ReadonlyMap<string, Provocation>> {
  if (found?.site !== site) found = { site, provocations: findProvocations(site) };
  return found.provocations;
}
