import type { Operation } from "../../catalog/types.ts";
import { EcoError } from "../../errors/index.ts";
import { bindChecks, type CheckTable, type PreparedPart, type RunContext } from "../check.ts";
import { documentsOfPartners } from "../definitions.ts";
import type { ProviderRun } from "./checks.ts";
import { conditionalChecks } from "./conditional.ts";
import { createProviderContext } from "./context.ts";
import { firstChecks, lastChecks } from "./core.ts";
import { idempotencyChecks } from "./idempotency.ts";
import { inputChecks } from "./input.ts";
import { readOnlyChecks } from "./read-only.ts";
import { createResources } from "./resources.ts";
import { routingChecks } from "./routing.ts";
import { leakChecks, securityChecks } from "./security.ts";
import { stateChecks } from "./state.ts";
import { styleChecks } from "./styles.ts";
import { transportChecks } from "./transport.ts";

export const providerChecks: CheckTable<ProviderRun> = {
  ...transportChecks,
  ...firstChecks,
  ...inputChecks,
  ...styleChecks,
  ...readOnlyChecks,
  ...routingChecks,
  ...securityChecks,
  ...stateChecks,
  ...conditionalChecks,
  ...idempotencyChecks,
  ...lastChecks,
  ...leakChecks,
};

function operationsUnderTest(run: RunContext): Operation[] {
  const { target, partner } = run.options;
  const documents = target?.document === undefined ? documentsOfPartners(run.catalog) : [target.document];
  const declared = partner?.operations;
  const operations = run.catalog.operations.filter(
    (one) => documents.includes(one.document) && (declared === undefined || declared.includes(one.id)),
  );
  if (operations.length > 0) return operations;
  const known = run.catalog.documents.filter((one) => one.kind === "openapi").map((one) => one.path);
  throw new EcoError(
    "ECO_INPUT_INVALID",
    `No operation to certify in ${documents.join(", ") || "the specs"}.`,
    {
      fix: `Say which of ${known.join(", ") || "your OpenAPI documents"} the partner implements: in a document of the kind \`certification\`, under \`implementedByPartners\`.`,
    },
  );
}

/** The provider part: requests generated from the OpenAPI document that the partner implements. */
export async function prepareProvider(run: RunContext): Promise<PreparedPart> {
  const { target } = run.options;
  if (target === undefined)
    throw new EcoError("ECO_INPUT_MISSING", "The provider part needs the URL of the partner's API.");
  const samples = { ...run.options.partner?.samples, ...target.samples };
  const context = createProviderContext(run, { ...target, samples }, operationsUnderTest(run));
  const provider: ProviderRun = { context, resources: createResources(context) };
  return { unreachable: () => context.away, checks: bindChecks(providerChecks, provider) };
}
