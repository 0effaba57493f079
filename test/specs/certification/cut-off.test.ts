import { beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { certify, type ObservedExchange } from "../../../specs/engine/certification/index.ts";
import { loadedSpecs } from "../../support/specs.ts";

let catalog: Catalog;
beforeAll(async () => {
  ({ catalog } = await loadedSpecs());
});

function asked(atMs: number, query: string, status: number, answer: object, headers = {}): ObservedExchange {
  return {
    session: 0,
    atMs,
    durationMs: 100,
    request: {
      method: "GET",
      url: `http://127.0.0.1:4010/v1/deliveries?limit=1${query}`,
      headers: { authorization: "Bearer t" },
    },
    response: {
      status,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(answer),
      truncated: false,
    },
  };
}

const more = { items: [], nextCursor: "two" };
const busy = { "retry-after": "3" };

/** The outcome of a check for a client that was waited for, and cut off at a moment or left until it rested. */
async function outcomeOf(check: string, recording: readonly ObservedExchange[], cutOffMs?: number) {
  const end = cutOffMs === undefined ? { exitCode: 0 } : { cutOffMs, deadline: "2026-01-01T00:01:00.000Z" };
  const clientSessions = [{ session: 0, probes: [], fired: [], ...end }];
  const report = await certify({
    catalog,
    seed: "cut-off",
    fetch,
    recording,
    clientSessions,
    parts: ["client"],
  });
  return report.findings.find((one) => one.check === check)?.outcome;
}

describe("a client that is cut off in the midst of its work", () => {
  it.each([
    ["the next page", "client.pagination.to-the-end", asked(9_000, "", 200, more), "warning"],
    ["a new token", "client.auth.refresh", asked(9_000, "", 401, {}), "failed"],
    ["another attempt", "client.retry.recovers", asked(6_000, "", 503, {}, busy), "warning"],
  ])("isn't blamed for %s that it had no time to ask for", async (_, check, last, blamed) => {
    const before = asked(0, "&status=rated", 200, { items: [] });
    const [early, late] = [last.atMs + 500, last.atMs + 8_000];
    expect(await outcomeOf(check, [before, last], early)).toBe("waiting");
    // It had the time, and what the answer itself asked it to wait.
    expect(await outcomeOf(check, [before, last], late)).toBe(blamed);
    // It ended by itself.
    expect(await outcomeOf(check, [before, last])).toBe(blamed);
  });

  it("is held to what it did before", async () => {
    const dropped = [asked(0, "", 200, more), asked(9_000, "", 200, more)];
    expect(await outcomeOf("client.pagination.to-the-end", dropped, 9_500)).toBe("warning");
    const followed = [asked(0, "", 200, more), asked(200, "&cursor=two", 200, more)];
    expect(await outcomeOf("client.pagination.to-the-end", followed, 1_000)).toBe("waiting");
    expect(await outcomeOf("client.pagination.to-the-end", followed.slice(0, 1), 1_000)).toBe("waiting");
  });
});
