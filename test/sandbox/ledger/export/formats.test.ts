import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { parse as parseHtml } from "parse5";
import { describe, expect, it } from "vitest";
import { type SettlementExport, toCsv, toHtml, toJson } from "../../../../sandbox/ledger/index.ts";
import { sample } from "./sample.ts";

describe("CSV", () => {
  const rows = parse(toCsv(sample), { columns: true }) as Record<string, string>[];

  it("has one row a line of a statement, amounts in the currency's decimals, what is owed with a minus", () => {
    expect(rows.map(({ net, tax, payable, position }) => [net, tax, payable, position])).toEqual([
      ["-1000.00", "-234.56", "-1234.56", "-1234.56"],
      ["0.00", "0.07", "0.07", "-0.07"],
    ]);
  });

  it("says of which document a line is part, what that corrects, and that it is self-billed", () => {
    expect(rows[0]).toMatchObject({
      document: "caterer-000001/1",
      document_type: "credit-note",
      corrects: "caterer-000000/1",
      self_billed: "true",
    });
  });

  it("disarms what a spreadsheet would run, and leaves negative amounts numbers", () => {
    expect(rows[0]?.["delivery"]).toBe(`'=HYPERLINK("http://evil.test","a, b")`);
    expect(rows[0]?.["product"]).toBe("'+cater\ning");
    expect(rows[0]?.["counterparty"]).toBe("'@campus");
    expect(rows[0]?.["net"]).toBe("-1000.00");
  });

  it("ends each row as RFC 4180 says, and can be read back whatever the texts hold", () => {
    expect(toCsv(sample).endsWith("\r\n")).toBe(true);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const read = parse(toCsv(withDelivery(text)), { columns: true }) as Record<string, string>[];
        expect(read).toHaveLength(2);
        const cell = read[0]?.["delivery"] ?? "";
        expect(cell.replace(/^'/, "")).toBe(text.replace(/^'/, ""));
        expect(cell).not.toMatch(/^\s*[=+\-@\t\r\n]/);
      }),
    );
  });
});

describe("JSON", () => {
  it("is the settlement and its statements, nothing lost", () => {
    const { settlement, statements } = sample;
    expect(JSON.parse(toJson(sample))).toEqual({ settlement, statements });
  });
});

describe("HTML", () => {
  interface Node {
    readonly nodeName: string;
    readonly value?: string;
    readonly attrs?: readonly { readonly name: string; readonly value: string }[];
    readonly childNodes?: readonly Node[];
  }
  const nodes = (node: Node): Node[] => [node, ...(node.childNodes ?? []).flatMap(nodes)];
  const page = (data: SettlementExport): Node[] => nodes(parseHtml(toHtml(data)) as object as Node);

  it("holds nothing that runs or that is fetched", () => {
    const names = new Set(page(sample).map(({ nodeName }) => nodeName));
    for (const name of ["script", "img", "link", "iframe", "object", "base", "form"])
      expect(names).not.toContain(name);
    const attributes = page(sample).flatMap(({ attrs }) => attrs ?? []);
    expect(attributes.filter(({ name }) => /^(on|src|href|style)/.test(name))).toEqual([]);
    expect(toHtml(sample)).not.toMatch(/url\(|@import/);
  });

  it("shows what was written, not what it would do", () => {
    const words = page(sample).map(({ value }) => value ?? "");
    expect(words).toContain('<script>alert("1")</script> & more');
    expect(
      words.some((text) => text.includes("Credit note to caterer-000000/1, self-billed by campus")),
    ).toBe(true);
    expect(words.some((text) => text.includes("Campus & Söns <Ltd>"))).toBe(true);
  });

  it("is well-formed whatever the texts hold", () => {
    const clean = page(withDelivery("x")).map(({ nodeName }) => nodeName);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        expect(page(withDelivery(text)).map(({ nodeName }) => nodeName)).toEqual(clean);
      }),
      { examples: [["<td>"], ['"><b>'], ["&lt;"], ["--></style><p>"]] },
    );
  });
});

/** The sample with another delivery id in its first line. */
function withDelivery(deliveryId: string): SettlementExport {
  const statements = sample.statements.map((statement) => ({
    ...statement,
    lines: statement.lines.map((line, at) => (at === 0 ? { ...line, deliveryId } : line)),
  }));
  return { ...sample, statements };
}
