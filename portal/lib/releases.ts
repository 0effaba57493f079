import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Catalog, RoleDefinition } from "../../specs/engine/catalog/types.ts";
import { type Common, RoleRights, touchedBy } from "../../specs/engine/certification/concerned.ts";
import { checkDefinitions } from "../../specs/engine/certification/definitions.ts";
import { type ChangedThing, checksFor, concerns } from "../../specs/engine/certification/touched.ts";
import {
  graver,
  type Level,
  type SpecChange,
  type SpecDifference,
} from "../../specs/engine/difference/change.ts";
import { isPartOf } from "../../specs/engine/difference/promised-notice.ts";
import { isObject, objects, text, texts } from "./json.ts";
import { type Site, site } from "./site.ts";
import { segment } from "./url.ts";

/** What a release is to the members of a role. */
export interface RoleEffect {
  readonly role: RoleDefinition;
  readonly level: Level;
  /** Names of the companies of the role that the manifest lists. */
  readonly parties: readonly string[];
  readonly things: readonly { readonly kind: string; readonly id: string; readonly level: Level }[];
  /** Ids of the checks that have to be passed again in the parts that the role is certified in. */
  readonly checks: readonly string[];
}

/** A release of the spec set: what changed since the one before, and whom that affects. */
export interface Release {
  readonly version: string;
  /** `2027-01-15` */
  readonly date: string;
  readonly href: string;
  /** Path of its file in the spec set. */
  readonly path: string;
  readonly difference: SpecDifference;
  readonly effects: readonly RoleEffect[];
  /** Ids of the journeys that it touches. */
  readonly journeys: readonly string[];
}

let loaded: Promise<readonly Release[]> | undefined;

/** The releases that lie in `releases/` of the spec set, as `eco specs diff --release` writes them; the newest first. */
export function releases(): Promise<readonly Release[]> {
  loaded ??= site().then(readReleases);
  return loaded;
}

/** @throws Error naming the file that is no release */
export async function readReleases({
  root,
  catalog,
}: Pick<Site, "root" | "catalog">): Promise<readonly Release[]> {
  const names = (await readdir(join(root, "releases")).catch(() => [])).filter((name) =>
    name.endsWith(".json"),
  );
  const found = await Promise.all(
    names.map(async (name) => {
      const path = `releases/${name}`;
      return releaseOf(path, JSON.parse(await readFile(join(root, path), "utf8")), catalog);
    }),
  );
  const inOrder = new Intl.Collator("en", { numeric: true });
  return found.sort((one, other) => inOrder.compare(other.version, one.version));
}

function releaseOf(path: string, value: unknown, catalog: Catalog): Release {
  if (
    !isObject(value) ||
    text(value["version"]) === "" ||
    text(value["date"]) === "" ||
    !isObject(value["difference"])
  )
    throw new Error(`${path} is no release: \`eco specs diff OLD NEW --release\` writes one.`);
  const version = text(value["version"]);
  const difference = value["difference"] as unknown as SpecDifference;
  const { things, common } = touchedBy(difference.changes);
  const rights = new RoleRights(catalog);
  const touched = new Set(
    things.filter(({ change }) => change !== "added").map(({ kind, id }) => `${kind} ${id}`),
  );
  return {
    version,
    date: text(value["date"]),
    href: `/changelog/${segment(version)}/`,
    path,
    difference,
    effects: catalog.ecosystem.roles.flatMap(
      (role) => effectOn(role, { things, common, rights }, catalog) ?? [],
    ),
    journeys: catalog.workflows
      .filter(
        ({ id, operations }) =>
          touched.has(`workflow ${id}`) || operations.some((one) => touched.has(`operation ${one}`)),
      )
      .map(({ id }) => id),
  };
}

interface Reaching {
  readonly things: readonly (ChangedThing & { readonly level: Level })[];
  readonly common: readonly Common[];
  readonly rights: RoleRights;
}

function effectOn(
  role: RoleDefinition,
  { things, common, rights }: Reaching,
  catalog: Catalog,
): RoleEffect | undefined {
  const sets = { from: catalog, to: catalog };
  const agreements = catalog.documents.filter(
    ({ kind, content }) =>
      kind === "agreement" && objects(content["engagedParty"]).some((one) => one["role"] === role.id),
  );
  const cards = catalog.documents.filter(
    (card) => card.kind === "rate-card" && agreements.some((one) => isPartOf(one, card)),
  );
  const traffic = {
    partner: role.id,
    calls: rights.calls(role.id),
    implements: rights.implemented(role.id),
    receives: catalog.messages.map(({ id }) => id),
    documents: [...agreements, ...cards].map(({ content }) => text(content["id"])),
  };
  const parts = partsOf(role.id, catalog);
  const own = things.filter((thing) =>
    thing.kind === "check" ? parts.includes(thing.id.split(".")[0] ?? "") : concerns(thing, traffic, sets),
  );
  const all = [...own.map(({ kind, id, level }) => ({ kind, id, level })), ...common];
  if (all.length === 0) return undefined;
  return {
    role,
    level: all.reduce<Level>((gravest, { level }) => graver(gravest, level), "text"),
    parties: catalog.ecosystem.parties.filter((one) => one.role === role.id).map(({ name }) => name),
    things: all,
    checks: checksFor(
      own,
      sets,
      checkDefinitions(catalog).filter(({ part }) => parts.includes(part)),
    ),
  };
}

/** The parts in which members of a role have to be certified. */
function partsOf(role: string, { ecosystem }: Catalog): readonly string[] {
  const participation = ecosystem.content["participation"];
  const certification = isObject(participation) ? participation["certification"] : undefined;
  const levels = isObject(certification) ? objects(certification["levels"]) : [];
  return levels.filter((one) => one["role"] === role).flatMap((one) => texts(one["parts"]));
}

/** The changes of a release that reach what a role uses; all of them without a role. */
export function changesFor({ difference, effects }: Release, role?: string): readonly SpecChange[] {
  if (role === undefined) return difference.changes;
  const own = effects.find((one) => one.role.id === role)?.things ?? [];
  const keys = new Set(own.map(({ kind, id }) => `${kind} ${id}`));
  return difference.changes.filter(({ reaches }) =>
    reaches.some(({ kind, id }) => keys.has(`${kind} ${id}`)),
  );
}

/** `2 breaking, 31 compatible` */
export function countsInWords(changes: readonly Pick<SpecChange, "level">[]): string {
  const counts = Map.groupBy(changes, ({ level }) => level);
  return (["breaking", "possibly-breaking", "compatible", "text"] as const)
    .flatMap((level) => {
      const count = counts.get(level)?.length ?? 0;
      return count === 0 ? [] : [`${count} ${level === "text" ? "only text" : level.replace("-", " ")}`];
    })
    .join(", ");
}
