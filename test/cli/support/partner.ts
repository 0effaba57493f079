import { join } from "node:path";
import { loadCatalog } from "../../../specs/engine/catalog/load.ts";
import { bearer } from "../../reference-partner/policy.ts";
import { mutatedProvider } from "../../reference-partner/provider-mutants.ts";
import { projectRoot } from "./eco.ts";

/** What the reference partner answers to work orders: healthy, or with the fault that a check is there to find. */
export async function partnerAnswers(check?: string): Promise<ReturnType<typeof mutatedProvider>> {
  const { catalog } = await loadCatalog(join(projectRoot, "specs"));
  const orders = catalog.documents.find(({ path }) => path === "openapi/fulfilment-api.yaml")?.content ?? {};
  return mutatedProvider(check, "orders", { orders, shelves: {} });
}

const scopes = "fulfilment:read fulfilment:write";

/** Access tokens of the reference partner as environment variables: one that is good, and three that must not do. */
export async function partnerTokens(): Promise<Record<string, string>> {
  const token = async (tenant: string, scope: string, seconds = 600): Promise<string> =>
    (await bearer(tenant, scope, seconds)).replace("Bearer ", "");
  return {
    ECO_TARGET_TOKEN: await token("harbour", scopes),
    ECO_TARGET_TOKEN_OTHER: await token("another", scopes),
    ECO_TARGET_TOKEN_LIMITED: await token("harbour", "none"),
    ECO_TARGET_TOKEN_EXPIRED: await token("harbour", scopes, -600),
  };
}
