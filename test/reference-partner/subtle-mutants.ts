import type { Mutation, ReceiverMutation } from "./mutation.ts";

/**
 * Faults that real partners have and that a coarse look doesn't see, beside the one plain fault of each check: check id
 * and, after a space, what is wrong.
 */
export const subtleProviderMutants: Readonly<Record<string, Mutation>> = {
  "provider.security.forged-token compares only the beginning of a signature": {
    policy: (healthy) => ({
      async authenticate(authorization, now) {
        const known = await healthy.authenticate(authorization, now);
        const genuine = [...seenTokens].find((one) => authorization?.startsWith(one.slice(0, -8)) === true);
        if (known !== undefined && authorization !== null) seenTokens.add(authorization);
        return known ?? (genuine === undefined ? undefined : healthy.authenticate(genuine, now));
      },
    }),
  },
  "provider.security.forged-token looks the signature up without the claims": {
    policy: (healthy) => ({
      async authenticate(authorization, now) {
        const known = await healthy.authenticate(authorization, now);
        const signature = authorization?.split(".")[2];
        const genuine = [...seenTokens].find((one) => signature !== undefined && one.endsWith(signature));
        if (known !== undefined && authorization !== null) seenTokens.add(authorization);
        return known ?? (genuine === undefined ? undefined : healthy.authenticate(genuine, now));
      },
    }),
  },
  "provider.input.accepts-valid knows no fraction of a second": {
    policy: (healthy) => ({
      bodyFaults: (schema, body) =>
        /T\d\d:\d\d:\d\d\./.test(JSON.stringify(body))
          ? ["# must be a time"]
          : healthy.bodyFaults(schema, body),
    }),
  },
  "provider.input.accepts-valid knows no offset but its own": {
    policy: (healthy) => ({
      bodyFaults: (schema, body) =>
        /\+05:30"/.test(JSON.stringify(body)) ? ["# must be a time"] : healthy.bodyFaults(schema, body),
    }),
  },
  "provider.input.accepts-valid knows no measure but its own": {
    policy: (healthy) => ({
      bodyFaults: (schema, body) =>
        /"another":/.test(JSON.stringify(body))
          ? ["#/usage/another is unknown"]
          : healthy.bodyFaults(schema, body),
    }),
  },
  "provider.state.read-equals-written cuts long texts": {
    rules: () => ({
      stored: (offer) =>
        typeof offer["note"] === "string" ? { ...offer, note: offer["note"].slice(0, 255) } : offer,
    }),
  },
  "provider.state.read-equals-written rounds what is measured": {
    rules: () => ({
      stored: (offer) => ({
        ...offer,
        ...(typeof offer["usage"] === "object" && offer["usage"] !== null
          ? { usage: rounded(offer["usage"]) }
          : {}),
      }),
    }),
  },
  "provider.state.read-equals-written drops the offset of a time": {
    rules: () => ({
      stored: (offer) => ({
        ...offer,
        scheduledFor: String(offer["scheduledFor"]).replace(/[+-]\d\d:\d\d$/, "Z"),
      }),
    }),
  },
};

/** Tokens that a careless verification takes for the measure of others. */
const seenTokens = new Set<string>();

function rounded(usage: object): object {
  return Object.fromEntries(
    Object.entries(usage).map(([name, value]) => [
      name,
      typeof value === "number" ? Math.round(value) : value,
    ]),
  );
}

export const subtleReceiverMutants: Readonly<Record<string, ReceiverMutation>> = {
  "receiver.signature.wrong leaves the last character unlooked at": (healthy) => ({
    matches: (header, wanted) =>
      healthy.matches(header, wanted) ||
      header.split(" ").some((one) => one.slice(0, -2) === `v1,${wanted}`.slice(0, -2)),
  }),
  "receiver.signature.wrong leaves the first character unlooked at": (healthy) => ({
    matches: (header, wanted) =>
      healthy.matches(header, wanted) || header.split(" ").some((one) => one.slice(4) === wanted.slice(1)),
  }),
  "receiver.signature.wrong compares without regard to case": (healthy) => ({
    matches: (header, wanted) =>
      healthy.matches(header, wanted) ||
      header.toLowerCase().split(" ").includes(`v1,${wanted.toLowerCase()}`),
  }),
  "receiver.dispatch.one-effect remembers the last id alone"() {
    let last = "";
    let runs = 0;
    return {
      identity(incoming) {
        if (incoming.id !== last) runs += 1;
        last = incoming.id;
        return `${incoming.id} ${runs}`;
      },
    };
  },
};
