import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readXml, texts } from "../sandbox/ledger/export/xml-reader.ts";
import { type EcoResult, type Home, newHome, projectRoot } from "./support/eco.ts";
import { type RunningSandbox, startSandbox } from "./support/sandbox.ts";

let home: Home;
let sandbox: RunningSandbox;
const at = (name: string): string => join(home.path, name);
const eco = (profile: string, ...args: string[]): Promise<EcoResult> =>
  home.run([...args, "--sandbox", sandbox.url, "--profile", profile]);
const as = (profile: string, ...args: string[]): Promise<EcoResult> => eco(profile, "settlements", ...args);

beforeAll(async () => {
  home = await newHome();
  sandbox = await startSandbox(home);
  const flights = await readFile(join(projectRoot, "test/fixtures/flights-2k.csv"), "utf8");
  await writeFile(at("flights.csv"), flights.split("\n").slice(0, 41).join("\n"));
  const submitted = await eco(
    "harbour",
    ...["deliveries", "submit", at("flights.csv"), "--product", "express-leg", "--customer", "nordic-apps"],
    ...["--map", "startedAt=departed_at,distanceMiles=distance_miles,arrivalDelayMinutes=delay_minutes"],
  );
  expect(submitted.status).toBe(0);
  expect((await as("harbour", "close", "2001-01")).status).toBe(0);
}, 60_000);
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true });

async function ownRows(): Promise<Record<string, string>[]> {
  const { stdout } = await as("blueline", "export", "2001-01");
  return rowsOf(stdout).filter((row) => row["delivery"] !== "");
}

async function figures(name: string, rows: readonly Readonly<Record<string, string>>[]): Promise<string> {
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => columns.map((column) => row[column] ?? "").join(","));
  await writeFile(at(name), [columns.join(","), ...lines].join("\r\n"));
  return at(name);
}

describe("settlements show", () => {
  it("takes the period as well as the id, and shows a party its own position", async () => {
    const { json } = await as("blueline", "show", "2001-01", "--json");
    const shown = json.result as { id: string; positions: { party: string }[] };
    expect(shown.positions.map(({ party }) => party)).toEqual(["blueline"]);
    expect((await as("blueline", "show", shown.id, "--json")).json.result).toEqual(shown);
    const open = await as("blueline", "show", "2001-02", "--json");
    expect(open.json.error).toMatchObject({
      code: "ECO_NOT_FOUND",
      message: expect.stringContaining("No settlement of 2001-02 is known: the period is open"),
    });
  });
});

describe("settlements close", () => {
  it("says once what is wrong with a month that is none", async () => {
    const { stderr, status } = await as("harbour", "close", "2025-13");
    expect(status).toBe(2);
    expect(stderr.match(/must match pattern/g)).toHaveLength(1);
  });
});

describe("settlements export", () => {
  it("gives a party its own statement only, on stdout where no file is named", async () => {
    const { stdout, status } = await as("blueline", "export", "2001-01");
    expect(status).toBe(0);
    const rows = rowsOf(stdout);
    expect(new Set(rows.map((row) => row["party"]))).toEqual(new Set(["blueline"]));
    expect(rows.filter((row) => row["delivery"] !== "")).toHaveLength(40);
    expect(new Set(rows.map((row) => row["self_billed"]))).toEqual(new Set(["true", ""]));
  });

  it("takes the format from the file's extension, and the orchestrator's export holds everybody", async () => {
    const { json, status } = await as("harbour", "export", "2001-01", "--output", at("all.json"), "--json");
    expect(status).toBe(0);
    expect(json.result).toMatchObject({
      format: "json",
      statements: 5,
      period: "2001-01",
      file: at("all.json"),
    });
    const { statements } = JSON.parse(await readFile(at("all.json"), "utf8")) as {
      statements: { party: string }[];
    };
    expect(statements.map(({ party }) => party)).toEqual([
      "blueline",
      "harbour",
      "nordic-apps",
      "tax-office",
      "wayfare",
    ]);
  });

  it("makes a page to print", async () => {
    expect((await as("blueline", "export", "2001-01", "-o", at("page.html"))).status).toBe(0);
    const page = await readFile(at("page.html"), "utf8");
    expect(page).toContain("<h1>Statement blueline-000001</h1>");
    expect(page).toContain("Invoice, self-billed by harbour");
  });

  it("makes a payout file of all positive positions, or of one party's", async () => {
    const positions = await as("harbour", "list", "--json");
    const { items } = positions.json.result as {
      items: { id: string; positions: { party: string; amountMinor: number }[] }[];
    };
    const owed =
      items[0]?.positions.filter(({ party, amountMinor }) => amountMinor > 0 && party !== "harbour") ?? [];
    const { stdout } = await as("harbour", "export", items[0]?.id ?? "", "--format", "pain001");
    const document = readXml(stdout);
    expect(texts(document, "InstdAmt")).toEqual(
      owed.map(({ amountMinor }) => (amountMinor / 100).toFixed(2)),
    );
    expect(texts(document, "NbOfTxs")).toEqual([String(owed.length), String(owed.length)]);
    const one = await as("harbour", "export", "2001-01", "--format", "pain001", "--party", "wayfare");
    expect(texts(readXml(one.stdout), "IBAN")).toEqual(["FI6899900010000118", "FI3899900010000852"]);
  });

  it.each<[string, string, string[], string, number]>([
    ["a payout by anybody else", "blueline", ["2001-01", "--format", "pain001"], "ECO_FORBIDDEN", 2],
    ["a period that is open", "harbour", ["2001-05"], "ECO_NOT_FOUND", 2],
    ["a settlement that isn't there", "harbour", ["set_none"], "ECO_NOT_FOUND", 2],
    ["a party without a statement", "harbour", ["2001-01", "--party", "kestrel"], "ECO_NOT_FOUND", 2],
    [
      "a party that owes",
      "harbour",
      ["2001-01", "--party", "nordic-apps", "--format", "pain001"],
      "ECO_NOTHING_TO_PAY",
      2,
    ],
    ["a name that tells no format", "harbour", ["2001-01", "--output", "x.pdf"], "ECO_USAGE", 2],
    [
      "a day that is none",
      "harbour",
      ["2001-01", "--format", "pain001", "--execution-date", "2025-02-30"],
      "ECO_USAGE",
      2,
    ],
    [
      "a file that can't be written",
      "harbour",
      ["2001-01", "--output", "no/such/dir.csv"],
      "ECO_FILE_UNWRITABLE",
      2,
    ],
  ])("refuses %s", async (_, profile, args, code, exit) => {
    const { json, status } = await as(profile, "export", ...args, "--json");
    expect([json.error.code, status]).toEqual([code, exit]);
  });
});

