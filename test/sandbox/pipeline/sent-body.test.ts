import { describe, expect, it } from "vitest";
import { SentBody } from "../../../sandbox/pipeline/sent-body.ts";

const sent = (...bytes: readonly number[]): SentBody => new SentBody(Uint8Array.from(bytes));
const given = new TextEncoder().encode('{"a":"ä"}');

describe("a body as it was sent", () => {
  it("is kept as its bytes before anybody has read it as text, and as its text afterwards", () => {
    const body = new SentBody(given);
    expect(body.kept).toBe(given);
    expect(body.utf8).toBe('{"a":"ä"}');
    expect(body.kept).toBe('{"a":"ä"}');
  });

  it.each([
    ["a byte order mark", sent(0xef, 0xbb, 0xbf, 0x7b, 0x7d), "{}", "\uFEFF{}"],
    ["what isn't UTF-8", sent(0x22, 0xff, 0x22), '"\uFFFD"', undefined],
    ["nothing", sent(), "", ""],
  ])("reads %s, leniently and strictly, in any order", (_, body, text, utf8) => {
    expect([body.utf8, body.text, body.utf8, body.text]).toEqual([utf8, text, utf8, text]);
  });
});
