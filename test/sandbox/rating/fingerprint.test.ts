import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalJson,
  fingerprintOf,
  type Leg,
  proveLeg,
  verifyLeg,
} from "../../../sandbox/rating/index.ts";
import { rated } from "./harbour.ts";

const { legs } = rated({ product: "catering-cover", usage: { covers: 37, delayMinutes: 25 } });

describe("the fingerprint of a delivery", () => {
  const root = fingerprintOf(legs, "secret");

  it("lets a party verify each of its legs, with the leg, its salt and its proof alone", () => {
    for (const leg of legs) expect(verifyLeg(leg, proveLeg(legs, "secret", leg.id), root)).toBe(true);
  });

  it.each<[string, (leg: Leg) => Leg]>([
    ["another amount", (leg) => ({ ...leg, netMinor: leg.netMinor + 1n })],
    ["another tax", (leg) => ({ ...leg, taxMinor: leg.taxMinor - 1n })],
    ["another payee", (leg) => ({ ...leg, payee: "somebody" })],
    ["another delivery", (leg) => ({ ...leg, deliveryId: "d2" })],
  ])("refuses a leg with %s", (_, change) => {
    for (const leg of legs)
      expect(verifyLeg(change(leg), proveLeg(legs, "secret", leg.id), root)).toBe(false);
  });

  it("refuses a proof for another place, with another salt, or cut short", () => {
    const [leg] = legs;
    if (leg === undefined) throw new Error("no leg");
    const proof = proveLeg(legs, "secret", leg.id);
    expect(verifyLeg(leg, { ...proof, index: 1 }, root)).toBe(false);
    expect(verifyLeg(leg, { ...proof, salt: "0".repeat(32) }, root)).toBe(false);
    expect(verifyLeg(leg, { ...proof, path: proof.path.slice(1) }, root)).toBe(false);
    expect(verifyLeg(leg, { ...proof, path: [...proof.path, ...proof.path] }, root)).toBe(false);
    expect(verifyLeg(leg, { ...proof, path: ["nonsense"] }, root)).toBe(false);
  });

  it("is another one for another secret, so that nobody can guess the legs of others", () => {
    expect(fingerprintOf(legs, "other")).not.toBe(root);
  });

  it("is the Merkle root of RFC 6962 over the salted legs, as anyone can compute it", () => {
    const sha = (...parts: (Buffer | string)[]) =>
      parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
    const leaves = legs.map((leg) => {
      const { salt } = proveLeg(legs, "secret", leg.id);
      const amounts = [leg.netMinor, leg.creditMinor].map(String);
      const rest = [leg.taxCode, leg.taxPercent, String(leg.taxMinor), String(leg.payableMinor)];
      return sha(
        Buffer.from([0]),
        JSON.stringify([
          salt,
          leg.id,
          leg.kind,
          leg.deliveryId,
          leg.product,
          leg.payer,
          leg.payee,
          leg.currency,
          ...amounts,
          ...rest,
        ]),
      );
    });
    const [a, b, c, d] = leaves;
    if (a === undefined || b === undefined || c === undefined || d === undefined || leaves.length !== 4)
      throw new Error("four legs expected");
    const node = (left: Buffer, right: Buffer) => sha(Buffer.from([1]), left, right);
    expect(root).toBe(`sha256:${node(node(a, b), node(c, d)).toString("hex")}`);
  });

  it("holds for any number of legs, and for names beyond ASCII", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.bigInt()), { minLength: 1, maxLength: 20 }),
        (list) => {
          const many = list.map(
            ([payee, netMinor], i): Leg => ({ ...(legs[0] as Leg), id: `${i}/share`, payee, netMinor }),
          );
          const all = fingerprintOf(many, "s");
          for (const leg of many) expect(verifyLeg(leg, proveLeg(many, "s", leg.id), all)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("canonical JSON", () => {
  it("sorts by UTF-16 code units and writes numbers and strings as RFC 8785 has them", () => {
    const sample = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '€$\u000f\nA\'B"\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\"/"}',
    );
    expect(
      canonicalJson({
        "\u20ac": 1,
        "\r": 2,
        "\ufb33": 3,
        "1": 4,
        "\ud83d\ude00": 5,
        "\u0080": 6,
        "\u00f6": 7,
      }),
    ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it("writes any value as another implementation of the RFC does", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], ["\ud800"], [1n], [() => 1]])(
    "refuses what JSON can't hold: %s",
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );
});
