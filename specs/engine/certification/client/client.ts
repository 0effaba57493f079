import { EcoError } from "../../errors/index.ts";
import { bindChecks, type CheckTable, type PreparedPart, type RunContext } from "../check.ts";
import { liveChecks } from "./live.ts";
import { type ClientContext, nothingSeen, readRecording } from "./recording.ts";
import { requestChecks } from "./requests.ts";
import { retryChecks } from "./retries.ts";

export const clientChecks: CheckTable<ClientContext> = { ...liveChecks, ...requestChecks, ...retryChecks };

/** Of a client that did nothing only that can be said. */
const nothingYet: CheckTable<ClientContext> = Object.fromEntries(
  Object.entries(clientChecks).map(([id, check]) => [
    id,
    id === "client.core.ran"
      ? check
      : async function* (context: ClientContext) {
          yield nothingSeen(context, "The client made no request.");
        },
  ]),
);

/** The client part: what the partner's client did, as recorded by a sandbox or in a HAR file. */
export async function prepareClient(run: RunContext): Promise<PreparedPart> {
  const { recording, clientSessions: sessions = [] } = run.options;
  if (recording === undefined || (recording.length === 0 && sessions.length === 0)) {
    throw new EcoError("ECO_INPUT_MISSING", "The client part needs a recording with at least one exchange.", {
      fix: "Run your client against the sandbox and take its log, or export a HAR file.",
    });
  }
  const observed = readRecording(run.catalog, recording);
  const context: ClientContext = { run, observed, sessions };
  return { checks: bindChecks(observed.length > 0 ? clientChecks : nothingYet, context) };
}
