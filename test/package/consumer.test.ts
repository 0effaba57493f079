import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { developed, statusFor } from "./developed-portal.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);
let consumer: string;
let name: string;
let installed: string;

/** What the portal of an outsider is made from. */
const from = ["--specs", "things.json", "--content", "words", "--base", "/docs/"];

/** What an outsider has after `npm install` of the tarball: the packed files, and the dependencies that it declares. */
beforeAll(async () => {
  consumer = await mkdtemp(join(tmpdir(), "eco-consumer-"));
  // As `prepack` does, but for emptying `dist`, which other tests are running from.
  await run("npm", ["run", "build:types"], { cwd: root });
  const { stdout } = await run(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", consumer],
    {
      cwd: root,
      maxBuffer: 32 * 1024 * 1024,
    },
  );
  const packed = JSON.parse(stdout) as { filename: string }[] | Record<string, { filename: string }>;
  const filename = Object.values(packed)[0]?.filename ?? "";
  await run("tar", ["-xzf", filename], { cwd: consumer });
  const manifest = JSON.parse(await readFile(join(consumer, "package/package.json"), "utf8")) as {
    name: string;
    dependencies: Record<string, string>;
  };
  name = manifest.name;
  installed = join(consumer, "node_modules", name);
  await mkdir(dirname(installed), { recursive: true });
  await cp(join(consumer, "package"), installed, { recursive: true });
  // Only what is declared is there, so a forgotten dependency is missed here and not by the first who installs it.
  for (const dependency of [...Object.keys(manifest.dependencies), "@types/node", "typescript"])
    await install(dependency);
  await writeFile(join(consumer, "package.json"), JSON.stringify({ name: "consumer", type: "module" }));
});

async function install(dependency: string): Promise<void> {
  const link = join(consumer, "node_modules", dependency);
  await mkdir(dirname(link), { recursive: true });
  await symlink(join(root, "node_modules", dependency), link);
}

afterAll(() => rm(consumer, { recursive: true, force: true }));

const node = (...args: readonly string[]) =>
  run(process.execPath, args, {
    cwd: consumer,
    env: {
      ...process.env,
      XDG_CONFIG_HOME: join(consumer, "config"),
      XDG_CACHE_HOME: join(consumer, "cache"),
    },
  });

