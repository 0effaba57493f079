import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isIban,
  type PartyDetails,
  type SettlementExport,
  toPain001,
} from "../../../../sandbox/ledger/index.ts";
import { violationsOf } from "./pain001-rules.ts";
import { sample } from "./sample.ts";
import { all, type Read, readXml, texts } from "./xml-reader.ts";

function made(data: SettlementExport, executionDate?: string): Read {
  const outcome = toPain001(data, {
    payer: "campus",
    ...(executionDate === undefined ? {} : { executionDate }),
  });
  if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome.problems));
  return readXml(outcome.xml);
}

const withParty = (id: string, over: Partial<PartyDetails>): SettlementExport => ({
  ...sample,
  parties: sample.parties.map((party) => (party.id === id ? { ...party, ...over } : party)),
});

describe("the payout file", () => {
  const document = made(sample);

  it("has one credit transfer for each party that is owed something, but for the one that pays", () => {
    expect(texts(document, "EndToEndId")).toEqual([
      "set-4f-0001",
      "set-4f-0002",
      "set-4f-0003",
      "set-4f-0004",
    ]);
    const transfers = all(document, "CdtTrfTxInf").map((transfer) => [
      ...texts(transfer, "IBAN"),
      ...texts(transfer, "InstdAmt"),
      all(transfer, "InstdAmt")[0]?.attributes["Ccy"],
    ]);
    expect(transfers).toEqual([
      ["FI0399900010001967", "1234.56", "EUR"],
      ["FI1899900010003443", "0.05", "EUR"],
      ["FI0399900010001967", "1500", "JPY"],
      ["FI1899900010003443", "1.005", "KWD"],
    ]);
  });

  it("keeps every rule of the standard for what it holds, and of the euro's scheme where that is stricter", () => {
    expect(violationsOf(document)).toEqual([]);
    expect(violationsOf(made(withParty("caterer", { name: "料理".repeat(200) })))).toEqual([]);
    expect(violationsOf(made(withParty("campus", { name: "A".repeat(200) })))).toEqual([]);
  });

  it.each([
    ["an element out of order", /<Cdtr>([\s\S]*?)<\/Cdtr>\n/, "", "holds PmtId, Amt, CdtrAcct, RmtInf"],
    ["an amount of six decimals", /1234\.56/, "1234.560001", 'InstdAmt is "1234.560001"'],
    ["a name that is too long", /<Nm>Courier/, `<Nm>${"C".repeat(71)}`, "Cdtr/Nm is"],
    ["an id with a letter that banks don't take", /set-4f-0001/, "set_4f_0001", "EndToEndId is"],
    ["an account that is none", /FI1899900010003443/, "18999", 'IBAN is "18999"'],
  ] as const)("would be seen to break them by %s", (_, what, by, violation) => {
    const outcome = toPain001(sample, { payer: "campus" });
    const xml = outcome.kind === "made" ? outcome.xml.replace(what, by) : "";
    expect(violationsOf(readXml(xml)).join("; ")).toContain(violation);
  });

  it.each([
    [99_999_999_999, ["999999999.99"]],
    [100_000_000_000, ["999999999.99", "0.01"]],
    [199_999_999_998, ["999999999.99", "999999999.99"]],
    [250_000_000_000, ["999999999.99", "999999999.99", "500000000.02"]],
  ])("pays %d cents in transfers that SEPA carries, each with an id of its own", (amountMinor, amounts) => {
    const positions = [{ party: "caterer", amountMinor, currency: "EUR" }];
    const paid = made({ ...sample, settlement: { ...sample.settlement, positions } });
    expect(texts(paid, "InstdAmt")).toEqual(amounts);
    expect(new Set(texts(paid, "EndToEndId")).size).toBe(amounts.length);
    expect(new Set(texts(paid, "CtrlSum"))).toEqual(new Set([(amountMinor / 100).toFixed(2)]));
    expect(violationsOf(paid)).toEqual([]);
  });

  it("leaves an amount of another currency whole", () => {
    const positions = [{ party: "caterer", amountMinor: 250_000_000_000, currency: "JPY" }];
    const paid = made({ ...sample, settlement: { ...sample.settlement, positions } });
    expect(texts(paid, "InstdAmt")).toEqual(["250000000000"]);
  });

  it("counts and sums its payments, in all and in each block", () => {
    expect(texts(document, "NbOfTxs")).toEqual(["4", "2", "1", "1"]);
    expect(texts(document, "CtrlSum")).toEqual(["2735.615", "1234.61", "1500", "1.005"]);
  });

  it("has one block a currency, the euro's under the rules of SEPA", () => {
    expect(
      all(document, "PmtInf").map((block) => [texts(block, "Cd")[0], texts(block, "ChrgBr")[0]]),
    ).toEqual([
      ["SEPA", "SLEV"],
      [undefined, "SHAR"],
      [undefined, "SHAR"],
    ]);
  });

  it.each([
    ["Document", ["CstmrCdtTrfInitn"]],
    ["CstmrCdtTrfInitn", ["GrpHdr", "PmtInf", "PmtInf", "PmtInf"]],
    ["GrpHdr", ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"]],
    [
      "PmtInf",
      [
        "PmtInfId",
        "PmtMtd",
        "NbOfTxs",
        "CtrlSum",
        "PmtTpInf",
        "ReqdExctnDt",
        "Dbtr",
        "DbtrAcct",
        "DbtrAgt",
        "ChrgBr",
        "CdtTrfTxInf",
        "CdtTrfTxInf",
      ],
    ],
    ["CdtTrfTxInf", ["PmtId", "Amt", "Cdtr", "CdtrAcct", "RmtInf"]],
  ])("holds in %s what the schema wants, in its order", (name, children) => {
    const element = name === "Document" ? document : all(document, name)[0];
    expect(element?.children.map((child) => child.name)).toEqual(children);
    expect(document.attributes["xmlns"]).toBe("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09");
  });

  it("writes names with the characters that every bank takes", () => {
    expect(texts(document, "Nm").slice(0, 2)).toEqual(["Campus Sons Ltd", "Campus Sons Ltd"]);
    for (const name of texts(document, "Nm")) expect(name).toMatch(/^[A-Za-z0-9/?:().,'+ -]{1,70}$/);
  });

  it("is paid on the day of the close, or on the day that is asked for", () => {
    expect(texts(document, "Dt")[0]).toBe("2025-04-01");
    expect(texts(made(sample, "2025-04-15"), "Dt")).toEqual(["2025-04-15", "2025-04-15", "2025-04-15"]);
  });

  it("is the same file when it is made again", () => {
    expect(made(sample)).toEqual(document);
  });

  it("keeps every id within 35 characters and apart, however long the settlement's is", () => {
    const long = made({ ...sample, settlement: { ...sample.settlement, id: `set_${"x".repeat(90)}` } });
    const ids = texts(long, "EndToEndId");
    expect(new Set(ids).size).toBe(4);
    for (const id of [...ids, ...texts(long, "MsgId"), ...texts(long, "PmtInfId")])
      expect(id.length).toBeLessThanOrEqual(35);
    expect(new Set(texts(long, "PmtInfId")).size).toBe(3);
  });

  it.each([
    [
      "a party without an account",
      { ...sample, parties: sample.parties.slice(0, 2) },
      [{ party: "courier", reason: "bank-account-missing" }],
    ],
    [
      "a payer without one",
      { ...sample, parties: sample.parties.slice(1) },
      [{ party: "campus", reason: "bank-account-missing" }],
    ],
    [
      "a wrong check digit",
      withParty("caterer", { bankAccount: { iban: "FI0499900010001967" } }),
      [{ party: "caterer", reason: "iban-invalid" }],
    ],
    [
      "a BIC that is none",
      withParty("courier", { bankAccount: { iban: "FI1899900010003443", bic: "K" } }),
      [{ party: "courier", reason: "bic-invalid" }],
    ],
    [
      "nobody to pay",
      { ...sample, settlement: { ...sample.settlement, positions: [] } },
      [{ reason: "nothing-to-pay" }],
    ],
  ])("is refused whole for %s", (_, data, problems) => {
    expect(toPain001(data, { payer: "campus" })).toEqual({ kind: "refused", problems });
  });

  it("is well-formed whatever a party is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const names = texts(made(withParty("caterer", { name })), "Nm");
        expect(names.every((each) => each.length > 0 && each.length <= 70)).toBe(true);
      }),
    );
  });
});

describe("isIban", () => {
  it.each(["GB82WEST12345698765432", "DE89370400440532013000", "FI2112345600000785", "NO9386011117947"])(
    "knows %s",
    (iban) => {
      expect(isIban(iban)).toBe(true);
    },
  );
  it.each([
    "GB83WEST12345698765432",
    "de89370400440532013000",
    "DE89 3704 0044 0532 0130 00",
    "FI21",
    "",
    "XX00",
  ])("refuses %s", (iban) => {
    expect(isIban(iban)).toBe(false);
  });
});
