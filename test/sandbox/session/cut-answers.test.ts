import { expect, it } from "vitest";
import { httpTarget } from "../../../sandbox/session/http-target.ts";
import { openShop } from "../pipeline/shop.ts";

const url = "http://127.0.0.1/v1/token";
const body = { text: "client_id=blueline" };
const request = {
  method: "POST",
  url,
  headers: [["content-type", "application/x-www-form-urlencoded"]],
  body,
} as const;

it("an answer that was cut has its status and what came of it, on a connection that was used before too", async () => {
  const { sandbox } = await openShop({ faults: [{ operation: "token", body: "truncated", every: 2 }] });
  const target = await httpTarget(sandbox, []);
  try {
    // A replay waits for no fault's delay.
    sandbox.faults.close();
    for (let round = 0; round < 5; round++) {
      const whole = await target.send(request);
      const cut = await target.send(request);
      expect([whole.status, cut.status]).toEqual([200, 200]);
      expect(cut.bytes).toHaveLength(whole.bytes.length >> 1);
    }
  } finally {
    await target.close();
  }
});
