import { capabilities, outgoingCapabilities } from "../sandbox/index.ts";
import type { CanonicalFields } from "../specs/engine/canonical-fields.ts";
import type { KnownMeanings } from "../specs/engine/catalog/lint/capabilities.ts";
import names from "../specs/generated/canonical-names.json" with { type: "json" };

const all = [...capabilities, ...outgoingCapabilities];

/** All that a spec set may bind to: what `eco specs lint` holds it against. */
export const meanings: KnownMeanings = {
  capabilities: Object.fromEntries(all.map((capability) => [capability.name, capability])),
  names,
};

export interface DescribedCapability {
  readonly name: string;
  readonly summary: string;
  readonly input: (typeof all)[number]["input"];
  readonly result: CanonicalFields;
  readonly events: readonly string[];
}

/** The capabilities that operations can be bound to, by name; those that only the sandbox itself asks for are left out. */
export function describedCapabilities(): readonly DescribedCapability[] {
  return all
    .flatMap(({ name, summary, input, events }) => {
      const result = meanings.names.results[name];
      return result === undefined ? [] : [{ name, summary, input, result, events }];
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The domain events that messages can be bound to, with what each carries. */
export function describedEvents(): readonly { readonly name: string; readonly data: CanonicalFields }[] {
  const caused = [...new Set(all.flatMap(({ events }) => events))].sort();
  return caused.map((name) => ({ name, data: meanings.names.events[name] ?? {} }));
}
