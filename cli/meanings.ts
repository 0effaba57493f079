import { describeCapabilities, outgoingCapabilities } from "../sandbox/index.ts";
import type { CanonicalFields } from "../specs/engine/canonical-fields.ts";
import type { KnownMeanings } from "../specs/engine/catalog/lint/capabilities.ts";
import names from "../specs/generated/canonical-names.json" with { type: "json" };

type Known = Awaited<ReturnType<typeof describeCapabilities>>[number] | (typeof outgoingCapabilities)[number];

const everyCapability = async (): Promise<readonly Known[]> => [
  ...(await describeCapabilities()),
  ...outgoingCapabilities,
];

/** All that a spec set may bind to: what `eco specs lint` holds it against. */
export async function knownMeanings(): Promise<KnownMeanings> {
  const all = await everyCapability();
  return { capabilities: Object.fromEntries(all.map((capability) => [capability.name, capability])), names };
}

export interface DescribedCapability {
  readonly name: string;
  readonly summary: string;
  readonly input: Known["input"];
  readonly result: CanonicalFields;
  readonly events: readonly string[];
}

/** The domain events that messages can be bound to, with what each carries. */
export interface DescribedEvent {
  readonly name: string;
  readonly data: CanonicalFields;
}

const results: KnownMeanings["names"]["results"] = names.results;
const carried: KnownMeanings["names"]["events"] = names.events;

/** The capabilities that operations can be bound to, by name; those that only the sandbox itself asks for are left out. */
export async function describedCapabilities(): Promise<readonly DescribedCapability[]> {
  return (await everyCapability())
    .flatMap(({ name, summary, input, events }) => {
      const result = results[name];
      return result === undefined ? [] : [{ name, summary, input, result, events }];
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

export async function describedEvents(): Promise<readonly DescribedEvent[]> {
  const caused = (await everyCapability()).flatMap(({ events }) => events);
  return [...new Set(caused)].sort().map((name) => ({ name, data: carried[name] ?? {} }));
}
