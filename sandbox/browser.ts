/** The sandbox for a page: as `sandbox/index.ts`, without anything that only Node has. */

export { type Persona, personasOf } from "./capabilities/manifest.ts";
export type { WebhookRequest } from "./events/sender.ts";
export { type InPage, type InPageOptions, inPage } from "./hosts/browser.ts";
export { createPageSandbox, type PageSandboxOptions } from "./open-in-page.ts";
export { responseOf } from "./pipeline/reply.ts";
export type { Sandbox } from "./pipeline/sandbox.ts";
export { IndexedDbStore } from "./store/indexed-db/indexed-db.ts";
export { tokenFor } from "./testing/client.ts";
