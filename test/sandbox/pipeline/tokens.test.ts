import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { openShop } from "./shop.ts";

describe("the pipeline: tokens", () => {
  it("refuses a scope that the token lacks, and says which", async () => {
    const shop = await openShop();
    const token = await shop.token("blueline", { scope: "notes:read" });
    const { status, json, headers } = await shop.call("POST", "/v1/notes", {
      json: { text: "x" },
      headers: { authorization: `Bearer ${token}` },
    });
    expect([status, json["code"]]).toEqual([403, "ECO_SCOPE_MISSING"]);
    expect(json["detail"]).toContain("notes:write");
    expect(headers.get("www-authenticate")).toContain("insufficient_scope");
  });

  it("refuses an expired token, cached or not", async () => {
    const shop = await openShop();
    const authorization = `Bearer ${await shop.token("blueline", { lifetime: "60" })}`;
    expect((await shop.call("GET", "/v1/notes", { headers: { authorization } })).status).toBe(200);
    shop.wallMs += 61_000;
    for (const _ of [1, 2]) {
      const { status, json } = await shop.call("GET", "/v1/notes", { headers: { authorization } });
      expect([status, json["code"]]).toEqual([401, "ECO_TOKEN_EXPIRED"]);
    }
  });

  it.each([
    [
      "another key",
      async (token: string) => (await forged(token, {}, new Uint8Array(32))).replace("HS256", "EdDSA"),
    ],
    ["a symmetric algorithm", async (token: string) => forged(token, {}, new TextEncoder().encode("public"))],
    [
      "no algorithm",
      async (token: string) => `${encode({ alg: "none", typ: "at+jwt" })}.${token.split(".")[1]}.`,
    ],
    ["a changed party", async (token: string) => withClaims(token, { sub: "owner" })],
  ])("refuses a token signed with %s", async (_, forge) => {
    const shop = await openShop();
    const authorization = `Bearer ${await forge(await shop.token())}`;
    const { status, json } = await shop.call("GET", "/v1/notes", { headers: { authorization } });
    expect([status, json["code"]]).toEqual([401, "ECO_UNAUTHENTICATED"]);
  });

  it("takes new tokens and no old ones after another process on the same store reset it", async () => {
    const one = await openShop();
    const two = await openShop({}, one.store);
    const old = `Bearer ${await two.token()}`;
    expect((await one.call("GET", "/v1/notes", { headers: { authorization: old } })).status).toBe(200);
    await one.call("POST", "/v1/reset");
    const fresh = `Bearer ${await one.token()}`;
    expect((await two.call("GET", "/v1/notes", { headers: { authorization: fresh } })).status).toBe(200);
    expect((await two.call("GET", "/v1/notes", { headers: { authorization: old } })).status).toBe(401);
  });

  it("refuses a token of another sandbox", async () => {
    const [one, two] = [await openShop(), await openShop()];
    const authorization = `Bearer ${await one.token()}`;
    expect((await two.call("GET", "/v1/notes", { headers: { authorization } })).status).toBe(401);
  });
});

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
const withClaims = (token: string, claims: object): string => {
  const [head, , signature] = token.split(".");
  return [head, encode({ ...claimsOf(token), ...claims }), signature].join(".");
};
const forged = (token: string, claims: object, key: Uint8Array): Promise<string> =>
  new SignJWT({ ...claimsOf(token), ...claims })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .sign(key);
