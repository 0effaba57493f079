import { EcoError } from "../../errors/index.ts";
import { bindChecks, type CheckTable, type PreparedPart, type RunContext } from "../check.ts";
import { contentChecks } from "./content.ts";
import { createReceiverContext, type ReceiverContext } from "./context.ts";
import { firstChecks, lastChecks } from "./core.ts";
import { dispatchChecks } from "./dispatch.ts";
import { replyChecks } from "./replies.ts";
import { signatureChecks } from "./signature.ts";
import { timestampChecks } from "./timestamp.ts";

export const receiverChecks: CheckTable<ReceiverContext> = {
  ...firstChecks,
  ...signatureChecks,
  ...timestampChecks,
  ...dispatchChecks,
  ...contentChecks,
  ...replyChecks,
  ...lastChecks,
};

const SECRET_FORM = /^(whsec_)?[A-Za-z0-9+/_-]{16,}={0,2}$/;

/** The receiver part: real messages over real HTTP to the partner's webhook URL. */
export async function prepareReceiver(run: RunContext): Promise<PreparedPart> {
  const target = run.options.webhook;
  if (target === undefined)
    throw new EcoError("ECO_INPUT_MISSING", "The receiver part needs a webhook URL and its secret.");
  for (const secret of [target.secret, target.previousSecret, target.retiredSecret]) {
    if (secret === undefined || SECRET_FORM.test(secret)) continue;
    throw new EcoError(
      "ECO_INPUT_INVALID",
      "A webhook secret is not of the form that Standard Webhooks gives it.",
      {
        fix: "Give whsec_ followed by base64, as the webhook endpoint was given it at registration.",
      },
    );
  }
  const inspection = target.inspection ?? run.options.partner?.inspection;
  const context = createReceiverContext(run, inspection === undefined ? target : { ...target, inspection });
  return { unreachable: () => context.away, checks: bindChecks(receiverChecks, context) };
}