describe("the packed package, used by an outsider", () => {
  it("rates on the command line, with the reference specs that it brings", async () => {
    await writeFile(
      join(consumer, "legs.csv"),
      "startedAt,distanceMiles,arrivalDelayMinutes\n2001-01-01T06:55:00,1797,-19\n",
    );
    const bin = join(installed, "cli/bin.js");
    const { stdout } = await node(bin, "rate", "legs.csv", "--product", "express-leg", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      result: { netMinor: 25611, sharesMinor: { wayfare: 1537, harbour: 640, blueline: 23434 } },
    });
    expect((await node(bin, "--help")).stdout).toContain("deliveries");
  });

  it("brings what starter projects are made from", async () => {
    const receiver = "cli/scaffold/template/src/receiver.ts";
    expect(await readFile(join(installed, receiver), "utf8")).toBe(
      await readFile(join(root, receiver), "utf8"),
    );
  });

  it("rates in code, by the entry that needs nothing else", async () => {
    await writeFile(
      join(consumer, "rate.js"),
      `import { runVectors } from "${name}/rating";
      const vector = { id: "a", source: "t", kind: "split", amount: "100", remainder: "first-listed",
        shares: [{ percent: "50" }, { remaining: true }], expect: { parts: ["50", "50"] } };
      console.log(runVectors({ format: "rating-vectors/1", vectors: [vector] }).passed);`,
    );
    expect((await node("rate.js")).stdout).toBe("1\n");
  });

  it("verifies a statement in code, by the entry that needs nothing else", async () => {
    await writeFile(
      join(consumer, "verify.js"),
      `import { entriesOf, fingerprintOf, issueStatements, positionsOf, postingsOf, verifyStatement } from "${name}/ledger";
      const leg = { id: "0/sale", kind: "sale", deliveryId: "d1", product: "desk", payer: "member", payee: "campus",
        currency: "EUR", netMinor: 1000n, creditMinor: 0n, taxCode: "none", taxPercent: "0", taxMinor: 0n,
        payableMinor: 1000n, taxRecovered: false };
      const standing = { legs: [leg], secret: "s", fingerprint: fingerprintOf([leg], "s") };
      const heads = ["campus", "member"].map((party) => ({ id: party, number: party + "-1", party, currency: "EUR", taxes: [] }));
      const [own] = issueStatements({ period: "2025-03", settlementId: "set", issuedAt: "", issuedBy: "campus", heads,
        entries: entriesOf({ legs: [leg], booking: "rating", after: standing }) });
      const known = { d1: standing.fingerprint };
      console.log(verifyStatement(own, (id) => known[id]).findings.length, verifyStatement(own, () => "sha256:0").findings.length);
      const lie = { ...own, lines: own.lines.map((line) => ({ ...line, netMinor: 999, payableMinor: 999 })) };
      console.log(verifyStatement(lie).findings.length > 0);
      console.log(positionsOf(postingsOf([leg])).map(({ party, amountMinor }) => party + " " + amountMinor).join(", "));`,
    );
    expect((await node("verify.js")).stdout).toBe("0 1\ntrue\ncampus 1000, member -1000\n");
  });

  it("serves a sandbox in code, on the specs that it brings", async () => {
    await writeFile(
      join(consumer, "sandbox.js"),
      `import { createSandbox } from "${name}/sandbox";
      import { loadCatalog } from "${name}/catalog";
      import { dirname } from "node:path";
      import { fileURLToPath } from "node:url";
      const specs = dirname(fileURLToPath(import.meta.resolve("${name}/specs/ecosystem.yaml")));
      const { catalog } = await loadCatalog(specs);
      const sandbox = await createSandbox({ catalog });
      const answer = await sandbox.fetch(new Request("http://127.0.0.1/v1/sandbox"));
      console.log(answer.status, (await answer.json()).ecosystem);
      await sandbox.close();`,
    );
    expect((await node("sandbox.js")).stdout).toBe("200 harbour-campus\n");
  });

  it("brings a test kit whose matchers need nothing installed beside it", async () => {
    await writeFile(
      join(consumer, "kit.test.js"),
      `import { test } from "node:test";
      import { eventually, emitted, startSandbox } from "${name}/testing";
      import { matchers } from "${name}/testing/vitest";
      test("kit", async () => {
        const sandbox = await startSandbox();
        await sandbox.as("nordic-apps")("/v1/cases", { json: { intent: "park-car", customer: "nordic-apps", subject: "?" } });
        await eventually(emitted(sandbox, "case.routed"));
        console.log("matchers", Object.keys(matchers).length > 8);
        await sandbox.close();
      });`,
    );
    const { stdout } = await node("kit.test.js");
    expect(stdout).toContain("matchers true");
    expect(stdout).toContain("pass 1");
  });

  it("builds a portal once its tools are installed, in the place of a former one and of nothing else", async () => {
    const path = "/things";
    const document = { openapi: "3.1.0", info: { title: "Things", version: "1" }, paths: { [path]: {} } };
    await writeFile(join(consumer, "things.json"), JSON.stringify(document));
    await mkdir(join(consumer, "words/guides"), { recursive: true });
    await writeFile(join(consumer, "words/guides/doors.md"), "---\ntitle: Doors\n---\nThey open.\n");
    const build = async (output: string) => {
      const args = [join(installed, "cli/bin.js"), "portal", "build", ...from];
      const ended = await node(...args, "--output", output, "--json").catch(
        (error: { stdout: string }) => error,
      );
      return JSON.parse(ended.stdout) as { ok: boolean; error?: { code: string; message: string } };
    };
    expect((await build("site")).error).toMatchObject({
      code: "ECO_USAGE",
      message: "To build a portal, astro and pagefind must be installed.",
    });
    for (const tool of ["astro", "pagefind"]) await install(tool);
    await mkdir(join(consumer, "mine"));
    await writeFile(join(consumer, "mine/notes.txt"), "keep");
    expect((await build("mine")).error?.code).toBe("ECO_FILE_EXISTS");
    await mkdir(join(consumer, "site"));
    for (const file of [".eco-portal", "former.txt"])
      await writeFile(join(consumer, "site", file), "of the former portal");
    expect(await build("site")).toMatchObject({ ok: true, result: { directory: "site", base: "/docs/" } });
    const home = await readFile(join(consumer, "site/index.html"), "utf8");
    expect(home).toContain("Things");
    expect(home).toContain('href="/docs/');
    expect(existsSync(join(consumer, "site/pagefind/pagefind-entry.json"))).toBe(true);
    expect((await readdir(consumer)).filter((name) => name.startsWith(".site"))).toEqual([]);
    expect(existsSync(join(consumer, "site/former.txt"))).toBe(false);
  }, 120_000);

  it("shows a portal while it is written, as it would be built", async () => {
    const document = { openapi: "3.1.0", info: { title: "Things", version: "1" }, paths: { "/things": {} } };
    const write = (text: string) => writeFile(join(consumer, "things.json"), text);
    const titled = (title: string) => JSON.stringify({ ...document, info: { ...document.info, title } });
    await mkdir(join(consumer, "temporary"));
    const before = await readdir(consumer);
    await using portal = await developed(join(installed, "cli/bin.js"), consumer, from);
    const { url, edition } = portal;
    for (const file of [
      "index.html",
      "errors/ECO_USAGE/index.html",
      "guides/doors/index.html",
      "llms.txt",
      "specs/things.json",
    ])
      expect(await portal.read(file.replace("index.html", ""))).toBe(
        await readFile(join(consumer, "site", file), "utf8"),
      );
    expect(await portal.editions.next()).toMatchObject({ value: edition });
    expect(await portal.read("pagefind/pagefind-entry.json")).toContain('"version"');
    const missing = await fetch(new URL("nothing/", url));
    expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining("no page at this")]);
    expect(await statusFor(url, "rebound.example")).toBe(421);

    await write(titled("Things, changed"));
    const { value: second } = await portal.editions.next();
    expect(second).not.toBe(edition);
    expect(await portal.read("")).toContain("Things, changed");

    await write("{");
    expect(await portal.told(/stays as it was/)).toMatch(/Error: things\.json:1:\d+: .+\nFix: {3}\S/);
    expect(await portal.read("")).toContain("Things, changed");
    await writeFile(join(consumer, "words/guides/doors.md"), "---\ntitle: Doors\n---\nThey close.\n");
    await write(titled("Things, mended"));
    await portal.editions.next();
    expect(await portal.read("")).toContain("Things, mended");
    expect(await portal.read("guides/doors/")).toContain("They close.");

    const taken = node(join(installed, "cli/bin.js"), "portal", "dev", "--port", new URL(url).port);
    await expect(taken).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("ECO_PORT_UNUSABLE"),
    });
    expect(await portal.interrupted()).toBe(130);
    expect((await readdir(join(consumer, "temporary"))).filter((name) => name.startsWith("eco"))).toEqual([]);
    expect(await readdir(consumer)).toEqual(before);
  }, 120_000);

  it("brings types that a strict consumer can compile against", async () => {
    await writeFile(
      join(consumer, "typed.ts"),
      `import { compileRating, type Delivery } from "${name}/rating";
      import { type IssuedStatement, type StatementVerification, verifyStatement } from "${name}/ledger";
      import { createSandbox } from "${name}/sandbox";
      import { type Check, rated, startSandbox } from "${name}/testing";
      import type { startSandboxInPage } from "${name}/testing/browser";
      export const check = async (): Promise<Check> => rated(await startSandbox({ host: "http" }), "leg", { netMinor: 1 });
      export const verified = (statement: IssuedStatement): StatementVerification => verifyStatement(statement);
      export type InPage = Awaited<ReturnType<typeof startSandboxInPage>>;
      const delivery: Delivery = { id: "d", product: "p", customer: "c", startedAt: "2025-03-01", usage: {} };
      const outcome = compileRating({ rateCards: [], agreements: [] });
      if (outcome.kind === "compiled") console.log(outcome.rating.rate(delivery).kind, createSandbox.name);
      // @ts-expect-error The promise of the types: a product is a text.
      const wrong: Delivery = { ...delivery, product: 1 };
      void wrong;`,
    );
    const options = "--strict --noEmit --module nodenext --target es2024 --lib es2024,dom,dom.iterable".split(
      " ",
    );
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const compiled = await node(tsc, ...options, "typed.ts").catch((error: { stdout: string }) => error);
    expect(compiled.stdout).toBe("");
  });
});