describe("settlements verify", () => {
  it("proves every leg of a party's statement against the fingerprints of its deliveries", async () => {
    const { json, status } = await as("blueline", "verify", "2001-01", "--json");
    expect(status).toBe(0);
    expect(json.result).toMatchObject({
      comparedFingerprints: 40,
      statements: [{ number: "blueline-000001", provenLines: 40, findings: [] }],
    });
  });

  it("needs no server for an exported file, and finds the cent that was changed in it", async () => {
    await as("blueline", "export", "2001-01", "-o", at("mine.json"));
    const whole = await home.run(["settlements", "verify", "--file", at("mine.json"), "--json"]);
    expect(whole.status).toBe(0);
    const text = await readFile(at("mine.json"), "utf8");
    await writeFile(
      at("lie.json"),
      text.replace(/"netMinor": (\d+)/, (_, net: string) => `"netMinor": ${Number(net) + 1}`),
    );
    const lie = await home.run(["settlements", "verify", "--file", at("lie.json"), "--json"]);
    expect([lie.status, lie.json.error.code]).toEqual([3, "ECO_STATEMENT_UNPROVEN"]);
  });

  it.each<[string, string[], string]>([
    ["neither a settlement nor a file", [], "ECO_INPUT_MISSING"],
    ["a file that is no JSON", ["--file", "flights.csv"], "ECO_INPUT_INVALID"],
    ["a file that isn't there", ["--file", "none.json"], "ECO_FILE_UNREADABLE"],
  ])("refuses %s", async (_, args, code) => {
    const { json, status } = await as("blueline", "verify", ...args, "--json");
    expect([json.error.code, status]).toEqual([code, 2]);
  });
});

