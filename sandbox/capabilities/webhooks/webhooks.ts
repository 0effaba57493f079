import { messageByEvent, messageByType } from "../../../specs/engine/catalog/lookup.ts";
import { isPlainHttpUrl } from "../../../specs/engine/http-url.ts";
import { ENDPOINTS, VERIFICATION, type WebhookEndpoint, webhookSecret } from "../../events/endpoint.ts";
import type { JsonObject, RecordWrite, StoredRecord } from "../../store/store.ts";
import { ownKey } from "../access.ts";
import type { Capability, Decision, DecisionContext, DomainEvent, Refusal } from "../capability.ts";
import {
  answer,
  define,
  listAt,
  optional,
  optionalText,
  pageFields,
  pick,
  refuse,
  required,
  text,
} from "../define.ts";
import { listPage } from "../page.ts";
import { findParty } from "../parties/records.ts";
import { partyKey } from "../records.ts";
import { plusMilliseconds } from "../time.ts";
import { finderOf } from "../visible.ts";

/** How long the secret before the last still signs beside the new one, in milliseconds of virtual time. */
const ROTATION_OVERLAP_MS = 24 * 3600 * 1000;
const endpointInput = { endpointId: required("text", "The endpoint.") };

const SHOWN_STATUS = { unverified: "pending", active: "verified", paused: "paused", disabled: "disabled" };

/** The endpoint as its party sees it: never with its secrets. */
function viewEndpoint(endpoint: WebhookEndpoint): JsonObject {
  return {
    ...pick(endpoint, ["id", "party", "url", "description", "createdAt", "verifiedAt", "disabledReason"]),
    eventTypes: endpoint.types,
    status: SHOWN_STATUS[endpoint.status],
  };
}

function endpointWrite(endpoint: WebhookEndpoint, expectedVersion: number): RecordWrite {
  return {
    collection: ENDPOINTS,
    id: endpoint.id,
    value: endpoint,
    expectedVersion,
    keys: [partyKey(endpoint.party)],
  };
}

/** Its subject is the endpoint, so it goes there alone, even while the endpoint is unverified. */
function challengeEvent(endpoint: WebhookEndpoint, challenge: string): DomainEvent {
  return {
    name: VERIFICATION,
    subject: endpoint.id,
    audience: [endpoint.party],
    data: { endpointId: endpoint.id, challenge },
  };
}

/** The endpoint, where it may be changed: that of a party that has left stays as it is. */
async function changeable(
  input: JsonObject,
  context: DecisionContext,
): Promise<StoredRecord<WebhookEndpoint> | Refusal> {
  const endpoint = await ownEndpoint(input, context);
  if ("kind" in endpoint || endpoint.value.ended === undefined) return endpoint;
  const { party } = endpoint.value;
  return refuse("ECO_STATE_TRANSITION", `${party} has left the ecosystem: its endpoints get nothing more.`);
}

const ownEndpoint = finderOf<WebhookEndpoint>({
  collection: ENDPOINTS,
  what: "webhook endpoint",
  field: "endpointId",
  parties: ({ party }) => [party],
});

/** As CloudEvents types, whichever way they were named. */
const typesOf = (input: JsonObject, { catalog }: DecisionContext): string[] =>
  listAt(input, "eventTypes")
    .filter((type) => typeof type === "string")
    .map((type) => messageByEvent(catalog, type)?.type ?? type);

/** Where it leads is looked at whenever something is sent; what can never be sent to is refused at once. */
function refuseUrl(url: string): Refusal | undefined {
  if (isPlainHttpUrl(url)) return undefined;
  return refuse("ECO_REQUEST_INVALID", "Nothing can be sent to this URL.", [
    { pointer: "#/url", detail: "must be an absolute http or https URL without credentials" },
  ]);
}

function refuseTypes(types: readonly string[], { catalog }: DecisionContext): Refusal | undefined {
  const unknown = types.filter((type) => messageByType(catalog, type) === undefined);
  if (unknown.length === 0) return undefined;
  return refuse("ECO_REQUEST_INVALID", `No message has the type ${unknown.join(", ")}.`, [
    { pointer: "#/eventTypes", detail: "use types of the ecosystem's event documents" },
  ]);
}

const create = define({
  name: "webhooks.create",
  summary: "Registers an endpoint; its signing secret is shown this once, and a challenge is sent to it.",
  input: {
    url: required("text", "Where events are POSTed."),
    eventTypes: optional(
      "list",
      "Types to be sent, CloudEvents or domain names; all that the party may read where left out.",
    ),
    description: optional("text", "For people."),
  },
  events: [VERIFICATION],
  async decide(input, context) {
    const types = typesOf(input, context);
    const url = text(input, "url");
    const refused = refuseUrl(url) ?? refuseTypes(types, context);
    if (refused !== undefined) return refused;
    const party = await findParty(context.read, context.caller?.party ?? "");
    if (party?.value.status === "exited")
      return refuse("ECO_STATE_TRANSITION", `${party.id} has left the ecosystem: it gets no more events.`);
    const secret = webhookSecret(context.newSecret());
    const challenge = context.newSecret();
    const endpoint: WebhookEndpoint = {
      ...pick(input, ["description"]),
      id: context.newId("whe"),
      party: context.caller?.party ?? "",
      url,
      types,
      status: "unverified",
      secrets: [{ secret }],
      challenge,
      createdAt: context.now,
      updatedAt: context.now,
    };
    return answer(
      { ...viewEndpoint(endpoint), secret },
      {
        status: 201,
        writes: [endpointWrite(endpoint, 0)],
        events: [challengeEvent(endpoint, challenge)],
      },
    );
  },
});

