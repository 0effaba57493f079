import type { DecisionContext } from "../capabilities/capability.ts";
import type { Core } from "./core.ts";
import type { SandboxParts } from "./options.ts";

type ContextCore = Pick<Core, "randomness" | "tokens" | "read" | "tenant"> & { readonly seed: string };

/** Makes what decisions are given: nothing else of the world reaches them. */
export function contextMaker(
  { catalog, validators, store }: SandboxParts,
  { seed, tenant, randomness, tokens, read }: ContextCore,
): Core["newContext"] {
  const validate: DecisionContext["validate"] = (schema, value) => {
    const violations = validators.get(schema, "request")(value);
    return violations.map(({ pointer, message }) => ({ pointer: `#${pointer}`, detail: message }));
  };
  return ({ requestId, operationId, clock, caller }) => {
    const newId = randomness.idsOf(requestId);
    let secrets = 0;
    return {
      read,
      dispatches: (query) => store.dispatches(tenant, query),
      catalog,
      ...(caller === undefined ? {} : { caller }),
      now: clock.now,
      clock: { mode: clock.mode, offsetMs: clock.offsetMs },
      newId,
      newSecret: () => randomness.secret(requestId, secrets++),
      requestId,
      operationId,
      seed,
      validate,
      signToken: async (claims) => {
        if (tokens === undefined) throw new Error("This spec set has no operation that issues tokens.");
        return tokens.sign(claims, newId("tok"));
      },
    };
  };
}
