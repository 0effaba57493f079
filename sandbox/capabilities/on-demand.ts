import { part } from "../values/part.ts";
import type { Capability, Decider } from "./capability.ts";

/** Capabilities that come together, and how their code is had. */
export interface CapabilityModule {
  readonly names: readonly string[];
  load(): Promise<readonly Capability[]>;
}

/** The capabilities of a module, which is loaded when one of them first decides. */
export function onDemand({ names, load }: CapabilityModule): readonly Decider[] {
  const loaded = new Map<string, Capability>();
  const loading = part(names.join(", "), async () => {
    for (const capability of await load()) loaded.set(capability.name, capability);
  });
  return names.map((name): Decider => {
    const decide: Decider["decide"] = async (input, context) => {
      await loading();
      const capability = loaded.get(name);
      if (capability === undefined) throw new Error(`There is no ${name} where it should come from.`);
      return capability.decide(input, context);
    };
    // Once it is there, a decision costs nothing more than without all this.
    return {
      name,
      decide: (input, context) => loaded.get(name)?.decide(input, context) ?? decide(input, context),
    };
  });
}
