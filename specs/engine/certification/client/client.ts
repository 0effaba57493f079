import { EcoError } from "../../errors/index.ts";
import { bindChecks, type CheckTable, type PreparedPart, type RunContext } from "../check.ts";
import { type ClientContext, readRecording } from "./recording.ts";
import { requestChecks } from "./requests.ts";
import { retryChecks } from "./retries.ts";

export const clientChecks: CheckTable<ClientContext> = { ...requestChecks, ...retryChecks };

/** The client part: what the partner's client did, as recorded by a sandbox or in a HAR file. */
export async function prepareClient(run: RunContext): Promise<PreparedPart> {
  const { recording } = run.options;
  if (recording === undefined || recording.length === 0) {
    throw new EcoError("ECO_INPUT_MISSING", "The client part needs a recording with at least one exchange.", {
      fix: "Run your client against the sandbox and take its log, or export a HAR file.",
    });
  }
  return { checks: bindChecks(clientChecks, { run, observed: readRecording(run.catalog, recording) }) };
}
