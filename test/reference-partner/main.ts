/**
 * The reference partner as a program: `node test/reference-partner/main.ts [--port N] [--tls] --profile FILE`.
 * It implements the fulfilment API, receives events at `/webhooks`, computes its own charges at `/figures`, and says in one line of JSON where, and which tokens it takes.
 * With `--client SANDBOX` it is a client instead: it does a working day there as a published persona, and ends.
 * The signing secrets are read from the profile that `eco onboard --webhook` writes, anew for each dispatch.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { loadCatalog } from "../../specs/engine/catalog/load.ts";
import { healthyClient, openClient } from "./client.ts";
import { createFigures } from "./figures.ts";
import { bearer, healthyPolicy } from "./policy.ts";
import { createProvider } from "./provider.ts";
import { createReceiver, healthyReceiver } from "./receiver.ts";
import { serve, serveTls } from "./serve.ts";
import { workingDay } from "./working-day.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    client: { type: "string" },
    profile: { type: "string" },
    specs: { type: "string" },
    tls: { type: "boolean" },
  },
});
if (values.client !== undefined) {
  await workingDay(openClient(healthyClient, { base: `${values.client}/v1`, fetch }));
  process.exit();
}
const { catalog } = await loadCatalog(values.specs ?? "specs");
const api = catalog.documents.find(
  ({ kind, path }) => kind === "openapi" && path.endsWith("fulfilment-api.yaml"),
);
if (api === undefined) throw new Error("The spec set has no openapi/fulfilment-api.yaml to implement.");
const figures = createFigures();
const provider = createProvider(healthyPolicy(api.content));

let secrets: readonly string[] = [];
const rules = healthyReceiver([]);
const receiver = createReceiver({
  ...rules,
  get secrets() {
    return secrets;
  },
});

/** @returns the secrets of all endpoints that the profile knows; none before the onboarding has written it */
async function profileSecrets(): Promise<readonly string[]> {
  if (values.profile === undefined) return [];
  const text = await readFile(values.profile, "utf8").catch(() => "{}");
  const { webhooks = {} } = JSON.parse(text) as { webhooks?: Record<string, { secret: string }> };
  return Object.values(webhooks).map(({ secret }) => secret);
}

const { url } = await (values.tls === true ? serveTls : serve)(
  async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/figures") return figures(request);
    if (pathname !== "/webhooks" && pathname !== "/inspection") return provider(request);
    secrets = await profileSecrets();
    return receiver(request);
  },
  Number(values.port ?? "0"),
);
const authorization = await bearer("harbour", "fulfilment:read fulfilment:write", 86_400);
console.log(JSON.stringify({ url, token: authorization.replace(/^Bearer /, "") }));
