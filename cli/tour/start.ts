/**
 * The tour of `npm start`: sandbox and portal on this machine, a partner and a customer who join, a month of a member and 2,000 real
 * deliveries rated and booked, the books held against the published figures, and the partner's self-test.
 * `npm start -- --exit` ends when that is done (0 when all of it held, else 1); without it everything keeps being served until Ctrl-C.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { resolveSettings } from "../config/settings.ts";
import { Output } from "../output/output.ts";
import { openSession, type Session } from "../session.ts";
import { eco, portOrAny, type Ran, root, run, type Service, startService } from "./processes.ts";
import { deliveryTotals, idsOfRows, ledgerTotals } from "./totals.ts";

interface Partner {
  readonly url: string;
  /** A token that it accepts, as the ecosystem would present it. */
  readonly token: string;
}

const state = join(root, ".eco/tour");
const FLIGHTS = "test/fixtures/flights-2k.csv";
const FLIGHT_FLAGS = [
  ...["--product", "express-leg"],
  ...["--map", "startedAt=departed_at,distanceMiles=distance_miles,arrivalDelayMinutes=delay_minutes"],
  ...["--set", "customer=nordic-apps"],
];
const out = new Output({ json: false });
const SERVICES: Service[] = [];
const BROKEN: string[] = [];

const options = readOptions();
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => stopAll().finally(() => process.exit(signal === "SIGINT" ? 130 : 143)));

try {
  await tour();
} catch (error) {
  out.note(`\nThe tour stopped: ${reasonOf(error)}`);
  BROKEN.push("the tour itself");
}
if (BROKEN.length > 0) out.note(`\nDid not hold: ${BROKEN.join(", ")}.`);
if (options.exit === true || BROKEN.includes("the tour itself")) {
  await stopAll();
  process.exitCode = BROKEN.length === 0 ? 0 : 1;
} else {
  out.note("\nServing until Ctrl-C.");
  await Promise.race(SERVICES.map(({ stopped }) => stopped));
  await stopAll();
  process.exitCode = 1;
}

/** Nothing is started where it isn't understood. */
function readOptions(): { readonly exit?: boolean; readonly reset?: boolean } {
  try {
    return parseArgs({ options: { exit: { type: "boolean" }, reset: { type: "boolean" } } }).values;
  } catch (error) {
    out.note(`${reasonOf(error).split(".", 1)[0]}. npm start takes: -- --exit, -- --reset`);
    process.exit(2);
  }
}

async function tour(): Promise<void> {
  if (options.reset === true) await rm(state, { recursive: true, force: true });
  await mkdir(state, { recursive: true });
  chapter("Sandbox and portal");
  const portal = await startPortal();
  // So that every error of the sandbox leads to its page.
  process.env["ECO_DOCS"] = portal;
  const sandbox = await startSandbox(await portOrAny(4010), join(state, "sandbox.db"));
  process.env["ECO_SANDBOX"] = sandbox;
  // The tour's profiles stay beside its database: one is of no use without the other.
  process.env["XDG_CONFIG_HOME"] = join(state, "config");
  out.data(`Sandbox  ${sandbox}\nPortal   ${portal}`);

  chapter("A partner and a customer join");
  const partner = await startPartner();
  await onboard("blueline", ["--webhook", `${partner.url}/webhooks`]);
  await onboard("nordic-apps", []);

  chapter("A member's month: 23 deliveries, 9 products, one chain of four companies");
  await submit("the member's month", ["test/fixtures/harbour/march-2025.json", "--profile", "harbour"]);

  chapter("2,000 real flights as express legs");
  await submit("the express legs", [FLIGHTS, ...FLIGHT_FLAGS, "--profile", "blueline"]);

  chapter("The books");
  const session = await openSession(await resolveSettings({ profile: "harbour" }), out);
  await checkMonth(session);
  await checkFlights(session);
  await checkLedger(session);

  chapter("The partner tests itself");
  await selfTest(partner);
  nextSteps(sandbox, portal);
}

async function startSandbox(port: number, database: string): Promise<string> {
  const service = await startService("sandbox", [
    ...[join(root, "cli/bin.js"), "sandbox", "start", "--json", "--allow-loopback-webhooks"],
    ...["--port", String(port), "--database", database, "--seed", "tour"],
  ]);
  SERVICES.push(service);
  return String((service.ready["result"] as Record<string, unknown>)["url"]);
}

async function startPortal(): Promise<string> {
  if (!existsSync(join(root, "portal/dist/index.html"))) {
    out.note("Building the portal, once: about half a minute …");
    await run("npm", ["run", "portal:build"]);
  }
  const service = await startService("portal", [
    ...[join(root, "portal/serve.ts"), "--port", String(await portOrAny(4321))],
  ]);
  SERVICES.push(service);
  return String(service.ready["url"]);
}

/** The reference partner: a carrier that implements the fulfilment API and receives events. */
async function startPartner(): Promise<Partner> {
  const service = await startService("partner", [
    ...[join(root, "test/reference-partner/main.ts"), "--port", String(await portOrAny(4020))],
    ...["--profile", join(state, "config/eco/profiles/blueline.json")],
  ]);
  SERVICES.push(service);
  return { url: String(service.ready["url"]), token: String(service.ready["token"]) };
}