describe("settlements reconcile", () => {
  it("finds nothing in the books' own export", async () => {
    expect(
      (await as("harbour", "export", "2001-01", "--party", "harbour", "-o", at("harbour.csv"))).status,
    ).toBe(0);
    const { json, status } = await as("harbour", "reconcile", at("harbour.csv"), "--json");
    expect(status).toBe(0);
    expect(json.result).toMatchObject({
      matched: 120,
      differs: 0,
      missingHere: 0,
      missingThere: 0,
      findings: [],
    });
  });

  it("names each difference with its cause, the delivery and the next command", async () => {
    const rows = await ownRows();
    const credited = rows.findIndex((row, i) => i > 5 && Number(row["service_credit"]) > 0);
    const mine = rows.flatMap((row, i) => {
      const net = row["net"] ?? "";
      const payable = row["payable"] ?? "";
      const own = { job: row["delivery"] ?? "", invoiced: payable };
      if (i === 0) return [{ ...own, invoiced: (Number(payable) + 0.01).toFixed(2) }];
      if (i === 1) return [{ ...own, invoiced: net }];
      if (i === 2) return [own, own];
      if (i === 3) return [];
      if (i === 4) return [{ ...own, job: "unknown-job", invoiced: "1.23" }];
      if (i === 5) return [{ ...own, invoiced: "1.00" }];
      if (i === credited) return [{ ...own, invoiced: (Math.round(Number(net) * 110) / 100).toFixed(2) }];
      return [own];
    });
    const file = await figures("mine.csv", mine);
    const { json, status } = await as(
      "blueline",
      "reconcile",
      file,
      "--map",
      "delivery=job,payable=invoiced",
      "--json",
    );
    expect([status, json.error.code]).toEqual([3, "ECO_FIGURES_DIFFER"]);
    const result = json.result as {
      matched: number;
      findings: { deliveryId: string; status: string; causes: string[]; absence?: string; next?: string }[];
    };
    expect(result.matched).toBe(33);
    const id = (i: number): string => rows[i]?.["delivery"] ?? "";
    expect(
      result.findings.map(({ deliveryId, status: how, causes }) => [deliveryId, how, causes.join(" ")]),
    ).toEqual([
      [id(0), "differs", "rounding"],
      [id(1), "differs", "tax"],
      [id(2), "differs", "duplicate"],
      ["unknown-job", "missing-here", ""],
      [id(5), "differs", "price"],
      [id(credited), "differs", "recourse"],
      [id(3), "missing-there", ""],
      [id(4), "missing-there", ""],
    ]);
    expect(result.findings[4]?.next).toBe(
      `eco disputes open ${id(5)} --reason 'Our figures differ: another tier, quantity or price.' --profile blueline --sandbox ${sandbox.url}`,
    );
    expect(result.findings[3]).toMatchObject({ absence: "unknown" });
  });

  it("gives a customer the claim for what it is charged too much, and the command is one that eco takes", async () => {
    const bought = rowsOf((await as("nordic-apps", "export", "2001-01")).stdout);
    const mine = bought.map((row, i) => {
      const net = i === 0 ? (Number(row["net"]) - 10).toFixed(2) : (row["net"] ?? "");
      return { delivery: row["delivery"] ?? "", net };
    });
    const { stdout, status } = await as("nordic-apps", "reconcile", await figures("bought.csv", mine));
    expect(status).toBe(3);
    expect(stdout).toContain("39 matched, 1 differ");
    const next = stdout.trimEnd().split("\n").at(-1) ?? "";
    expect(next).toMatch(
      /^eco disputes open \S+ --reason '[^']+' --claim 10\.00 --profile nordic-apps --sandbox \S+$/,
    );
    const [, id = "", reason = ""] = /^eco disputes open (\S+) --reason '([^']+)'/.exec(next) ?? [];
    const opened = await eco(
      "nordic-apps",
      "disputes",
      "open",
      id,
      "--reason",
      reason,
      "--claim",
      "10.00",
      "--json",
    );
    expect(opened.json.result).toMatchObject({ deliveryId: id, claimMinor: 1000, status: "open" });
  });

  it("reads JSON from a pipe, and a decimal comma", async () => {
    const own = await ownRows();
    const lines = own.map((row) =>
      JSON.stringify({ delivery: row["delivery"], netMinor: Math.round(Number(row["net"]) * 100) }),
    );
    const piped = await home.run(
      ["settlements", "reconcile", "-", "--json", "--sandbox", sandbox.url, "--profile", "blueline"],
      { stdin: lines.join("\n") },
    );
    expect(piped.status).toBe(0);
    const comma = own.map((row) =>
      `${row["delivery"]};"1.${"0".repeat(3)},50"`.replace("1.000,50", (row["net"] ?? "").replace(".", ",")),
    );
    await writeFile(at("comma.csv"), ["delivery;net", ...comma].join("\n"));
    const read = await as("blueline", "reconcile", at("comma.csv"), "--decimal-comma", "--json");
    expect(read.json.result).toMatchObject({ matched: 40 });
  });

  it("names the rows that it can't read, and still compares the others", async () => {
    const own = (await ownRows()).map((row) => ({
      delivery: row["delivery"] ?? "",
      payable: row["payable"] ?? "",
    }));
    const file = await figures("bad.csv", [
      { delivery: "x", payable: "12.345" },
      { delivery: "y", payable: "" },
      ...own,
    ]);
    const { json, status } = await as("blueline", "reconcile", file, "--json");
    expect([status, json.error.code]).toEqual([2, "ECO_ROWS_REJECTED"]);
    expect(json.result).toMatchObject({ matched: 40, rejected: [{ line: 2 }, { line: 3 }] });
  });

  it.each<[string, string, string[], string]>([
    ["no column for the delivery", "a,payable\n1,2\n", [], "ECO_INPUT_MISSING"],
    ["no column for an amount", "delivery,b\n1,2\n", [], "ECO_INPUT_MISSING"],
    ["a column that isn't there", "delivery,payable\n1,2\n", ["--map", "net=preis"], "ECO_USAGE"],
    ["a field that no figure has", "delivery,payable\n1,2\n", ["--map", "nett=payable"], "ECO_USAGE"],
    ["a period without a statement", "delivery,payable\n1,2\n", ["--period", "1999-01"], "ECO_NOT_FOUND"],
    ["another currency", "delivery,payable\n1,2\n", ["--currency", "SEK"], "ECO_NOT_FOUND"],
  ])("refuses %s", async (name, content, args, code) => {
    const path = at(`${name.replaceAll(" ", "-").replace("'", "")}.csv`);
    await writeFile(path, content);
    const { json, status } = await as("blueline", "reconcile", path, ...args, "--json");
    expect([json.error.code, status]).toEqual([code, 2]);
  });
});
