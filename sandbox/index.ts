/**
 * The sandbox of an ecosystem: answers every operation of its spec set, statefully, on one store.
 *
 * ```ts
 * const { catalog } = await loadCatalog("specs");
 * const sandbox = await createSandbox({ catalog, store: await openStore("memory") });
 * const { url, close } = await listen(sandbox, { port: 4010 });
 * ```
 *
 * For tests, without a server: `inProcess` (Node) and `hosts/browser.ts` (a page).
 */
import { type Validators, validatorsOf } from "../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog } from "../specs/engine/catalog/types.ts";
import type { Decider, Seed } from "./capabilities/capability.ts";
import { capabilities as ownCapabilities, seedRecords, standingRecords } from "./capabilities/index.ts";
import { nodeCertifier } from "./certification/certify-node.ts";
import { nodeSender } from "./events/send-node.ts";
import { nodeCaller } from "./forwarding/call-node.ts";
import { openSandbox } from "./pipeline/open-sandbox.ts";
import type { SandboxSettings } from "./pipeline/options.ts";
import type { Sandbox } from "./pipeline/sandbox.ts";
import { useSha256 } from "./rating/index.ts";
import { MemoryStore } from "./store/memory/memory.ts";
import type { Store } from "./store/store.ts";
import { nodeSha256 } from "./values/sha256-node.ts";

export interface CreateSandboxOptions extends SandboxSettings {
  readonly catalog: Catalog;
  /** Default: a new memory store. The sandbox closes it. */
  readonly store?: Store;
  /** Default: compiled from the catalogue, each schema at its first use. */
  readonly validators?: Validators;
  /** Default: all of the toolkit's own. */
  readonly capabilities?: readonly Decider[];
  /** Default: the parties and personas that the ecosystem manifest declares. */
  readonly seedRecords?: (catalog: Catalog, now: string) => Promise<Seed>;
  /** Lets webhooks, runs of certifications and what is forwarded go to this machine, over plain http too. Default false. */
  readonly allowLoopbackWebhooks?: boolean;
}

useSha256(nodeSha256);

/**
 * Opens a sandbox: an empty store is seeded, one from a former start goes on where it stood.
 * @throws EcoError `ECO_DATABASE_UNUSABLE` where the store can't be used, `ECO_FAULT_INVALID` for a fault rule that can't be
 */
export function createSandbox(options: CreateSandboxOptions): Promise<Sandbox> {
  const { catalog, store, capabilities, seedRecords: seed, ...others } = options;
  const { validators = validatorsOf(catalog), allowLoopbackWebhooks, ...settings } = others;
  const allowLoopback = allowLoopbackWebhooks ?? false;
  return openSandbox(
    {
      catalog,
      store: store ?? new MemoryStore(),
      validators,
      capabilities: capabilities ?? ownCapabilities,
      seedRecords: seed ?? seedRecords,
      standingRecords,
    },
    {
      sender: nodeSender({ allowLoopback }),
      caller: nodeCaller({ allowLoopback }),
      certifier: nodeCertifier({ catalog, validators, allowLoopback }),
      ...settings,
    },
  );
}

export { capabilities, describeCapabilities } from "./capabilities/index.ts";
export { outgoingCapabilities } from "./capabilities/work-orders/fulfilment-calls.ts";
export { cloudEvent, type OutgoingMessage } from "./events/encode.ts";
export { outgoingOf } from "./events/outgoing.ts";
export { nodeSender } from "./events/send-node.ts";
export type { WebhookRequest, WebhookResult, WebhookSender } from "./events/sender.ts";
export { signedRequest } from "./events/sign.ts";
export { writeMessage } from "./events/write-message.ts";
export { checkFaultRules } from "./faults/fault-rules.ts";
export type { FaultRule } from "./faults/rule.ts";
export { type Listening, type ListenOptions, listen } from "./hosts/http.ts";
export type { OperationReport } from "./pipeline/operation-table.ts";
export type { Exchange, FaultReport, SandboxSettings } from "./pipeline/options.ts";
export type { Sandbox } from "./pipeline/sandbox.ts";
export { openStore } from "./store/open.ts";
export type { Store, TenantState } from "./store/store.ts";
