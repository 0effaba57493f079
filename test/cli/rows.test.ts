import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryAfterMs } from "../../cli/http/transport.ts";
import { parseAmount } from "../../cli/output/money.ts";
import { sanitize } from "../../cli/output/sanitize.ts";
import { Identities } from "../../cli/rows/identity.ts";
import { completeMapping, fieldNamed, parseMapping } from "../../cli/rows/mapping.ts";
import { readCsvRows } from "../../cli/rows/read-csv.ts";
import { RejectReasons } from "../../cli/rows/reject-reasons.ts";
import type { Row } from "../../cli/rows/row.ts";
import { rowToDelivery } from "../../cli/rows/to-delivery.ts";
import { editDistance, suggest } from "../../specs/engine/suggest.ts";

const vocabulary = { measures: ["distanceMiles", "arrivalDelayMinutes"], partyRoles: ["broker"] };
const rowArbitrary = fc.record({ a: fc.constantFrom("1", "2"), b: fc.constantFrom("x", "y") });

describe("reasons of rows that are rejected", () => {
  it("are told once each, the commonest first, with the first lines; of very many, the first hundred", () => {
    const reasons = new RejectReasons();
    reasons.add(2, "no customer");
    for (let line = 3; line < 20; line++) reasons.add(line, "no product");
    expect(reasons.all()).toEqual([
      { reason: "no product", rows: 17, lines: [3, 4, 5, 6, 7] },
      { reason: "no customer", rows: 1, lines: [2] },
    ]);
    for (let line = 20; line < 1_000; line++) reasons.add(line, `never ${line}`);
    expect(reasons.all()).toHaveLength(100);
  });
});

describe("identity of a row", () => {
  const idsOf = (rows: readonly Record<string, unknown>[], batch?: string): string[] => {
    const identities = new Identities(batch);
    return rows.map((row) => identities.of(row, "p"));
  };

  it("differs for every row of a file, equal rows included", () => {
    fc.assert(fc.property(fc.array(rowArbitrary), (rows) => new Set(idsOf(rows)).size === rows.length));
  });

  it("stays when the file is sent again, and as a set whatever the order of its rows", () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary), (rows) => {
        expect(idsOf(rows)).toEqual(idsOf(rows));
        expect(idsOf([...rows].reverse()).sort()).toEqual(idsOf(rows).sort());
      }),
    );
  });

  it("stays for all rows that are left when one is taken out", () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary, { minLength: 1 }), fc.nat(), (rows, n) => {
        const whole = new Set(idsOf(rows));
        const mended = idsOf(rows.filter((_, i) => i !== n % rows.length));
        expect(mended.every((id) => whole.has(id))).toBe(true);
      }),
    );
  });

  it("does not depend on the order of columns or blanks around cells, but on product and batch", () => {
    const row = { a: "1", b: "x" };
    expect(idsOf([{ b: " x ", a: "1" }])).toEqual(idsOf([row]));
    expect(new Identities().of(row, "q")).not.toBe(new Identities().of(row, "p"));
    expect(idsOf([row], "monday")).not.toEqual(idsOf([row]));
  });
});

describe("mapping", () => {
  it.each([
    {
      given: ["startedAt=when,distanceMiles=far"],
      want: { startedAt: "when", "usage.distanceMiles": "far" },
    },
    {
      given: ["usage.distanceMiles=far", "broker=via"],
      want: { "usage.distanceMiles": "far", "parties.broker": "via" },
    },
    { given: ["customer=name of customer"], want: { customer: "name of customer" } },
  ])("$given", ({ given, want }) => {
    expect(Object.fromEntries(parseMapping(given, [], vocabulary).columns)).toEqual(want);
  });

  it("keeps a comma that begins no pair in a constant", () => {
    expect(Object.fromEntries(parseMapping([], ["beneficiary=Doe, Jane"], vocabulary).constants)).toEqual({
      beneficiary: "Doe, Jane",
    });
  });

  it.each([{ given: ["startedAt=a", "startedAt=b"] }, { given: ["nonsense=a"] }, { given: ["startedAt"] }])(
    "refuses $given",
    ({ given }) => {
      expect(() => parseMapping(given, [], vocabulary)).toThrow();
    },
  );

  it("finds columns by their names, unless something else gives the field", () => {
    const given = parseMapping(["startedAt=distance_miles"], ["customer=x"], vocabulary);
    const { byName } = completeMapping(
      given,
      ["distance_miles", "arrival-delay minutes", "customer", "product"],
      vocabulary,
    );
    expect(byName).toEqual(["usage.arrivalDelayMinutes", "product"]);
  });
});

