import { describe, expect, it, onTestFinished } from "vitest";
import { listen } from "../../../sandbox/hosts/http.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { openHarbour } from "../capabilities/harbour.ts";

/** A partner on the other end of a socket. */
async function connectAs(party: string) {
  const harbour = await openHarbour();
  const { url, close } = await listen(harbour.sandbox, { port: 0 });
  onTestFinished(async () => {
    await close();
    await harbour.close();
  });
  const credentials = { client_id: `sandbox-${party}`, client_secret: `sandbox-${party}-secret` };
  const body = new URLSearchParams({ grant_type: "client_credentials", ...credentials });
  const token = (await (await fetch(`${url}/v1/oauth/token`, { method: "POST", body })).json()) as JsonObject;
  return async (path: string, json?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/v1${path}`, {
      method: json === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${String(token["access_token"])}`,
        "content-type": "application/json",
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    return { status: response.status, body: (await response.json()) as JsonObject };
  };
}

const leg = {
  product: "express-leg",
  customer: "nordic-apps",
  startedAt: "2001-01-01T11:45:00",
  usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
};

describe("what has bitten others, over HTTP", () => {
  it("retried submissions minting new ids: a retry under its key answers the first, and books nothing", async () => {
    const send = await connectAs("harbour");
    const retry = { "idempotency-key": "01JPGX3K8Q" };
    const first = await send("/deliveries", leg, retry);
    const second = await send("/deliveries", leg, retry);
    expect([first.status, second.body]).toEqual([201, first.body]);
    const other = await send("/deliveries", { ...leg, usage: { distanceMiles: 5 } }, retry);
    expect(other.body["code"]).toBe("ECO_IDEMPOTENCY_MISMATCH");
    const { body } = await send("/deliveries");
    expect((body["items"] as JsonObject[]).map(({ id }) => id)).toEqual([first.body["id"]]);
  });

  it("retried submissions minting new ids: an id of the caller's own makes a retry safe without any key", async () => {
    const send = await connectAs("harbour");
    const answers = [
      await send("/deliveries", { ...leg, id: "mine" }),
      await send("/deliveries", { ...leg, id: "mine" }),
    ];
    expect(answers.map(({ status, body }) => [status, body["id"]])).toEqual([
      [201, "mine"],
      [200, "mine"],
    ]);
  });

  it("one duplicate rejecting a whole batch: the others are booked, and it is told apart", async () => {
    const send = await connectAs("harbour");
    await send("/deliveries", { ...leg, id: "b" });
    const deliveries = ["a", "b", "c", "c"].map((id) => ({ ...leg, id }));
    const { status, body } = await send("/deliveries/batch", { deliveries });
    expect([status, body["accepted"], body["known"], body["rejected"]]).toEqual([200, 2, 2, 0]);
    expect((body["results"] as JsonObject[]).map(({ outcome }) => outcome)).toEqual([
      "rated",
      "known",
      "rated",
      "known",
    ]);
  });
});
