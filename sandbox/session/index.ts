/** Recording, replaying and comparing what happens in sandboxes; files of sessions, states and failed tests. */
export { BUNDLE_FORMAT, type Bundle, checkedBundle } from "./bundle-format.ts";
export { sessionLineCheck } from "./checked.ts";
export { diffStates, type RecordChange, type StateDifference } from "./diff-states.ts";
export type { Divergence } from "./differs.ts";
export { type FileSink, fileSink } from "./files.ts";
export type { EndLine, ExchangeLine, Session } from "./format.ts";
export { type HarExchange, harExchangesOf, harOf, withoutSecrets } from "./har.ts";
export { httpTarget } from "./http-target.ts";
export { readSession } from "./read.ts";
export { type ReplayReport, replaySession } from "./replay.ts";
export { type Resent, resend } from "./resend.ts";
export { checkedStateFile, type StateFile } from "./state-format.ts";