const list = define({
  name: "webhooks.list",
  summary: "The endpoints of the caller.",
  input: pageFields,
  decide: (input, context) =>
    listPage<WebhookEndpoint>({
      context,
      input,
      collection: ENDPOINTS,
      key: ownKey(context),
      view: viewEndpoint,
    }),
});

const get = define({
  name: "webhooks.get",
  summary: "One endpoint, without its secrets.",
  input: endpointInput,
  async decide(input, context) {
    const endpoint = await ownEndpoint(input, context);
    return "kind" in endpoint ? endpoint : answer(viewEndpoint(endpoint.value));
  },
});

const remove = define({
  name: "webhooks.delete",
  summary: "Nothing more is sent to the endpoint.",
  input: endpointInput,
  async decide(input, context) {
    const endpoint = await ownEndpoint(input, context);
    if ("kind" in endpoint) return endpoint;
    const write = { collection: ENDPOINTS, id: endpoint.id, value: null, expectedVersion: endpoint.version };
    return answer({}, { writes: [write] });
  },
});

const verify = define({
  name: "webhooks.verify",
  summary: "The challenge that the endpoint received verifies it; without one, a new one is sent.",
  input: {
    ...endpointInput,
    challenge: optional("text", "`data.challenge` of the latest verification event."),
  },
  events: [VERIFICATION],
  async decide(input, context) {
    const endpoint = await changeable(input, context);
    if ("kind" in endpoint) return endpoint;
    const presented = optionalText(input, "challenge");
    if (presented !== undefined) return activate(endpoint, presented, context);
    const challenge = context.newSecret();
    const { disabledReason: _reason, failuresInARow: _failures, ...former } = endpoint.value;
    // Who is verified stays so while it proves itself again; who was disabled gets its events only afterwards.
    const status = former.status === "disabled" ? "unverified" : former.status;
    const changed = { ...former, status, challenge, updatedAt: context.now } satisfies WebhookEndpoint;
    return answer(viewEndpoint(changed), {
      writes: [endpointWrite(changed, endpoint.version)],
      events: [challengeEvent(changed, challenge)],
      // A former challenge that could not be brought to it would hold this one back until it is due again.
      resumes: [endpoint.id],
    });
  },
});

function activate(
  endpoint: StoredRecord<WebhookEndpoint>,
  presented: string,
  context: DecisionContext,
): Decision {
  if (presented !== endpoint.value["challenge"]) {
    return refuse("ECO_WEBHOOK_UNVERIFIED", "The challenge is not the last one sent to this endpoint.", [
      { pointer: "#/challenge", detail: "must be data.challenge of the latest verification event" },
    ]);
  }
  const { disabledReason: _reason, failuresInARow: _failures, ...rest } = endpoint.value;
  const { now } = context;
  const active = { ...rest, status: "active", verifiedAt: now, updatedAt: now } satisfies WebhookEndpoint;
  return answer(viewEndpoint(active), { writes: [endpointWrite(active, endpoint.version)] });
}

const update = define({
  name: "webhooks.update",
  summary: "Pauses or resumes an endpoint, or changes which events it gets.",
  input: {
    ...endpointInput,
    status: optional(
      "text",
      "`paused`: events are kept for it. `active`: they are sent again, those kept first.",
    ),
    eventTypes: optional("list", "Types to be sent from now on; empty for all that the party may read."),
    description: optional("text", "For people."),
  },
  async decide(input, context) {
    const endpoint = await changeable(input, context);
    if ("kind" in endpoint) return endpoint;
    const types = input["eventTypes"] === undefined ? endpoint.value.types : typesOf(input, context);
    const refused = refuseTypes(types, context);
    if (refused !== undefined) return refused;
    const status = optionalText(input, "status") ?? endpoint.value.status;
    const former = endpoint.value.status;
    if (status !== former && !(isSwitch(status) && isSwitch(former))) {
      const detail = isSwitch(status)
        ? `The endpoint is ${SHOWN_STATUS[former]}: it has to be verified first.`
        : "An endpoint can be made `paused` or `active`.";
      return refuse(isSwitch(status) ? "ECO_STATE_TRANSITION" : "ECO_REQUEST_INVALID", detail);
    }
    const changed = {
      ...endpoint.value,
      ...pick(input, ["description"]),
      types,
      status,
      updatedAt: context.now,
    } satisfies JsonObject as WebhookEndpoint;
    const resumes = status === "active" && former === "paused" ? { resumes: [endpoint.id] } : {};
    return answer(viewEndpoint(changed), { writes: [endpointWrite(changed, endpoint.version)], ...resumes });
  },
});

const isSwitch = (status: string): boolean => status === "active" || status === "paused";

const rotate = define({
  name: "webhooks.rotate-secret",
  summary: "A new signing secret; the former one signs beside it for a day of virtual time.",
  input: endpointInput,
  async decide(input, context) {
    const endpoint = await changeable(input, context);
    if ("kind" in endpoint) return endpoint;
    const secret = webhookSecret(context.newSecret());
    const [former, retired] = endpoint.value.secrets;
    const changed: WebhookEndpoint = {
      ...endpoint.value,
      ...(retired === undefined ? {} : { retiredSecret: retired.secret }),
      secrets: [
        { secret },
        ...(former === undefined
          ? []
          : [{ secret: former.secret, validUntil: plusMilliseconds(context.now, ROTATION_OVERLAP_MS) }]),
      ],
      updatedAt: context.now,
    };
    const ends = changed.secrets[1]?.validUntil;
    return answer(
      {
        ...viewEndpoint(changed),
        secret,
        ...(ends === undefined ? {} : { previousSecretExpiresAt: ends }),
      },
      { writes: [endpointWrite(changed, endpoint.version)] },
    );
  },
});

export const webhookCapabilities: readonly Capability[] = [create, list, get, update, remove, verify, rotate];
