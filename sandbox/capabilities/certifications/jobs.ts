import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { credentialFields, operationsOfPartners } from "../../../specs/engine/certification/credentials.ts";
import { ENDPOINTS, type WebhookEndpoint } from "../../events/endpoint.ts";
import type { Json, JsonObject, RecordWrite } from "../../store/store.ts";
import type { DecisionContext, Refusal } from "../capability.ts";
import { isObject, listAt, objectAt, optionalText, refuse } from "../define.ts";
import { everyRecord } from "../page.ts";
import { collections } from "../records.ts";
import { type CertificationJob, type CertificationRecord, certificationKey } from "./records.ts";
import { closeWindow, isObserved } from "./windows.ts";

/** What the sandbox can't drive by what was submitted, one sentence each; nothing where it can drive all. */
export function notDriven(input: JsonObject): string[] {
  const needs: Readonly<Record<string, string>> = {
    provider: "targetUrl",
    receiver: "endpointId",
    governance: "manifest",
  };
  return listAt(input, "parts").flatMap((part) => {
    const field = needs[String(part)];
    return field !== undefined && input[field] === undefined
      ? [`The part "${String(part)}" needs \`${field}\`.`]
      : [];
  });
}

/** The receiver that is driven has to be the party's own: torturing somebody else's is no certification. */
export async function refuseEndpoint(
  input: JsonObject,
  { read, caller }: DecisionContext,
): Promise<Refusal | undefined> {
  const id = optionalText(input, "endpointId");
  if (id === undefined) return undefined;
  const endpoint = await read.get<WebhookEndpoint>(ENDPOINTS, id);
  const own = endpoint !== undefined && endpoint.value.party === caller?.party;
  if (own && endpoint.value.status === "active") return undefined;
  const detail = own ? "must be verified first" : "must be a webhook endpoint of your own";
  return refuse("ECO_REQUEST_INVALID", "The receiver can't be driven.", [
    { pointer: "#/endpointId", detail },
  ]);
}

/** Where the build answers, and what it is shown there: as its document asks for it. */
function targetOf(input: JsonObject, catalog: Catalog): JsonObject | null {
  const url = optionalText(input, "targetUrl");
  if (url === undefined) return null;
  const tokens = objectAt(input, "credentials");
  const operations = operationsOfPartners(catalog);
  const fields = (token: Json | undefined): JsonObject | undefined =>
    typeof token === "string" ? credentialFields(token, operations) : undefined;
  const all = {
    credentials: fields(tokens["token"]),
    expiredCredentials: fields(tokens["expiredToken"]),
    limitedCredentials: fields(tokens["limitedToken"]),
    otherCredentials: fields(tokens["otherToken"]),
  };
  const given = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return { url, ...Object.fromEntries(given) };
}

/** The run to be driven; its seed comes from the sandbox's secrets, so nobody can work it out from an id. */
export function jobOf(input: JsonObject, id: string, context: DecisionContext): CertificationJob {
  const party = context.caller?.party ?? "";
  const build = optionalText(input, "build");
  const manifest = isObject(input["manifest"]) ? input["manifest"] : {};
  return {
    certificationId: id,
    party,
    parts: listAt(input, "parts"),
    seed: context.newSecret(),
    manifest: { ...manifest, ...(build === undefined ? {} : { build }), id: party },
    target: targetOf(input, context.catalog),
    endpointId: optionalText(input, "endpointId") ?? null,
    observation: isObserved(input) ? "open" : "none",
    attempts: 0,
  };
}

/** What takes away a run's job, with the seed, the partner's tokens and what was seen of its client. */
export async function endJob(
  certification: Pick<CertificationRecord, "id" | "party">,
  context: DecisionContext,
): Promise<RecordWrite[]> {
  const { read } = context;
  const { id } = certification;
  const job = await read.get(collections.certificationJobs, id);
  const gone = job === undefined ? [] : [job];
  for await (const one of everyRecord(read, collections.certificationExchanges, certificationKey(id)))
    gone.push(one);
  return [
    ...gone.map(({ collection, id: place, version }) => ({
      collection,
      id: place,
      value: null,
      expectedVersion: version,
    })),
    ...(await closeWindow(certification, context)),
  ];
}