describe("rows that bring their own columns", () => {
  const mapping = {
    ...parseMapping(["startedAt=departed_at"], ["product=p"], vocabulary),
    byName: (column: string) => fieldNamed(column, vocabulary),
    customer: () => "first",
  };
  const deliver = (columns: Record<string, unknown>) => rowToDelivery(columns, mapping, () => undefined);

  it("give measures and parties by their names at the top, and the default customer where they name none", () => {
    const row = { departed_at: "2025-01-01", distance_miles: 5, broker: "via", ended_at: "2025-01-02" };
    expect(deliver(row)).toMatchObject({
      delivery: {
        customer: "first",
        endedAt: "2025-01-02T00:00:00",
        usage: { distanceMiles: 5 },
        parties: { broker: "via" },
      },
    });
  });

  it("keep what they say in its own place, and their own customer", () => {
    const row = {
      departed_at: "2025-01-01",
      distance_miles: 5,
      usage: { distanceMiles: 7 },
      customer: "own",
    };
    expect(deliver(row)).toMatchObject({ delivery: { customer: "own", usage: { distanceMiles: 7 } } });
  });
});

describe("values of a row", () => {
  const mapping = parseMapping([], ["product=p", "customer=c"], vocabulary);
  const deliver = (columns: Record<string, unknown>) =>
    rowToDelivery({ startedAt: "2025-01-01", ...columns }, mapping, () => undefined);

  it.each([
    ["2025-03-11T08:30:00", "2025-03-11T08:30:00"],
    ["2025-03-11 08:30", "2025-03-11T08:30:00"],
    ["2025-03-11T08:30:00.5z", "2025-03-11T08:30:00.5Z"],
    ["2025-03-11T08:30:00+0200", "2025-03-11T08:30:00+02:00"],
    ["2024-02-29", "2024-02-29T00:00:00"],
  ])("the time %s is %s", (given, want) => {
    expect(deliver({ startedAt: given })).toMatchObject({ delivery: { startedAt: want } });
  });

  it.each(["2025-02-29", "2025-13-01", "2025-01-01T24:00:00", "11.03.2025", "soon"])(
    "%s is no time",
    (given) => {
      expect(deliver({ startedAt: given })).toMatchObject({ kind: "rejected" });
    },
  );

  it.each([
    ["1797", 1797],
    ["-19", -19],
    ["0.1", 0.1],
    ["0.10", "0.10"],
    ["9007199254740993", "9007199254740993"],
    ["+5", 5],
    ["true", true],
  ])("the measure %s is sent as %j, and never changes on the way", (given, want) => {
    expect(deliver({ usage: { m: given } })).toMatchObject({ delivery: { usage: { m: want } } });
  });
});

describe("CSV", () => {
  async function read(text: string, chunk = text.length): Promise<Row[]> {
    const parts = (async function* () {
      for (let at = 0; at < text.length; at += chunk) yield text.slice(at, at + chunk);
    })();
    const rows: Row[] = [];
    for await (const row of (await readCsvRows(parts, text, { bytes: 0 })).rows) rows.push(row);
    return rows;
  }

  it("gives the line on which a row begins, also behind cells with line breaks and with mixed endings", async () => {
    const rows = await read('a,b\r\n1,"two\nlines"\n\n3,4\r\nshort\n');
    expect(rows.map(({ kind, line }) => ({ kind, line }))).toEqual([
      { kind: "row", line: 2 },
      { kind: "row", line: 5 },
      { kind: "malformed", line: 6 },
    ]);
  });

  it("reads the same in pieces of any size", async () => {
    const text = 'a,b\n1,"x ""y"" z"\n3,ö\n';
    for (const chunk of [1, 2, 3, 7]) expect(await read(text, chunk)).toEqual(await read(text));
  });

  it.each(["a,a\n1,2\n", ""])("refuses the header of %j", async (text) => {
    await expect(read(text)).rejects.toThrow();
  });
});

it.each([
  { text: "\u001b[31mred\u001b[0m", want: "red" },
  { text: "\u001b]0;title\u0007x", want: "x" },
  { text: "\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\", want: "link" },
  { text: "a\u009b2Jb", want: "ab" },
  { text: "over\rwrite\bn", want: "overwriten" },
  { text: "user\u202egnp.exe", want: "usergnp.exe" },
  { text: "tab\tand\nbreak, ö 日本 👍", want: "tab\tand\nbreak, ö 日本 👍" },
])("strips what could move the terminal: $want", ({ text, want }) => {
  expect(sanitize(text)).toBe(want);
});

it("reads amounts as fine as their currency, as the books have it", () => {
  expect(parseAmount("120.5", "EUR", "--claim")).toBe(12_050);
  expect(parseAmount("120.5", "HUF", "--claim")).toBe(12_050);
  expect(parseAmount("0.125", "IQD", "--claim")).toBe(125);
  expect(() => parseAmount("1.005", "EUR", "--claim")).toThrow();
  expect(() => parseAmount("1.5", "JPY", "--claim")).toThrow();
});

it("suggests what was meant, slips of neighbouring letters first", () => {
  expect(suggest("sumbit", ["submit", "list", "show"])).toEqual(["submit"]);
  expect(suggest("zzz", ["submit", "list", "show"])).toEqual([]);
  expect(editDistance("sumbit", "submit")).toBe(1);
});

it.each([
  { header: "3", want: 3_000 },
  { header: "999999", want: 60_000 },
  { header: "Thu, 01 Jan 1970 00:00:05 GMT", want: 4_000 },
])("waits as Retry-After: $header says, a minute at most", ({ header, want }) => {
  expect(retryAfterMs(header, 1, 1_000)).toBe(want);
});
