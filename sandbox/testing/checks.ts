/** What all entries of the test kit have, on every host. */
export { balance, booked, nothingElseBooked, type WantedPosting } from "./book-checks.ts";
export { type Check, eventually, never, type Patience } from "./check.ts";
export type { ClientCredentials, ClientFetch, ClientInit } from "./client.ts";
export { rated, settled, statementIssued, type WantedStatement } from "./delivery-checks.ts";
export { emitted, received, receivedInOrder } from "./event-checks.ts";
export type { Inbox, Receive, ReceivedEvent } from "./inbox.ts";
export type { InboxOptions } from "./inboxes.ts";
export type { Wanted } from "./match.ts";
export { type EcoMatchers, matchers } from "./matchers.ts";
export type { TestSandbox } from "./test-sandbox.ts";
export type { OnFailure, Tested } from "./tested.ts";
