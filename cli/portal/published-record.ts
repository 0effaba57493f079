import { measureKind } from "../../specs/engine/catalog/measures.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { objectsOf, textOf, textsOf } from "../../specs/engine/catalog/untyped.ts";
import { sealed } from "../../specs/engine/published-record/read.ts";
import type {
  PublishedCertification,
  PublishedIssuer,
  PublishedPartner,
  PublishedRecord,
  PublishedScorecard,
  WholeFigure,
} from "../../specs/engine/published-record/record.ts";
import type { ApiClient, Fields } from "../http/api-client.ts";
import { listAt, textAt } from "../views/fields.ts";
import { publishedChanges } from "./published-changes.ts";

interface RecordOptions {
  readonly client: ApiClient;
  readonly catalog: Catalog;
  /** How many months the scorecards go back, besides the window that ends now. */
  readonly months: number;
  /** Now, where nothing that is asked tells its own time. */
  readonly now: string;
  /** How many of the scorecards' months have come. */
  readonly onMonth?: (done: number, of: number) => void;
}

/**
 * Takes the published record from an API by the orchestrator's rights: field by field what may be public, and nothing
 * because it happens to be in an answer. What the spec set binds no operation to is left out.
 */
export async function takeRecord(options: RecordOptions): Promise<PublishedRecord> {
  const { client, catalog, months } = options;
  const certifications = await publishedCertifications(client);
  const partners = await publishedPartners(client, catalog, certifications);
  const issuer = await publishedIssuer(client, catalog);
  const ids = partners.map(({ id }) => id);
  const latest = await scorecardOf(client, catalog, ids);
  const recordedAt = latest?.computedAt ?? issuer?.listedAt ?? options.now;
  const spans = months > 0 && latest !== undefined ? monthsUntil(recordedAt, months, catalog) : [];
  const monthly: PublishedScorecard[] = [];
  for (const [done, period] of spans.entries()) {
    options.onMonth?.(done, spans.length);
    const month = await scorecardOf(client, catalog, ids, period);
    if (month !== undefined) monthly.push(month.scorecard);
  }
  const changes = await publishedChanges(client);
  return sealed({
    format: "eco-record",
    version: 1,
    ecosystem: catalog.ecosystem.id,
    title: catalog.ecosystem.title,
    recordedAt,
    catalogDigest: catalog.digest,
    partners: partners.map((partner) => ({ ...partner, ...tierOf(latest?.tiers.get(partner.id)) })),
    ...(issuer === undefined ? {} : { issuer: issuer.issuer }),
    certifications,
    scorecards: [...fromFirstMeasured(monthly), ...(latest === undefined ? [] : [latest.scorecard])],
    ...(changes === undefined ? {} : { changes }),
  });
}

const tierOf = (tier: string | undefined): { tier?: string } => (tier === undefined ? {} : { tier });

/** Months before anything happened tell nothing. */
function fromFirstMeasured(months: readonly PublishedScorecard[]): readonly PublishedScorecard[] {
  const first = months.findIndex(({ whole }) => Object.values(whole).some(({ samples = 0 }) => samples > 0));
  return first === -1 ? [] : months.slice(first);
}

const STANDING: readonly string[] = ["issued", "suspended", "revoked", "lapsed"];

/** Of what is asked for or was refused nobody is told; reasons, reviewers and who submitted stay inside. */
async function publishedCertifications(client: ApiClient): Promise<PublishedCertification[]> {
  if (!client.has("certifications.list")) return [];
  const found: PublishedCertification[] = [];
  for await (const one of client.list("certifications.list")) {
    if (!STANDING.includes(textAt(one, "status")) || textAt(one, "issuedAt") === "") continue;
    found.push({
      id: textAt(one, "id"),
      party: textAt(one, "party"),
      level: textAt(one, "level"),
      parts: textsOf(one["parts"]),
      status: textAt(one, "status") as PublishedCertification["status"],
      issuedAt: textAt(one, "issuedAt"),
      ...present(one, ["expiresAt", "build", "certificate"]),
    });
  }
  return found;
}

/** Who has to be certified or is, and the orchestrator. Customers, and who only watches, are nobody's partners to look up. */
async function publishedPartners(
  client: ApiClient,
  { ecosystem }: Catalog,
  certifications: readonly PublishedCertification[],
): Promise<PublishedPartner[]> {
  if (!client.has("parties.list")) return [];
  const { participation } = ecosystem.content;
  const certification = isPlainObject(participation) ? participation["certification"] : undefined;
  const rules = isPlainObject(certification) ? objectsOf(certification["levels"]) : [];
  const roles = new Set(rules.map(({ role }) => textOf(role)));
  const holders = new Set(certifications.map(({ party }) => party));
  const found: PublishedPartner[] = [];
  for await (const one of client.list("parties.list")) {
    const [id, role, status] = [textAt(one, "id"), textAt(one, "role"), textAt(one, "status")];
    const isShown = roles.has(role) || holders.has(id) || id === ecosystem.orchestrator;
    // An application that isn't finished is nobody's business yet.
    if (!isShown || status === "applied") continue;
    const since = status === "stand-in" ? "" : textAt(one, "createdAt");
    found.push({ id, name: textAt(one, "name") || id, role, status, ...(since === "" ? {} : { since }) });
  }
  return found;
}

