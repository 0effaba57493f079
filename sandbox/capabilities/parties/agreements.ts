import type { JsonObject } from "../../store/store.ts";
import { isOrchestrator, roleSeesAll } from "../access.ts";
import type { Capability, DecisionContext, DomainEvent } from "../capability.ts";
import {
  answer,
  define,
  notFound,
  optional,
  optionalText,
  pageFields,
  refuse,
  required,
  text,
} from "../define.ts";
import { everyRecord, pageOf, readCursor, readLimit } from "../page.ts";
import { type AcceptanceRecord, collections, type PartyRecord, partyKey } from "../records.ts";
import { dayOf } from "../time.ts";
import {
  type AgreementDocument,
  agreementStatus,
  currentAgreements,
  engages,
  requiredAgreements,
} from "./agreement-documents.ts";
import { partyEvent } from "./parties.ts";
import { findParty, partyWrite } from "./records.ts";

const today = ({ now, catalog }: DecisionContext): string => dayOf(now, catalog.ecosystem.timeZone);

/** What a party has accepted, newest last. */
export async function acceptancesOf(party: string, context: DecisionContext): Promise<AcceptanceRecord[]> {
  const found: AcceptanceRecord[] = [];
  const records = everyRecord<AcceptanceRecord>(context.read, collections.acceptances, partyKey(party));
  for await (const record of records) found.push(record.value);
  return found;
}

const sameDocument = (acceptance: AcceptanceRecord, agreement: AgreementDocument): boolean =>
  acceptance.agreementId === agreement.id && acceptance.version === agreement.version;

/** The agreements of a party's role that it has still to accept. */
export function openAgreements(
  party: PartyRecord,
  accepted: readonly AcceptanceRecord[],
  context: DecisionContext,
): AgreementDocument[] {
  return requiredAgreements(context.catalog, party.role, party.id, today(context)).filter(
    (agreement) => !accepted.some((acceptance) => sameDocument(acceptance, agreement)),
  );
}

function viewAgreement(
  agreement: AgreementDocument,
  accepted: readonly AcceptanceRecord[],
  context: DecisionContext,
): JsonObject {
  const acceptance = accepted.find((each) => sameDocument(each, agreement));
  const { start, end } = agreement;
  return {
    id: agreement.id,
    version: agreement.version,
    digest: agreement.digest,
    title: agreement.title,
    status: agreementStatus(agreement, today(context)),
    roles: [...new Set(agreement.engaged.map((party) => party.role).filter((role) => role !== ""))],
    ...(start === undefined ? {} : { validFor: { start, ...(end === undefined ? {} : { end }) } }),
    ...(acceptance === undefined ? {} : { acceptedAt: acceptance.acceptedAt }),
  };
}

/** The agreements that a caller may read: of its role, its own, and those that it accepted once. */
function readable(accepted: readonly AcceptanceRecord[], context: DecisionContext): AgreementDocument[] {
  const { caller, catalog } = context;
  const all = currentAgreements(catalog, today(context));
  if (caller === undefined) return [];
  if (roleSeesAll(caller.role) || isOrchestrator(catalog, caller)) return all;
  return all.filter(
    (agreement) =>
      engages(agreement, caller.role, caller.party) ||
      accepted.some((acceptance) => acceptance.agreementId === agreement.id),
  );
}

const list = define({
  name: "agreements.list",
  summary: "The agreements of the caller's role, and those that it has accepted.",
  input: pageFields,
  async decide(input, context) {
    const after = readCursor({ input, context });
    if (typeof after !== "number") return after;
    const accepted = await acceptancesOf(context.caller?.party ?? "", context);
    const limit = readLimit(input);
    const found = readable(accepted, context)
      .map((agreement, index) => ({ agreement, sequence: index + 1 }))
      .filter(({ sequence }) => sequence > after)
      .slice(0, limit + 1);
    return pageOf({ input, context }, found, limit, ({ agreement }) =>
      viewAgreement(agreement, accepted, context),
    );
  },
});

async function findAgreement(id: string, context: DecisionContext) {
  const accepted = await acceptancesOf(context.caller?.party ?? "", context);
  const agreement = readable(accepted, context).find((each) => each.id === id);
  return { agreement, accepted };
}

