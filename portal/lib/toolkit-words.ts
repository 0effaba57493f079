import { join } from "node:path";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { firstDelivery, shortestJourney } from "./first-steps.ts";
import { type Json, object, objects, text } from "./json.ts";
import { metricsOf } from "./outcomes.ts";
import { createSite, type Site, site } from "./site.ts";

/** How the toolkit's own texts speak in this portal. */
export interface ToolkitWords {
  /** A command, or a line about one. */
  line(text: string): string;
  /** A guide: what stands in code marks, and its parts that are about the reference ecosystem alone. */
  markdown(text: string): string;
}

let known: Promise<ToolkitWords> | undefined;

/**
 * The examples of the toolkit's commands and guides are written in the names of the ecosystem that comes with it. A portal
 * of other specs says them in its own: a party stands for a party, a product for a product, an operation for the one that
 * means the same. Names that its specs have too stay; a kind of thing that they have none of is said in capitals (`PRODUCT`).
 */
export function toolkitWords(): Promise<ToolkitWords> {
  known ??= load();
  return known;
}

async function load(): Promise<ToolkitWords> {
  const here = await site();
  const root = join(process.env["ECO_ROOT"] ?? ".", "specs");
  const there = createSite(root, (await loadCatalog(root)).catalog);
  return wordsFor(there, here);
}

/** @param there the ecosystem that the texts were written for */
export function wordsFor(there: Site, here: Site): ToolkitWords {
  const line = translator(counterparts(there, here));
  const isReference = there.catalog.ecosystem.id === here.catalog.ecosystem.id;
  return {
    line,
    markdown: (source) =>
      chosen(source, isReference)
        // Every second part is code.
        .split(CODE)
        .map((part, index) => (index % 2 === 1 ? line(part) : part))
        .join(""),
  };
}

/** The one role whose name is the same everywhere. */
const ORCHESTRATOR = "orchestrator";

const CODE = /(```[\s\S]*?```|`[^`\n]+`)/u;

/** `<!-- reference -->` begins what only the reference ecosystem's readers see, up to `<!-- elsewhere … -->`, which holds what all others read. */
const PARTS = /<!-- reference -->\n([\s\S]*?)<!-- elsewhere\n([\s\S]*?)-->\n/gu;

const chosen = (source: string, isReference: boolean): string =>
  source.replace(PARTS, (_, reference: string, elsewhere: string) => (isReference ? reference : elsewhere));

/** A plain word such as `parking` may mean itself: it is taken for a name only as the value of its own flag, `--product`. */
const isDistinct = (name: string): boolean => /[^a-z]/u.test(name);

function translator(names: ReadonlyMap<string, Counterpart>): (text: string) => string {
  if (names.size === 0) return (text) => text;
  const byLength = [...names.keys()].sort((a, b) => b.length - a.length);
  const escaped = byLength.map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
  const pattern = new RegExp(`(--([a-z-]+)(?: |", "))?(?<![\\w-])(${escaped.join("|")})(?![\\w-])`, "gu");
  return (text) =>
    text.replace(pattern, (whole, before = "", flag = "", name = "") => {
      const found = names.get(name);
      if (found === undefined || (found.onlyAfter !== undefined && found.onlyAfter !== flag)) return whole;
      return `${before}${found.name}`;
    });
}

interface Counterpart {
  readonly name: string;
  /** The flag as whose value alone it is meant. */
  readonly onlyAfter: string | undefined;
}

function counterparts(there: Site, here: Site): ReadonlyMap<string, Counterpart> {
  const found = new Map<string, Counterpart>();
  for (const [kind, names] of Object.entries(namesOf(there))) {
    const ours = namesOf(here)[kind as Kind];
    const isParty = kind === "party";
    names.forEach(({ name, means }, index) => {
      if (ours.some((one) => one.name === name) || found.has(name)) return;
      const like = means === undefined ? undefined : ours.find((one) => one.means === means);
      const other = like ?? ours[Math.min(index, ours.length - 1)];
      const onlyAfter = isParty || (isDistinct(name) && kind !== "tag") ? undefined : kind;
      found.set(name, { name: other?.name ?? kind.toUpperCase(), onlyAfter });
    });
  }
  return found;
}

/** A name, and what makes that of another ecosystem its counterpart; where nothing does, its place in the list. */
interface Name {
  readonly name: string;
  readonly means?: string | undefined;
}

type Kind = keyof ReturnType<typeof namesOf>;

function namesOf(portal: Site) {
  const { ofKind, operations, journeys, tags } = portal;
  const certification = (key: string): readonly Json[] =>
    ofKind("certification").flatMap(({ content }) => objects(content[key]));
  const named = (nodes: readonly Json[], means?: (node: Json) => string): readonly Name[] =>
    nodes.map((node) => ({ name: text(node["id"]), means: means?.(node) }));
  const entries = ofKind("rate-card").flatMap(({ content }) => objects(content["entries"]));
  const product = firstDelivery(portal)?.delivery.product;
  const first = entries.find((entry) => entry["product"] === product) ?? entries[0];
  const shortest = shortestJourney(portal);
  return {
    ...peopleOf(portal),
    product: inFront(first, entries).map(
      (entry): Name => ({ name: text(entry["product"]), means: "product" }),
    ),
    measure: inFront(first, entries).flatMap((entry) =>
      Object.keys(object(entry["measures"])).map((name, place): Name => ({ name, means: String(place) })),
    ),
    operation: [...operations.values()].map(
      ({ operation }): Name => ({ name: operation.id, means: operation.capability?.name }),
    ),
    journey: inFront(shortest, journeys).map(
      ({ workflow }): Name => ({ name: workflow.id, means: "journey" }),
    ),
    tag: tags.map((tag): Name => ({ name: tag.name, means: tag.operations[0]?.operation.capability?.name })),
    level: named(certification("levels")),
    check: named(certification("checks"), ({ severity }) => text(severity)),
    metric: named(metricsOf(portal), ({ measure }) => text(object(measure)["kind"])),
  };
}

const inFront = <T>(first: T | undefined, all: readonly T[]): readonly T[] =>
  first === undefined ? all : [first, ...all.filter((one) => one !== first)];

/** Who is who in the examples: the orchestrator, who has the role of their customer, and everybody else. */
function peopleOf(portal: Site) {
  const { ecosystem } = portal.catalog;
  const first = firstDelivery(portal);
  const [one, two] = ecosystem.parties.filter(({ id }) => id !== ecosystem.orchestrator);
  const provider = ecosystem.parties.find(({ id }) => id === first?.profile) ?? one;
  const customer = ecosystem.parties.find(({ id }) => id === first?.delivery.customer) ?? two;
  const standing = (id: string, role: string): string => {
    if (id === ecosystem.orchestrator) return "orchestrator";
    return role === customer?.role && id !== provider?.id ? "customer" : "partner";
  };
  const roles = ecosystem.roles.map(({ id }) => id).filter((id) => id !== ORCHESTRATOR);
  const parties = inFront(provider, ecosystem.parties);
  const personas = objects(object(ecosystem.content["testData"])["personas"]);
  const credential = (key: string): readonly Name[] =>
    parties.flatMap(({ id, role }) => {
      const value = text(personas.find(({ party }) => party === id)?.[key]);
      return value === "" ? [] : [{ name: value, means: standing(id, role) }];
    });
  return {
    party: parties.map(({ id, role }): Name => ({ name: id, means: standing(id, role) })),
    "client-id": credential("clientId"),
    "client-secret": credential("clientSecret"),
    role: inFront(provider?.role, roles).map((name): Name => ({ name })),
  };
}