const KEY_FIELDS = ["kty", "crv", "x", "y", "kid", "alg", "use", "n", "e"];

async function publishedIssuer(
  client: ApiClient,
  { ecosystem }: Catalog,
): Promise<{ readonly issuer: PublishedIssuer; readonly listedAt: string | undefined } | undefined> {
  if (!client.has("certifications.keys")) return undefined;
  const keys = listAt((await client.call("certifications.keys")).result, "keys").map((key) =>
    present(key, KEY_FIELDS),
  );
  if (keys.length === 0) return undefined;
  const issuer = { party: ecosystem.orchestrator, keys };
  if (!client.has("certifications.status-list")) return { issuer, listedAt: undefined };
  const { result } = await client.call("certifications.status-list");
  const listedAt = textAt(result, "issuedAt");
  return {
    issuer: { ...issuer, statusList: textAt(result, "statusList") },
    listedAt: listedAt === "" ? undefined : listedAt,
  };
}

interface Taken {
  readonly scorecard: PublishedScorecard;
  readonly computedAt: string | undefined;
  /** By party. */
  readonly tiers: ReadonlyMap<string, string>;
}

async function scorecardOf(
  client: ApiClient,
  catalog: Catalog,
  parties: readonly string[],
  period?: string,
): Promise<Taken | undefined> {
  if (!client.has("scorecards.get")) return undefined;
  let first: Fields | undefined;
  const own: Record<string, Record<string, WholeFigure>> = {};
  const tiers = new Map<string, string>();
  for await (const result of scorecardsOf(client, parties, period === undefined ? {} : { period })) {
    const partyId = textAt(result, "party");
    if (!parties.includes(partyId)) continue;
    first ??= result;
    const tier = textAt(result, "tier");
    if (tier !== "") tiers.set(partyId, tier);
    own[partyId] = figuresOf(result, "own", ["value", "met", "reason"]);
  }
  if (first === undefined) return undefined;
  const money = metricsOfMoney(catalog);
  const whole = Object.fromEntries(
    Object.entries(figuresOf(first, "ecosystem", ["value", "met", "reason", "samples", "part", "of"])).map(
      ([metric, { part, of, ...figure }]) => [
        metric,
        part === undefined || of === undefined || money.has(metric) ? figure : { ...figure, part, of },
      ],
    ),
  );
  const computedAt = textAt(first, "computedAt");
  return {
    scorecard: { ...present(first, ["period", "from", "until"]), whole, parties: own },
    computedAt: computedAt === "" ? undefined : computedAt,
    tiers,
  };
}

/** All at once where the API has them so: each scorecard that is asked for alone reads all records anew. */
async function* scorecardsOf(
  client: ApiClient,
  parties: readonly string[],
  period: { readonly period?: string },
): AsyncGenerator<Fields> {
  if (client.has("scorecards.list")) yield* client.list("scorecards.list", period);
  else
    for (const partyId of parties)
      yield { party: partyId, ...(await client.call("scorecards.get", { partyId, ...period })).result };
}

/** What they sum is charged, so only their ratio is public. */
function metricsOfMoney({ documents }: Catalog): ReadonlySet<string> {
  const metrics = documents.flatMap(({ content }) => objectsOf(content["metrics"]));
  const ids = metrics.filter(({ measure }) => {
    const kind = isPlainObject(measure) ? measureKind(textOf(measure["kind"])) : undefined;
    return kind?.ofMoney === true;
  });
  return new Set(ids.map(({ id }) => textOf(id)));
}

function figuresOf(
  scorecard: Fields,
  whose: "own" | "ecosystem",
  fields: readonly (keyof WholeFigure)[],
): Record<string, WholeFigure> {
  const figures = listAt(scorecard, "metrics").flatMap((metric): [string, WholeFigure][] => {
    const figure = metric[whose];
    if (!isPlainObject(figure)) return [];
    const kept = fields.flatMap((field) => (figure[field] === undefined ? [] : [[field, figure[field]]]));
    // "Not enough data: 2 of at least 3" tells a company's volume.
    const told = whose === "own" ? kept.filter(([field]) => field !== "reason") : kept;
    return [[textAt(metric, "id"), Object.fromEntries(told) as WholeFigure]];
  });
  return Object.fromEntries(figures);
}

/** Texts that an answer has, under the same names. */
const present = (fields: Fields, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const text = textAt(fields, name);
      return text === "" ? [] : [[name, text]];
    }),
  );

/** The months that end with the one of an instant, by the ecosystem's clocks. */
function monthsUntil(instant: string, count: number, { ecosystem }: Catalog): string[] {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: ecosystem.timeZone,
    year: "numeric",
    month: "2-digit",
  });
  const [year = 0, month = 1] = parts.format(new Date(instant)).split("-").map(Number);
  return Array.from({ length: count }, (_, place) => {
    const at = year * 12 + (month - 1) - (count - 1 - place);
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
  });
}
