import {
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from "jose";
import { describe, expect, it } from "vitest";
import { signingKeyAt } from "../../../sandbox/capabilities/records.ts";
import type { SigningKey } from "../../../sandbox/pipeline/tokens.ts";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { openShop, type Shop } from "./shop.ts";

const textOf = (part: string | undefined): string => Buffer.from(part ?? "", "base64url").toString();
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

interface Parts {
  readonly header: JWTHeaderParameters;
  readonly payload: JWTPayload;
  /** The sandbox's own: what is wrong is then not the signature. */
  readonly key: CryptoKey | Uint8Array;
}

/** A good token of the shop, taken apart, so that each test spoils one thing. */
async function partsOf(shop: Shop): Promise<Parts & { readonly token: string }> {
  const token = await shop.token();
  const [header, payload] = token.split(".").map(textOf);
  const stored = await shop.store
    .reader(shop.sandbox.tenant)
    .get<JsonObject & SigningKey>(signingKeyAt.collection, signingKeyAt.id);
  if (stored === undefined) throw new Error("The shop has no key.");
  return {
    token,
    header: JSON.parse(header ?? "") as JWTHeaderParameters,
    payload: JSON.parse(payload ?? "") as JWTPayload,
    key: (await importJWK(stored.value.jwk, "EdDSA")) as CryptoKey,
  };
}

const signed = ({ header, payload, key }: Parts): Promise<string> =>
  new SignJWT(payload).setProtectedHeader(header).sign(key);

async function statusWith(shop: Shop, authorization: string): Promise<readonly [number, unknown]> {
  const { status, json } = await shop.call("GET", "/v1/notes", { headers: { authorization } });
  return [status, json["code"]];
}

it("a token that is put together again as it was, is good: what the others lack is what they are refused for", async () => {
  const shop = await openShop();
  expect(await statusWith(shop, `Bearer ${await signed(await partsOf(shop))}`)).toEqual([200, undefined]);
});

it("a good token with something behind it is none", async () => {
  const shop = await openShop();
  const { token } = await partsOf(shop);
  expect(await statusWith(shop, `Bearer  ${token} `)).toEqual([200, undefined]);
  expect(await statusWith(shop, `Bearer ${token} x`)).toEqual([401, "ECO_UNAUTHENTICATED"]);
});

const stranger = await generateKeyPair("EdDSA", { extractable: true });
const strangerJwk = await exportJWK(stranger.publicKey);

describe("an access token is refused", () => {
  const spoilt: readonly (readonly [what: string, spoil: (parts: Parts) => Promise<string>])[] = [
    [
      "of another audience",
      (parts) => signed({ ...parts, payload: { ...parts.payload, aud: "urn:eco:other" } }),
    ],
    [
      "of several audiences of others",
      (parts) => signed({ ...parts, payload: { ...parts.payload, aud: ["a", "b"] } }),
    ],
    [
      "of another issuer",
      (parts) => signed({ ...parts, payload: { ...parts.payload, iss: "urn:eco:other" } }),
    ],
    [
      "that isn't valid yet",
      (parts) => signed({ ...parts, payload: { ...parts.payload, nbf: Number(parts.payload.exp) + 60 } }),
    ],
    ["that never ends", ({ payload: { exp: _, ...payload }, ...parts }) => signed({ ...parts, payload })],
    ["of nobody", ({ payload: { sub: _, ...payload }, ...parts }) => signed({ ...parts, payload })],
    [
      "of another kind, such as a certificate",
      (parts) => signed({ ...parts, header: { ...parts.header, typ: "JWT" } }),
    ],
    ["of no kind", ({ header: { typ: _, ...header }, ...parts }) => signed({ ...parts, header })],
    [
      "of a stranger's key under the sandbox's name for its own",
      (parts) => signed({ ...parts, key: stranger.privateKey }),
    ],
    [
      "of a stranger's key that it brings along",
      (parts) =>
        signed({ ...parts, header: { ...parts.header, jwk: strangerJwk }, key: stranger.privateKey }),
    ],
    [
      "of a stranger's key that it says where to find",
      (parts) =>
        signed({
          ...parts,
          header: { ...parts.header, jku: "http://127.0.0.1:9/keys" },
          key: stranger.privateKey,
        }),
    ],
    [
      "of an algorithm that the key isn't for",
      (parts) =>
        signed({
          ...parts,
          header: { ...parts.header, alg: "HS256" },
          key: new TextEncoder().encode(JSON.stringify(strangerJwk)),
        }),
    ],
    [
      "with an extension that nobody here understands",
      async (parts) => {
        const [, payload, signature] = (await signed(parts)).split(".");
        return [encoded({ ...parts.header, crit: ["exp"], exp: 1 }), payload, signature].join(".");
      },
    ],
    ...["none", "None", "NONE", "", "nOnE"].map(
      (alg) =>
        [
          `of the algorithm ${JSON.stringify(alg)}`,
          async ({ header, payload }: Parts) => `${encoded({ ...header, alg })}.${encoded(payload)}.`,
        ] as const,
    ),
    ["without its signature", async (parts) => (await signed(parts)).replace(/[^.]+$/, "")],
    ["with half of its signature", async (parts) => (await signed(parts)).slice(0, -40)],
    [
      "with a signature of nothing but zeros",
      async (parts) => (await signed(parts)).replace(/[^.]+$/, "A".repeat(86)),
    ],
    ["with more than three parts", async (parts) => `${await signed(parts)}.${encoded({})}`],
    ["in five parts, as encrypted ones have", async () => `${encoded({ alg: "dir", enc: "A256GCM" })}....`],
    ["that is no token", async () => "x"],
    ["that is a megabyte long", async () => "a".repeat(1024 * 1024)],
    ["that is a good one and then more", async (parts) => `${await signed(parts)}, Bearer other`],
    [
      "with claims nested 10,000 levels",
      async ({ header }) =>
        `${encoded(header)}.${Buffer.from("[".repeat(10_000) + "]".repeat(10_000)).toString("base64url")}.${"A".repeat(86)}`,
    ],
  ];

  it.each(spoilt)("%s", async (_what, spoil) => {
    const shop = await openShop();
    const parts = await partsOf(shop);
    // Twice: what is refused isn't remembered as good.
    for (const _ of [1, 2]) {
      expect(await statusWith(shop, `Bearer ${await spoil(parts)}`)).toEqual([401, "ECO_UNAUTHENTICATED"]);
    }
    expect(shop.faults).toEqual([]);
  });

  it.each(["Basic", "bearer:", "Token", "BearerX", ""])("under the scheme %j", async (scheme) => {
    const shop = await openShop();
    expect(await statusWith(shop, `${scheme} ${await shop.token()}`)).toEqual([401, "ECO_UNAUTHENTICATED"]);
  });

  it("that its own sandbox issued before a reset, however often it was taken before", async () => {
    const shop = await openShop();
    const token = `Bearer ${await shop.token()}`;
    expect(await statusWith(shop, token)).toEqual([200, undefined]);
    await shop.call("POST", "/v1/reset");
    expect(await statusWith(shop, token)).toEqual([401, "ECO_UNAUTHENTICATED"]);
  });
});

it("says nothing of a token that it refuses", async () => {
  const shop = await openShop();
  const { text } = await shop.call("GET", "/v1/notes", {
    headers: { authorization: "Bearer canary.canary.canary" },
  });
  expect(text).not.toContain("canary");
});

it.each([
  ["a list", ["notes:write"]],
  ["an object", { 0: "notes:write" }],
  ["names that every object has", "constructor __proto__"],
  ["one that goes on", "notes:writeall"],
])("gives no rights for scopes that are %s", async (_what, scope) => {
  const shop = await openShop();
  const parts = await partsOf(shop);
  const authorization = `Bearer ${await signed({ ...parts, payload: { ...parts.payload, scope } })}`;
  const { status, json } = await shop.call("POST", "/v1/notes", {
    json: { text: "x" },
    headers: { authorization },
  });
  expect([status, json["code"]]).toEqual([403, "ECO_SCOPE_MISSING"]);
});