async function onboard(party: string, more: readonly string[]): Promise<void> {
  const args = ["onboard", "--answers", `test/fixtures/harbour/${party}.yaml`, "--profile", party, ...more];
  const first = await eco(args);
  // The sandbox was reset since the credentials were saved.
  const ran = first.exitCode === 4 ? await eco([...args, "--restart"]) : first;
  report(`${party} onboarded`, ran);
}

async function submit(what: string, args: readonly string[]): Promise<void> {
  const ran = await eco(["deliveries", "submit", ...args]);
  const { rated = 0, known = 0, rejected = 0 } = ran.result ?? {};
  report(`${what}: ${rated} rated, ${known} known from before, ${rejected} rejected`, ran);
}

/** Every figure of the month is published; so are those of the flights. */
async function checkMonth(session: Session): Promise<void> {
  const wanted = await readJson("test/fixtures/harbour/march-2025.totals.json");
  const sums = { netMinor: 0, serviceCreditMinor: 0, taxMinor: 0, payableMinor: 0 };
  for await (const delivery of session.client.list("deliveries.list", { customer: "nordic-apps" })) {
    if (!String(delivery["id"]).startsWith("march-2025-")) continue;
    for (const field of Object.keys(sums) as (keyof typeof sums)[]) sums[field] += Number(delivery[field]);
  }
  hold("the member's month is as published", isDeepStrictEqual(sums, wanted), sums.payableMinor, "payable");
}

async function checkFlights(session: Session): Promise<void> {
  const local = await eco(["rate", FLIGHTS, ...FLIGHT_FLAGS]);
  const ids = await idsOfRows(join(root, FLIGHTS), "express-leg");
  const booked = await deliveryTotals(session, "express-leg", ids);
  const published = await readJson("test/fixtures/harbour/flights-2k.totals.json");
  const same = (totals: Readonly<Record<string, unknown>> | undefined): boolean =>
    totals !== undefined &&
    Object.entries(booked).every(([name, value]) => isDeepStrictEqual(sorted(totals[name]), sorted(value)));
  hold("the 2,000 legs are as published", same(published), booked.payableMinor, "payable");
  hold("the same without a server, by `eco rate`", same(local.result), booked.netMinor, "net");
}

async function checkLedger(session: Session): Promise<void> {
  const { positions, sums, accounts } = await ledgerTotals(session);
  out.data("");
  out.table(positions, [
    { header: "Party", value: ({ party }) => party },
    {
      header: "Owed (+) or owing (−)",
      value: (row) => `${readableMinor(row.amountMinor, minorUnits(row.currency))} ${row.currency}`,
      align: "right",
    },
  ]);
  const off = Object.entries(sums).filter(([, sum]) => sum !== 0n);
  out.data("");
  hold(`the ledger sums to zero over ${accounts} accounts`, accounts > 0 && off.length === 0);
}

async function selfTest({ url, token }: Partner): Promise<void> {
  process.env["ECO_TARGET_TOKEN"] = token;
  // The journeys of the self-test book deliveries too: in a sandbox of their own, they leave the books above as they are.
  const scratch = await startSandbox(0, "memory");
  const ran = await eco([
    ...["certify", "--sandbox", scratch, "--target", url, "--webhook", `${url}/webhooks`],
    ...["--profile", "blueline", "--report", join(state, "certification.html")],
  ]);
  report("the partner passes its self-test", ran);
}

function nextSteps(sandbox: string, portal: string): void {
  chapter("Try");
  out.data(
    [
      `Open ${portal} in a browser, and in another terminal:`,
      `  export ECO_SANDBOX=${sandbox} XDG_CONFIG_HOME=${relative(process.cwd(), join(state, "config"))}`,
      "  npx eco deliveries list --profile blueline --limit 5",
      "  npx eco deliveries explain march-2025-catering --profile harbour",
      "  npx eco events list --profile blueline --limit 5",
      "  npx eco journeys run late-delivery-with-credit-and-recourse",
      "  npx eco settlements close 2025-03 --profile harbour",
      "npm start goes on where this stopped; npm start -- --reset starts over.",
    ].join("\n"),
  );
}

function chapter(title: string): void {
  out.data(`\n${out.style("bold", title)}`);
}

function report(what: string, ran: Ran): void {
  if (ran.exitCode === 0) {
    out.data(`${out.style("green", "✓")} ${what}`);
    return;
  }
  BROKEN.push(what);
  out.data(`${out.style("red", "✗")} ${what}: ${ran.error ?? `exit status ${ran.exitCode}`}`);
}

function hold(what: string, held: boolean, amountMinor?: number, name = ""): void {
  const amount =
    amountMinor === undefined ? "" : ` (${readableMinor(amountMinor, minorUnits("EUR"))} EUR ${name})`;
  if (!held) BROKEN.push(what);
  out.data(`${held ? out.style("green", "✓") : out.style("red", "✗ NOT")} ${what}${amount}`);
}

function sorted(value: unknown): unknown {
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(root, path), "utf8")) as Record<string, unknown>;
}

async function stopAll(): Promise<void> {
  await Promise.all(SERVICES.map((service) => service.stop()));
}
