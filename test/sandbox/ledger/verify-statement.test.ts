import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  entriesOf,
  type IssuedStatement,
  issueStatements,
  type StatementFinding,
  statementNumber,
  verifyStatement,
} from "../../../sandbox/ledger/index.ts";
import { fingerprintOf, type Leg } from "../../../sandbox/rating/index.ts";
import { leg } from "./leg.ts";

const standing = (legs: readonly Leg[], secret: string) => ({
  legs,
  secret,
  fingerprint: fingerprintOf(legs, secret),
});

const was = [
  leg("0/sale", "member", "campus", 10000n, 0n, 2550n),
  leg("0/share/0", "campus", "caterer", 9000n, 0n, 2295n),
];
const is = [
  leg("0/sale", "member", "campus", 8000n, 0n, 2040n),
  leg("0/share/0", "campus", "caterer", 7200n, 0n, 1836n),
];
const change = [
  leg("0/sale", "member", "campus", -2000n, 0n, -510n),
  leg("0/share/0", "campus", "caterer", -1800n, 0n, -459n),
];

function issued(party: string): IssuedStatement {
  const entries = [
    ...entriesOf({ legs: was, booking: "rating", after: standing(was, "first") }),
    ...entriesOf({
      legs: change,
      booking: "correction",
      before: standing(was, "first"),
      after: standing(is, "second"),
    }),
  ];
  const taxes: Record<string, bigint> = { member: 0n, campus: -2040n + 1836n, caterer: -1836n };
  const statements = issueStatements({
    period: "2025-03",
    settlementId: "set_1",
    issuedAt: "2025-04-01T00:00:00.000Z",
    issuedBy: "campus",
    heads: Object.entries(taxes).map(([one, amountMinor]) => ({
      id: `stm-${one}`,
      number: statementNumber(one, 0),
      party: one,
      currency: "EUR",
      taxes: [{ counterparty: "tax-office", amountMinor }],
    })),
    entries,
  });
  const found = statements.find((each) => each.party === party);
  if (found === undefined) throw new Error(`no statement of ${party}`);
  return found;
}

const problems = (statement: IssuedStatement): StatementFinding["problem"][] => [
  ...new Set(verifyStatement(statement).findings.map(({ problem }) => problem)),
];

/** A copy in which one place, named by its path, holds something else. */
function tampered(statement: IssuedStatement, path: string, value: unknown): IssuedStatement {
  const copy = structuredClone(statement) as object as Record<string, unknown>;
  const parts = path.split(".");
  let at: Record<string, unknown> = copy;
  for (const part of parts.slice(0, -1)) at = at[part] as Record<string, unknown>;
  at[parts.at(-1) ?? ""] = value;
  return copy as object as IssuedStatement;
}

describe("verifyStatement", () => {
  it.each(["member", "campus", "caterer"])(
    "finds nothing on the statement of %s as it was issued",
    (party) => {
      expect(verifyStatement(issued(party)).findings).toEqual([]);
      expect(verifyStatement(issued(party)).provenLines).toBe(party === "campus" ? 4 : 2);
    },
  );

  it.each([
    ["a line's net", "lines.0.netMinor", 9001, "not-under-the-fingerprint"],
    ["a line's payable alone", "lines.0.payableMinor", 1, "amounts-do-not-add-up"],
    ["who the other side is", "lines.0.counterparty", "someone", "not-under-the-fingerprint"],
    ["the direction", "lines.0.direction", "payable", "not-under-the-fingerprint"],
    ["the product", "lines.0.product", "room", "not-under-the-fingerprint"],
    ["the tax code", "lines.0.taxCode", "none", "not-under-the-fingerprint"],
    ["the salt", "lines.0.stands.salt", "0".repeat(32), "not-under-the-fingerprint"],
    ["the place among the legs", "lines.0.stands.index", 0, "not-under-the-fingerprint"],
    ["a sibling", "lines.0.stands.path", [], "not-under-the-fingerprint"],
    ["the correction's former self", "lines.1.stood", undefined, "not-what-stands-less-what-stood"],
    ["the proof's form", "lines.0.stands.path", undefined, "not-under-the-fingerprint"],
    ["the proof itself", "lines.0.stands", "none", "not-under-the-fingerprint"],
    ["a proof left out", "lines.0.stands", undefined, "proof-missing"],
    ["a document's total", "documents.0.netMinor", 1, "document-differs"],
    ["the tax that is settled", "lines.2.taxMinor", 1, "tax-differs"],
    ["the total", "payableMinor", 0, "totals-differ"],
    ["an amount that is no whole number", "lines.0.netMinor", 90.5, "not-under-the-fingerprint"],
  ] as const)("finds a lie about %s", (_, path, value, problem) => {
    expect(problems(tampered(issued("caterer"), path, value))).toContain(problem);
  });

  it("finds a line that was left out, by the document and the total", () => {
    const whole = issued("caterer");
    const short = { ...whole, lines: whole.lines.slice(1) };
    expect(problems(short)).toEqual(expect.arrayContaining(["document-differs", "totals-differ"]));
  });

  it("finds any amount of any line that is changed, however the totals are mended", () => {
    const whole = issued("campus");
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom("netMinor", "serviceCreditMinor", "taxMinor", "payableMinor"),
        fc.integer({ min: -100_000, max: 100_000 }).filter((by) => by !== 0),
        (line, field, by) => {
          const before = whole.lines[line]?.[field as "netMinor"] ?? 0;
          expect(problems(tampered(whole, `lines.${line}.${field}`, before + by))).not.toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("accepts the example of the partner API", async () => {
    const document = parse(await readFile("specs/openapi/partner-api.yaml", "utf8")) as {
      paths: Record<
        string,
        {
          get: {
            responses: {
              "200": { content: { "application/json": { examples: { member: { value: unknown } } } } };
            };
          };
        }
      >;
    };
    const operation = document.paths["/statements/{statementId}"];
    const example = operation?.get.responses["200"].content["application/json"].examples.member.value;
    expect(verifyStatement(example as IssuedStatement)).toEqual({
      provenLines: 1,
      unprovenLines: 0,
      findings: [],
    });
  });
});
