import { expect, it } from "vitest";
import type { SeenExchange } from "../../../sandbox/capabilities/certifications/records.ts";
import { recordingOf } from "../../../sandbox/certification/exchanges.ts";

const exchange = (
  path: string,
  token: string | null,
  headers: Readonly<Record<string, string>>,
): SeenExchange => ({
  certificationId: "crt_1",
  operationId: "",
  startedAtMs: 1,
  durationMs: 1,
  request: { method: "POST", url: `http://sandbox.local${path}`, headers, body: "" },
  response: { status: 200, headers: {}, body: "" },
  token,
  probe: null,
  fingerprint: "",
});

it.each(["Bearer", "bearer", "BEARER"])(
  "what brought a token is of the client that uses it as `%s`, and what brought another is somebody else's",
  (scheme) => {
    const recording = recordingOf([
      exchange("/v1/token?own", "mark-1", {}),
      exchange("/v1/token?other", "mark-2", {}),
      exchange("/v1/deliveries", null, { authorization: `${scheme} mark-1` }),
    ]);
    expect(recording.map(({ request }) => request.url)).toEqual([
      "http://sandbox.local/v1/token?own",
      "http://sandbox.local/v1/deliveries",
    ]);
  },
);
