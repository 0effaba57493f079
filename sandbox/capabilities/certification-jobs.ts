import { ENDPOINTS, type WebhookEndpoint } from "../events/endpoint.ts";
import type { Json, JsonObject } from "../store/store.ts";
import type { DecisionContext, Refusal } from "./capability.ts";
import type { CertificationJob } from "./certification-records.ts";
import { isObject, listAt, objectAt, optionalText, refuse } from "./define.ts";

/** What the sandbox can't drive by what was submitted, one sentence each; nothing where it can drive all. */
export function notDriven(input: JsonObject): string[] {
  const needs: Readonly<Record<string, string>> = {
    provider: "targetUrl",
    receiver: "endpointId",
    governance: "manifest",
  };
  return listAt(input, "parts").flatMap((part) => {
    const field = needs[String(part)];
    if (field === undefined) return [`The sandbox doesn't observe the part "${String(part)}".`];
    return input[field] === undefined ? [`The part "${String(part)}" needs \`${field}\`.`] : [];
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

const bearer = (token: Json | undefined): JsonObject | undefined =>
  typeof token === "string" ? { authorization: `Bearer ${token}` } : undefined;

function targetOf(input: JsonObject): JsonObject | null {
  const url = optionalText(input, "targetUrl");
  if (url === undefined) return null;
  const tokens = objectAt(input, "credentials");
  const all = {
    credentials: bearer(tokens["token"]),
    expiredCredentials: bearer(tokens["expiredToken"]),
    limitedCredentials: bearer(tokens["limitedToken"]),
    otherCredentials: bearer(tokens["otherToken"]),
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
    target: targetOf(input),
    endpointId: optionalText(input, "endpointId") ?? null,
  };
}
