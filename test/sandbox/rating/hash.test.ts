import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digestHex, portableSha256, useSha256 } from "../../../sandbox/rating/index.ts";
import { nodeSha256 } from "../../../sandbox/values/sha256-node.ts";

describe("SHA-256 of a host", () => {
  it("gives the digests of the portable one, of any text and any bytes", () => {
    const text = fc.oneof(fc.string({ maxLength: 3000 }), fc.string({ unit: "binary", maxLength: 200 }));
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 300 })), (data) => {
        expect(nodeSha256(data)).toBe(portableSha256(data));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["nothing", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["a text", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    ["text beyond ASCII", "é€", "f0165711145fd4315008feb1f589eb75f63fb382417be0782a1c1cab418bc0c4"],
  ])("is the standard's, of %s", (_, data, want) => {
    expect(portableSha256(data)).toBe(want);
    expect(nodeSha256(data)).toBe(want);
  });

  it("is used from then on", () => {
    try {
      useSha256(() => "the host's");
      expect(digestHex("abc")).toBe("the host's");
    } finally {
      useSha256(portableSha256);
    }
    expect(digestHex("abc")).toBe(portableSha256("abc"));
  });
});
