import { describe, expect, it } from "vitest";
import { inspect } from "../../portal/client/inspection.ts";
import { SESSION_FORMAT, SESSION_VERSION } from "../../sandbox/session/format.ts";

const header = {
  kind: "session",
  format: SESSION_FORMAT,
  version: SESSION_VERSION,
  ecosystem: "somewhere",
  recordedAt: "2030-01-01T00:00:00Z",
  catalogDigest: "sha256:0000",
  seed: "1",
};
const start = { kind: "state", state: { balances: [] } };
const exchange = {
  kind: "exchange",
  id: "1",
  atMs: 0,
  request: { method: "GET", url: "http://sandbox.test/things?page=2", headers: [["accept", "*/*"]] },
  answer: { status: 404, headers: [], body: { text: '{"detail":"no"}' } },
};
const fileOf = (...lines: readonly object[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");

describe("a file that is looked into", () => {
  it("shows what is whole of a damaged session, and each damaged line as it stands", () => {
    const { answer: _, ...unanswered } = exchange;
    const lost = { ...exchange, request: { ...exchange.request, url: "nowhere" } };
    const { entries } = inspect(fileOf(header, start, unanswered, exchange, lost));
    expect(entries.map(({ what, outcome }) => [what.split(" ")[0], outcome])).toEqual([
      ["did", "damaged"],
      ["GET", "404"],
      ["did", "damaged"],
    ]);
    expect(entries[0]?.details()).toEqual([["As it stands", JSON.stringify(unanswered, undefined, 2)]]);
    expect(entries[1]?.details()[1]).toEqual(["Answer", '{\n  "detail": "no"\n}']);
  });

  it.each([
    ["nothing", "", /no session, no bundle and no state/],
    ["another format", '{"openapi":"3.1.0"}', /no session, no bundle and no state/],
    ["half of a bundle", '{"kind":"bundle","format":"eco-bundle","ver', /cut off/],
    ["a bundle of a newer version", '{"version":2,"format":"eco-bundle","kind":"bundle"}', /version 2/],
    [
      "a state whose fields were put into another order",
      '{"version":1,"format":"eco-state"}',
      /state is incomplete/,
    ],
    ["a session of a newer version", fileOf({ ...header, version: 99 }, start), /version 99/],
  ])("says in words what is wrong with %s", (_, text, words) => {
    expect(() => inspect(text)).toThrow(words);
  });
});
