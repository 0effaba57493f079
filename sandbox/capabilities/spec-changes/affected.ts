import { messageByType } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { RoleRights, type Touched, touchedBy } from "../../../specs/engine/certification/concerned.ts";
import { checkDefinitions } from "../../../specs/engine/certification/definitions.ts";
import type { Part } from "../../../specs/engine/certification/model.ts";
import {
  type ChangedThing,
  checksFor,
  concerns,
  type PartnerTraffic,
} from "../../../specs/engine/certification/touched.ts";
import { LEVELS, type SpecChange } from "../../../specs/engine/difference/change.ts";
import { isPartOf } from "../../../specs/engine/difference/promised-notice.ts";
import { ENDPOINTS, type WebhookEndpoint } from "../../events/endpoint.ts";
import type { DecisionContext } from "../capability.ts";
import type { CertificationRecord } from "../certifications/records.ts";
import { everyRecord } from "../page.ts";
import { currentAgreements, engages } from "../parties/agreement-documents.ts";
import { acceptancesOf } from "../parties/agreements.ts";
import { collections, type PartyRecord, partyKey } from "../records.ts";
import { dayOf } from "../time.ts";
import type { Because, EffectRecord } from "./records.ts";

/** How many reasons are kept of a party; the gravest are. */
const REASONS_KEPT = 25;

/** What a party uses: told by the orchestrator, or else what the sandbox knows of its rights and agreements. */
interface Use {
  readonly traffic: PartnerTraffic;
  readonly told: boolean;
  /** Parts of its certifications that count, or are asked for. */
  readonly certified: readonly Part[];
}

/**
 * The parties that changes affect, each with why. Whom the orchestrator's own traffic names is affected by what it uses
 * there; everybody else by what it may call, what is sent to it, and what it agreed to.
 */
export async function effectsOf(
  changeId: string,
  changes: readonly SpecChange[],
  traffic: readonly PartnerTraffic[],
  context: DecisionContext,
): Promise<EffectRecord[]> {
  const { read, catalog } = context;
  const touched = touchedBy(changes);
  const told = new Map(traffic.map((one) => [one.partner, one]));
  const known = new RoleRights(catalog);
  const effects: EffectRecord[] = [];
  for await (const { value: party } of everyRecord<PartyRecord>(read, collections.parties)) {
    if (party.status === "exited" || party.id === catalog.ecosystem.orchestrator) continue;
    const use = await useOf(party, told.get(party.id), known, touched, context);
    const effect = effectOf({ changeId, party: party.id }, touched, use, catalog);
    if (effect !== undefined) effects.push(effect);
  }
  return effects;
}

function effectOf(
  of: Pick<EffectRecord, "changeId" | "party">,
  { things, common }: Touched,
  use: Use,
  catalog: Catalog,
): EffectRecord | undefined {
  const sets = { from: catalog, to: catalog };
  const own = things.filter((thing) =>
    thing.kind === "check"
      ? thing.change !== "removed" && use.certified.includes(thing.id.split(".")[0] as Part)
      : concerns(thing, use.traffic, sets),
  );
  const because = [
    ...own.map((thing) => becauseOf(thing, use)),
    ...common.map((one) => ({ ...one, how: "takes-part" })),
  ].sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
  const [gravest] = because;
  if (gravest === undefined) return undefined;
  const definitions = checkDefinitions(catalog).filter(({ part }) => use.certified.includes(part));
  return {
    ...of,
    level: gravest.level,
    because: because.slice(0, REASONS_KEPT),
    reasons: because.length,
    checks: checksFor(own, sets, definitions),
  };
}

function becauseOf({ kind, id, level }: Touched["things"][number], { traffic, told }: Use): Because {
  const how = {
    operation: traffic.implements.includes(id) ? "implements" : told ? "calls" : "may-call",
    workflow: told ? "calls" : "may-call",
    message: told ? "receives" : "subscribed",
    agreement: told ? "rated-by" : "agreed",
    "rate-card": told ? "rated-by" : "agreed",
    check: "certified",
  }[kind];
  return { kind, id, level, how };
}

async function useOf(
  party: PartyRecord,
  told: PartnerTraffic | undefined,
  rights: RoleRights,
  { things }: Touched,
  context: DecisionContext,
): Promise<Use> {
  const certified = await certifiedParts(party.id, context);
  if (told !== undefined) return { traffic: told, told: true, certified };
  const touches = (...kinds: ChangedThing["kind"][]): boolean =>
    things.some(({ kind }) => kinds.includes(kind));
  const traffic: PartnerTraffic = {
    partner: party.id,
    calls: rights.calls(party.role),
    implements: rights.implemented(party.role),
    receives: touches("message") ? await received(party.id, things, context) : [],
    documents: touches("agreement", "rate-card") ? await agreedTo(party, context) : [],
  };
  return { traffic, told: false, certified };
}

async function certifiedParts(party: string, { read }: DecisionContext): Promise<Part[]> {
  const parts = new Set<Part>();
  const all = everyRecord<CertificationRecord>(read, collections.certifications, partyKey(party));
  for await (const { value } of all)
    if (value.status === "issued" || value.status === "suspended" || value.status === "submitted")
      for (const part of value.parts) parts.add(part as Part);
  return [...parts];
}

/** Ids of the messages that its endpoints take, and of those that it was sent before. */
async function received(
  party: string,
  things: readonly ChangedThing[],
  { read, catalog }: DecisionContext,
): Promise<string[]> {
  const ids = new Set<string>();
  for await (const { value } of everyRecord<WebhookEndpoint>(read, ENDPOINTS, partyKey(party))) {
    if (value.ended !== undefined) continue;
    const all = value.types.length === 0;
    for (const message of catalog.messages)
      if (all || value.types.includes(message.type)) ids.add(message.id);
  }
  const others = things.filter(({ kind, id }) => kind === "message" && !ids.has(id));
  for (const { id } of others) {
    const message = catalog.messages.find((one) => one.id === id);
    if (message === undefined || messageByType(catalog, message.type)?.id !== id) continue;
    const [sent] = await read.events({ party, type: message.type, limit: 1 });
    if (sent !== undefined) ids.add(id);
  }
  return [...ids];
}

/** Ids of the agreements that bind it, and of the rate cards that these name. */
async function agreedTo(party: PartyRecord, context: DecisionContext): Promise<string[]> {
  const { catalog, now } = context;
  const accepted = await acceptancesOf(party.id, context);
  const agreements = currentAgreements(catalog, dayOf(now, catalog.ecosystem.timeZone)).filter(
    (agreement) =>
      (party.status === "stand-in" && engages(agreement, party.role, party.id)) ||
      accepted.some(({ agreementId }) => agreementId === agreement.id),
  );
  const cards = catalog.documents.filter(
    (card) => card.kind === "rate-card" && agreements.some(({ document }) => isPartOf(document, card)),
  );
  return [...agreements.map(({ id }) => id), ...cards.map(({ content }) => String(content["id"]))];
}
