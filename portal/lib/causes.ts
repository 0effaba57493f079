import { describeCapabilities } from "../../sandbox/capabilities/index.ts";
import type { Operation } from "../../specs/engine/catalog/types.ts";
import { messagesOf } from "./relations.ts";
import type { MessagePage, OperationPage, Site } from "./site.ts";

/** What each capability declares that it may cause. Read when pages are built; no page carries a capability's code. */
const eventsByCapability: ReadonlyMap<string, readonly string[]> = new Map(
  (await describeCapabilities()).map((capability) => [capability.name, capability.events]),
);

/** The messages that a call of the operation may cause, by what its capability declares. */
export function causedBy(operation: Operation, site: Site): readonly MessagePage[] {
  const events = eventsByCapability.get(operation.capability?.name ?? "") ?? [];
  return messagesOf(events, site);
}

/** The operations whose capability may cause the message. */
export function causesOf(page: MessagePage, site: Site): readonly OperationPage[] {
  const { event } = page.message;
  if (event === undefined) return [];
  return [...site.operations.values()].filter(({ operation }) =>
    (eventsByCapability.get(operation.capability?.name ?? "") ?? []).includes(event),
  );
}
