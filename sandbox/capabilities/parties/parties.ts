import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { isIban } from "../../ledger/index.ts";
import type { JsonObject } from "../../store/store.ts";
import { isOrchestrator, maySee, roleSeesAll } from "../access.ts";
import type { Capability, DecisionContext, DomainEvent, Refusal } from "../capability.ts";
import {
  answer,
  define,
  isObject,
  notFound,
  optional,
  optionalText,
  pageFields,
  pick,
  refuse,
  required,
  text,
} from "../define.ts";
import { listPage } from "../page.ts";
import { collections, type PartyRecord } from "../records.ts";
import { dayOf } from "../time.ts";
import { requiredAgreements } from "./agreement-documents.ts";
import { mintCredentials, revokeCredentials } from "./credentials.ts";
import { findParty, partyWrite } from "./records.ts";

const OWN_FIELDS = ["name", "contacts", "country", "taxId", "bankAccount"] as const;

const register = define({
  name: "parties.register",
  summary: "A company joins; registering a stand-in's id takes its place.",
  input: {
    id: optional("text", "The id it wants; made from the name where left out."),
    name: required("text", "What the company is called."),
    role: required("text", "One of the ecosystem's roles."),
    contacts: optional("list", "Whom to turn to: `{name, email, purpose}`."),
    country: optional("text", "ISO 3166-1 alpha-2."),
    taxId: optional("text", "Its number with the tax authority."),
    bankAccount: optional("object", "Where it is paid: `{iban, bic?}`."),
  },
  events: ["party.registered", "party.activated"],
  async decide(input, context) {
    const { read, catalog, now } = context;
    const refused = refuseRole(catalog, text(input, "role")) ?? refuseBankAccount(input);
    if (refused !== undefined) return refused;
    const id = optionalText(input, "id") ?? (await freeId(text(input, "name"), context));
    // Whatever its role is called: who has this id decides for everybody.
    if (id === catalog.ecosystem.orchestrator)
      return refuse("ECO_FORBIDDEN", `${id} runs the ecosystem, so its place is not open to registration.`);
    const former = await findParty(read, id);
    if (former !== undefined && former.value.status !== "stand-in") {
      return refuse("ECO_PARTY_EXISTS", `A party ${JSON.stringify(id)} is already registered.`);
    }
    if (former !== undefined && former.value.role !== text(input, "role")) {
      return refuse("ECO_REQUEST_INVALID", `${id} is a ${former.value.role} in this ecosystem.`, [
        { pointer: "#/role", detail: `must be ${former.value.role} to take the place of ${id}` },
      ]);
    }
    const status =
      requiredAgreements(catalog, text(input, "role"), id, dayOf(now, catalog.ecosystem.timeZone)).length ===
      0
        ? "active"
        : "applied";
    const party = {
      contacts: [],
      ...pick(input, OWN_FIELDS),
      id,
      name: text(input, "name"),
      role: text(input, "role"),
      status,
      createdAt: now,
      updatedAt: now,
    } satisfies JsonObject as PartyRecord;
    const { credentials, write } = mintCredentials(id, context);
    return answer(
      { party, credentials },
      {
        status: 201,
        writes: [
          partyWrite(party, former?.version ?? 0),
          // The published credentials of the stand-in must not open the door of the company that took its place.
          ...(former === undefined ? [] : await revokeCredentials(read, id)),
          write,
        ],
        events: [
          partyEvent("party.registered", party, catalog),
          ...(status === "active" ? [partyEvent("party.activated", party, catalog)] : []),
        ],
      },
    );
  },
});

function refuseRole(catalog: Catalog, role: string): Refusal | undefined {
  const known = catalog.ecosystem.roles.map((each) => each.id);
  if (!known.includes(role)) {
    return refuse("ECO_REQUEST_INVALID", `The ecosystem has no role ${JSON.stringify(role)}.`, [
      { pointer: "#/role", detail: `must be one of ${known.join(", ")}` },
    ]);
  }
  return roleSeesAll(role)
    ? refuse("ECO_FORBIDDEN", `A ${role} sees all records, so the role is not open to registration.`)
    : undefined;
}

/** A wrong digit would send money to nobody, or to somebody else. */
function refuseBankAccount(input: JsonObject): Refusal | undefined {
  const account = input["bankAccount"];
  if (!isObject(account) || isIban(String(account["iban"]))) return undefined;
  return refuse("ECO_REQUEST_INVALID", "The IBAN of the bank account has a wrong check digit.", [
    { pointer: "#/bankAccount/iban", detail: "must be an IBAN without spaces, with its check digits right" },
  ]);
}

async function freeId(name: string, context: DecisionContext): Promise<string> {
  const slug =
    name
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 40) || "party";
  return (await findParty(context.read, slug)) === undefined
    ? slug
    : context.newId(slug).replaceAll("_", "-");
}

export function partyEvent(name: string, party: PartyRecord, catalog: Catalog): DomainEvent {
  return {
    name,
    subject: party.id,
    audience: [...new Set([party.id, catalog.ecosystem.orchestrator])],
    data: { partyId: party.id, name: party.name, role: party.role, status: party.status },
  };
}

/** The directory is open to all; whom to reach, the tax number and the bank account are for the party itself and for those who oversee. */
export function viewParty(party: PartyRecord, context: DecisionContext): JsonObject {
  const { neverActive: _never, ...whole } = party;
  if (maySee(context, [party.id])) return whole;
  const { contacts: _contacts, taxId: _taxId, bankAccount: _account, exitReason: _reason, ...entry } = whole;
  return entry;
}

const list = define({
  name: "parties.list",
  summary: "The companies of the ecosystem.",
  input: {
    ...pageFields,
    role: optional("text", "Only parties of this role."),
    status: optional("text", "Only parties that stand so."),
  },
  decide: (input, context) =>
    listPage<PartyRecord>({
      context,
      input,
      collection: collections.parties,
      filters: ["role", "status"],
      view: (party) => viewParty(party, context),
    }),
});

const get = define({
  name: "parties.get",
  summary: "One company.",
  input: { partyId: required("text", "The party.") },
  async decide(input, context) {
    const id = text(input, "partyId");
    const party = await findParty(context.read, id);
    return party === undefined ? notFound("party", id) : answer(viewParty(party.value, context));
  },
});

const update = define({
  name: "parties.update",
  summary: "A party changes what it says about itself.",
  input: {
    partyId: required("text", "The party."),
    name: optional("text", "What the company is called."),
    contacts: optional("list", "Whom to turn to; replaces the former ones."),
    country: optional("text", "ISO 3166-1 alpha-2."),
    taxId: optional("text", "Its number with the tax authority."),
    bankAccount: optional("object", "Where it is paid: `{iban, bic?}`."),
  },
  async decide(input, context) {
    const id = text(input, "partyId");
    const party = await findParty(context.read, id);
    if (party === undefined) return notFound("party", id);
    if (context.caller?.party !== id && !isOrchestrator(context.catalog, context.caller)) {
      return refuse("ECO_FORBIDDEN", `Only ${id} itself and the orchestrator may change it.`);
    }
    const refused = refuseBankAccount(input);
    if (refused !== undefined) return refused;
    const changed: PartyRecord = { ...party.value, ...pick(input, OWN_FIELDS), updatedAt: context.now };
    return answer(viewParty(changed, context), { writes: [partyWrite(changed, party.version)] });
  },
});

export const partyCapabilities: readonly Capability[] = [register, list, get, update];
