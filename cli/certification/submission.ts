import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import type { ApiClient, Fields } from "../http/api-client.ts";
import { readTargets } from "./targets.ts";

export interface SubmissionFlags {
  readonly as: readonly string[];
  readonly level: string;
  readonly target?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly manifest?: string | undefined;
  readonly build?: string | undefined;
  readonly by?: string | undefined;
}

/** What is submitted: addresses from the flags, tokens from the environment, the endpoint from the API where it isn't named. */
export async function readSubmission(
  flags: SubmissionFlags,
  client: ApiClient,
  env = process.env,
): Promise<Fields> {
  const { target, partner } = await readTargets(
    { target: flags.target, manifest: flags.manifest },
    undefined,
    [],
  );
  const receiver = flags.as.includes("receiver");
  const endpointId = flags.endpoint ?? (receiver ? await onlyEndpoint(client) : undefined);
  const credentials = present({
    token: env["ECO_TARGET_TOKEN"],
    expiredToken: env["ECO_TARGET_TOKEN_EXPIRED"],
    limitedToken: env["ECO_TARGET_TOKEN_LIMITED"],
    otherToken: env["ECO_TARGET_TOKEN_OTHER"],
  });
  const known = target !== undefined && Object.keys(credentials).length > 0;
  return present({
    parts: flags.as,
    level: flags.level,
    build: flags.build ?? partner?.build,
    submittedBy: flags.by,
    targetUrl: target?.url,
    credentials: known ? credentials : undefined,
    endpointId,
    manifest: partner,
  });
}

/** The members that have a value; an environment variable that is empty has none. */
function present(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ""),
  );
}

async function onlyEndpoint(client: ApiClient): Promise<unknown> {
  const verified: Fields[] = [];
  for await (const endpoint of client.list("webhooks.list"))
    if (endpoint["status"] === "verified") verified.push(endpoint);
  const [only] = verified;
  if (only !== undefined && verified.length === 1) return only["id"];
  const message =
    only === undefined
      ? "You have no verified webhook endpoint that could be tested as a receiver."
      : `You have ${verified.length} verified webhook endpoints; which one is to be tested?`;
  throw new EcoError("ECO_INPUT_MISSING", message, {
    fix: "Give --endpoint ID; `eco onboard --webhook URL` registers one.",
  });
}
