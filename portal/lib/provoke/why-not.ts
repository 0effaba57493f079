import { type ErrorCode, errorDefinition } from "../../../specs/engine/errors/index.ts";

const CONTROL =
  "Only the control of a sandbox that runs as a server answers so, and a page controls its own without any request.";

/** Why no specs lead to a code in a page. */
const NEVER: Readonly<Partial<Record<ErrorCode, string>>> = {
  ECO_TRACE_UNREPEATABLE:
    "The delivery would have to be rated by another version of eco, and a page has this one alone.",
  ECO_INTERNAL: "It takes a fault of eco itself.",
  ECO_HANDLER_FAILED: "It takes a handler of a tester's own, and those answer in tests.",
  ECO_ANSWER_INVALID: "The sandbox would have to answer against the specs that it plays.",
  ECO_UNAVAILABLE:
    "It comes while a sandbox starts, stops or waits for its database; one in a page does none of that. A fault rule plays the same status.",
  ECO_ANSWER_LOST:
    "Only a client that is observed for a certification gets it, from a sandbox that runs as a server.",
  ECO_HOST_REFUSED: "A request that stays in the page names no host that could be a wrong one.",
  ECO_CURRENCY_MISMATCH:
    "It is found when documents are loaded, before there is anything to send a request to.",
  ECO_TENANT_EXISTS: CONTROL,
  ECO_FORWARD_UNSUPPORTED: CONTROL,
  ECO_FAULT_INVALID: CONTROL,
  ECO_SESSION_RECORDING: CONTROL,
  ECO_SESSION_TOO_LARGE: CONTROL,
  ECO_SESSION_UNWRITABLE: CONTROL,
  ECO_EXPORT_INVALID: CONTROL,
  ECO_EXPORT_OTHER_SPECS: CONTROL,
  ECO_SANDBOX_NOT_EMPTY: CONTROL,
};

/** Why a page can't provoke a code, in one sentence. */
export function whyNot(code: ErrorCode): string {
  if (errorDefinition(code)?.status === undefined)
    return "No request meets it: the command line alone says so.";
  return (
    NEVER[code] ??
    "These specs have no operation that could be brought to it: none was found when this portal was built."
  );
}