const get = define({
  name: "agreements.get",
  summary: "An agreement with its whole document and the digest that an acceptance cites.",
  input: { agreementId: required("text", "The agreement.") },
  async decide(input, context) {
    const id = text(input, "agreementId");
    const { agreement, accepted } = await findAgreement(id, context);
    if (agreement === undefined) return notFound("agreement", id);
    // Documents of the catalogue are plain JSON.
    const document = agreement.document.content as JsonObject;
    return answer({ ...viewAgreement(agreement, accepted, context), document });
  },
});

const accept = define({
  name: "agreements.accept",
  summary: "Binds the caller to a version; when all that its role needs are accepted, it becomes active.",
  input: {
    agreementId: required("text", "The agreement."),
    version: required("text", "The version that was read."),
    digest: optional("text", "The digest that was read."),
    acceptedBy: optional("text", "Who signs for the party."),
  },
  events: ["agreement.accepted", "party.activated"],
  async decide(input, context) {
    const id = text(input, "agreementId");
    const { agreement, accepted } = await findAgreement(id, context);
    const party = await findParty(context.read, context.caller?.party ?? "");
    if (agreement === undefined || party === undefined) return notFound("agreement", id);
    if (party.value.status === "exiting" || party.value.status === "exited") {
      return refuse(
        "ECO_STATE_TRANSITION",
        `${party.id} is ${party.value.status} and accepts nothing any more.`,
      );
    }
    const known = accepted.find((acceptance) => sameDocument(acceptance, agreement));
    const stale = staleField(input, agreement);
    if (stale !== undefined) {
      return refuse(
        "ECO_CONFLICT",
        `The current version of ${id} is ${agreement.version}, ${agreement.digest}.`,
        [{ pointer: `#/${stale}`, detail: "isn't the current one: read the agreement again" }],
      );
    }
    if (known !== undefined) return answer(viewAcceptance(known), { status: 201 });
    const acceptedBy = optionalText(input, "acceptedBy");
    const acceptance: AcceptanceRecord = {
      id: context.newId("acc"),
      agreementId: agreement.id,
      version: agreement.version,
      digest: agreement.digest,
      party: party.id,
      ...(acceptedBy === undefined ? {} : { acceptedBy }),
      acceptedAt: context.now,
    };
    const finished =
      party.value.status === "applied" &&
      openAgreements(party.value, [...accepted, acceptance], context).length === 0;
    const active: PartyRecord = { ...party.value, status: "active", updatedAt: context.now };
    return answer(viewAcceptance(acceptance), {
      status: 201,
      writes: [
        {
          collection: collections.acceptances,
          id: `${agreement.id}@${agreement.version}/${party.id}`,
          value: acceptance,
          expectedVersion: 0,
          keys: [partyKey(party.id)],
        },
        ...(finished ? [partyWrite(active, party.version)] : []),
      ],
      // Two acceptances at once must not each see the other one missing.
      expects: finished ? [] : [{ collection: collections.parties, id: party.id, version: party.version }],
      events: [
        acceptedEvent(acceptance, context),
        ...(finished ? [partyEvent("party.activated", active, context.catalog)] : []),
      ],
    });
  },
});

function staleField(input: JsonObject, agreement: AgreementDocument): string | undefined {
  if (text(input, "version") !== agreement.version) return "version";
  const digest = optionalText(input, "digest");
  return digest === undefined || digest === agreement.digest ? undefined : "digest";
}

export function viewAcceptance({ party, ...acceptance }: AcceptanceRecord): JsonObject {
  return { ...acceptance, partyId: party };
}

function acceptedEvent(acceptance: AcceptanceRecord, { catalog }: DecisionContext): DomainEvent {
  const { agreementId, version, digest, party, acceptedAt } = acceptance;
  return {
    name: "agreement.accepted",
    subject: agreementId,
    audience: [...new Set([party, catalog.ecosystem.orchestrator])],
    data: { agreementId, version, digest, partyId: party, acceptedAt },
  };
}

export const agreementCapabilities: readonly Capability[] = [list, get, accept];
