import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knownMeanings } from "../../cli/meanings.ts";
import { ratingFindings } from "../../cli/rating.ts";
import { startSandbox, type TestSandbox } from "../../sandbox/testing/index.ts";
import { lintSpecs } from "../../specs/engine/catalog/lint/lint.ts";

// Parking and charging on both banks of a river: API keys, snake case, product codes in capitals, lists under names of their
// own, members that the schema fixes, taxes of two countries. Every figure below was worked out by hand.
const specs = join(import.meta.dirname, "../fixtures/ecosystems/kerb-rhine");
const KEYS: Readonly<Record<string, string>> = {
  "garage-kleber": "key-kleber-0001",
  "parkhaus-kehl": "key-kehl-0001",
  voltquai: "key-volt-0001",
  rolli: "key-rolli-0001",
  "kerb-authority": "key-authority-0001",
};

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ specs, host: "none", now: "2025-11-02T12:00:00Z" });
});
afterAll(() => sandbox.close());

async function call(party: string, path: string, body?: object) {
  const response = await sandbox.fetch(`/api${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "x-kerb-key": KEYS[party] ?? "", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Net, tax and refund in cents. */
type Bill = readonly [net: number, vat: number, refund: number];
interface Report {
  readonly session_ref: string;
  readonly tariff: string;
  readonly paid_by: string;
  readonly garage: string;
  readonly stay: object;
  readonly gate?: object;
  readonly plug?: object;
}
type Session = readonly [name: string, session: Report, bill: Bill];

const park =
  (tariff: string, garage: string) =>
  (
    name: string,
    from: string,
    to: string,
    bill: Bill,
    more: { resident?: boolean; delay_s?: number } = {},
  ): Session => {
    const { resident, delay_s } = more;
    const stay = { entered_at: from, left_at: to, ...(resident === undefined ? {} : { resident }) };
    const gate = delay_s === undefined ? {} : { gate: { delay_s } };
    return [
      name,
      { session_ref: name.replaceAll(/[^a-z0-9]+/gi, "-"), tariff, paid_by: "rolli", garage, stay, ...gate },
      bill,
    ];
  };
const fr = park("PARK_FR", "garage-kleber");
const de = park("PARK_DE", "parkhaus-kehl");

function charge(day: string, kwh: number, idle_min: number, bill: Bill): Session {
  const stay = { entered_at: `2025-${day}T10:00:00`, left_at: `2025-${day}T11:00:00` };
  const plug = { operator: "voltquai", metering: { energy: { kwh }, idle_min } };
  const session = { tariff: "CHARGE_FR", paid_by: "rolli", garage: "garage-kleber", stay, plug };
  return [`${kwh} kWh on ${day}`, { session_ref: `charge-${day}`, ...session }, bill];
}

const sessions: readonly Session[] = [
  // 0.35 and 8 quarters at 0.55; tax within: 4.75 / 1.2 = 3.9583.
  fr("two hours at noon", "2025-05-06T11:00:00", "2025-05-06T13:00:00", [396, 79, 0]),
  // One second more begins half an hour at 0.93.
  fr("a second over two hours", "2025-05-06T11:00:00", "2025-05-06T13:00:01", [473, 95, 0]),
  // 0.90 is raised to 1.10.
  fr("half a minute", "2025-05-06T11:00:00", "2025-05-06T11:00:30", [92, 18, 0]),
  // 06:00 to 21:59 is above 19.90.
  fr("a whole day", "2025-05-06T06:00:00", "2025-05-06T21:59:00", [1658, 332, 0]),
  // 6 real hours of night at 0.20, then 4.75.
  fr("the night that loses an hour", "2025-03-29T23:00:00", "2025-03-30T08:00:00", [496, 99, 0]),
  // 8 of them.
  fr("the night that gains an hour", "2025-10-25T23:00:00", "2025-10-26T08:00:00", [529, 106, 0]),
  // 4.75 less an eighth is 4.15625.
  fr("a resident", "2025-05-06T11:00:00", "2025-05-06T13:00:00", [347, 69, 0], { resident: true }),
  fr("a gate in time", "2025-05-06T11:00:00", "2025-05-06T13:00:00", [396, 79, 0], { delay_s: 30 }),
  // 33.3 % of 396 is 131.868; 20 % of the 264 that are left.
  fr("a gate a second late", "2025-05-06T11:00:00", "2025-05-06T13:00:00", [396, 53, 132], { delay_s: 31 }),
  // 5.00, at most 4.00, and never more than was charged.
  fr("a gate two minutes late", "2025-05-06T11:00:00", "2025-05-06T13:00:00", [396, 0, 396], {
    delay_s: 121,
  }),
  // 44.90 and one minute above 15 at 0.075: 44.975 goes to the even 44.98.
  charge("04-01", 100, 16, [3748, 750, 0]),
  // 0.1 kWh in the second tier is 0.04, raised to 2.50.
  charge("04-02", 0.1, 0, [208, 42, 0]),
  // 149.9 × 0.4085 fill the second tier to the brim; 3 minutes are 0.225.
  charge("04-03", 149.9, 18, [5122, 1024, 0]),
  charge("04-04", 10, 0, [315, 63, 0]),
  // May begins anew: 4.49 and 0.225 are 4.715, which goes to the even 4.72.
  charge("05-01", 10, 18, [393, 79, 0]),
  // 60 × 0.0333 less 3 %; 19 %.
  de("an hour", "2025-05-06T10:00:00", "2025-05-06T11:00:00", [194, 37, 0]),
  // 70 × 0.0285 and 0.30 less 3 %.
  de("a second over an hour", "2025-05-06T10:00:00", "2025-05-06T11:00:01", [223, 42, 0]),
  de("four hours", "2025-05-06T10:00:00", "2025-05-06T14:00:00", [693, 132, 0]),
  // 250 × 0.0199 and 2.40 less 3 %.
  de("a minute over four hours", "2025-05-06T10:00:00", "2025-05-06T14:01:00", [715, 136, 0]),
  de("five minutes", "2025-05-06T10:00:00", "2025-05-06T10:05:00", [75, 14, 0]),
  de("over midnight to the lower tax", "2025-06-30T23:50:00", "2025-07-01T00:50:00", [194, 37, 0]),
  de("from the lower tax on", "2025-07-01T00:00:00", "2025-07-01T01:00:00", [194, 31, 0]),
  // From 01:30 to 03:30 by the clocks are three hours: 5.43 less 3 %.
  de("while the clocks go back", "2025-10-26T01:30:00", "2025-10-26T03:30:00", [527, 84, 0]),
];

it("has documents without a finding", async () => {
  const { findings } = await lintSpecs(specs, {
    cacheDir: false,
    meanings: await knownMeanings(),
    extraChecks: [ratingFindings],
  });
  expect(findings).toEqual([]);
});

// In this order: tiers fill with what came before.
describe("what a session costs, to the cent", () => {
  it.each(sessions)("%s", async (_, session, [net_cents, vat_cents, refund_cents]) => {
    const { status, body } = await call(session.garage, "/sessions/report", session);
    expect(status).toBe(201);
    const total_cents = net_cents - refund_cents + vat_cents;
    expect(body).toMatchObject({
      object: "session",
      session_ref: session.session_ref,
      bill: { net_cents, vat_cents, refund_cents, total_cents, currency: "EUR" },
    });
  });

  it("goes down a chain of three: 5 %, and of the rest two thirds to whom the plug belongs", async () => {
    const partsFor = async (party: string) =>
      ((await call(party, "/sessions/charge-04-01")).body["legs"] as { parts: unknown }[])[0]?.parts;
    expect(await partsFor("voltquai")).toEqual([{ who: "voltquai", cents: 2374 }]);
    expect(await partsFor("garage-kleber")).toEqual([{ who: "garage-kleber", cents: 1187 }]);
    expect(await partsFor("kerb-authority")).toEqual([
      { who: "kerb-authority", cents: 187 },
      { who: "garage-kleber", cents: 1187 },
      { who: "voltquai", cents: 2374 },
    ]);
  });
});

describe("an API of other words", () => {
  it("is told where something is wrong in its own", async () => {
    const stay = { entered_at: "2025-05-06T11:00:00", left_at: "2025-05-06T10:00:00" };
    const session = { tariff: "PARK_FR", paid_by: "rolli", garage: "garage-kleber", stay };
    const late = await call("garage-kleber", "/sessions/report", session);
    expect([late.status, late.body["errors"]]).toMatchObject([422, [{ pointer: "#/stay/left_at" }]]);
    const unmeasured = { ...session, tariff: "CHARGE_FR", stay: { entered_at: stay.entered_at } };
    const { body } = await call("garage-kleber", "/sessions/report", unmeasured);
    expect(body["errors"]).toMatchObject([{ pointer: "#/plug/metering/energy/kwh" }]);
  });

  it("answers a list without items as a list", async () => {
    expect(await call("voltquai", "/complaints")).toEqual({ status: 200, body: { complaints: [] } });
  });

  it("takes lists in whose items go by other names", async () => {
    const people = [{ full_name: "Aino Laine", mail: "aino@etoile.example", for: "technical" }];
    const enrolment = { company: "Garage Étoile", branch: "garage", people };
    const { status, body } = await call("", "/members/enrol", enrolment);
    expect([status, body]).toMatchObject([201, { member: { company: "Garage Étoile", branch: "garage" } }]);
  });
});

it.each([
  "file:///etc/passwd",
  "gopher://hooks.example/",
  "https://user:secret@hooks.example/",
  "https://hooks .example/",
  "hooks.example",
])("takes no hook to %s, where nothing can ever be sent", async (target) => {
  expect(await call("voltquai", "/hooks", { target })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "#/target" }] },
  });
});

it("closes a month, and books a correction of it into the next", async () => {
  const netOf = ({ body }: { body: Record<string, unknown> }): Record<string, number> =>
    Object.fromEntries(
      (body["net"] as { who: string; cents: number }[]).map(({ who, cents }) => [who, cents]),
    );
  // March: 5.95, and the 150.00 (with 30.00 of tax) that were promised for charging, where nothing was.
  const march = await call("kerb-authority", "/months/close", { month: "2025-03" });
  expect([march.status, netOf(march)["rolli"]]).toEqual([201, -18595]);
  const ref = sessions.find(([name]) => name === "the night that loses an hour")?.[1].session_ref;
  // 33.3 % of 4.96 is 1.65; the tax on 3.31 is 0.66.
  const fixed = await call("garage-kleber", `/sessions/${ref}/fix`, { why: "The gate stuck.", delay_s: 60 });
  expect(fixed.body).toMatchObject({ bill: { net_cents: 496, refund_cents: 165, vat_cents: 66 } });
  // April: 112.72 of charging, 56.07 missing to the minimum with 11.21 of tax, less the 1.98 that March was too dear.
  const april = await call("kerb-authority", "/months/close", { month: "2025-04" });
  expect(netOf(april)["rolli"]).toBe(-(11272 + 5607 + 1121 - 198));
  expect(Object.values(netOf(april)).reduce((sum, cents) => sum + cents, 0)).toBe(0);
});
