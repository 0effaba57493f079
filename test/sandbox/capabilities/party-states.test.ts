import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { applyAs, type Company, joinAs } from "./company.ts";
import { type Client, expectStatus, type Harbour, openHarbour, type Reply } from "./harbour.ts";

const states = ["applied", "active", "exiting", "exited"] as const;
type State = (typeof states)[number];

let harbour: Harbour;
let campus: Client;
const companies = new Map<State, Company>();
const at = (state: State): Company => {
  const company = companies.get(state);
  if (company === undefined) throw new Error(`nobody is ${state}`);
  return company;
};

const meal = (provider: string, over: JsonObject = {}): JsonObject => ({
  product: "catering-cover",
  customer: "nordic-apps",
  provider,
  parties: { broker: "spacefinder", supplier: "kestrel" },
  usage: { covers: 12, delayMinutes: 0 },
  ...over,
});
const order = (provider: string, id: string, over: JsonObject = {}): JsonObject =>
  meal(provider, { id, substitutes: ["taiga-catering"], scheduledFor: "2026-03-17T11:30:00+02:00", ...over });

/** What a company has under way, by the names that the table uses. */
async function beginWork({ id, client }: Company): Promise<void> {
  for (const what of ["complete", "report", "move", "cancel", "drop"]) {
    await expectStatus(campus.post("/work-orders", order(id, `${id}-${what}`)), 201);
    await expectStatus(client.post(`/work-orders/${id}-${what}/acceptance`, {}), 200);
  }
  await expectStatus(campus.post("/work-orders", order(id, `${id}-offered`)), 201);
  const { body } = await expectStatus(
    harbour
      .as("nordic-apps")
      .post("/cases", { intent: "billing-question", customer: "nordic-apps", subject: "?" }),
    201,
  );
  await expectStatus(campus.post(`/cases/${String(body["id"])}/routing`, { assignee: id }), 200);
  cases.set(id, String(body["id"]));
  await expectStatus(
    client.post("/deliveries", meal(id, { id: `${id}-lunch`, startedAt: "2026-02-10T11:30:00" })),
    201,
  );
}
const cases = new Map<string, string>();

beforeAll(async () => {
  harbour = await openHarbour();
  campus = harbour.as("harbour");
  companies.set("applied", await applyAs(harbour, "applied"));
  for (const state of ["active", "exiting", "exited"] as const)
    companies.set(state, await joinAs(harbour, state));
  await beginWork(at("active"));
  await beginWork(at("exiting"));
  const lunch = meal("exited", { id: "exited-lunch", startedAt: "2026-02-10T11:30:00" });
  await expectStatus(at("exited").client.post("/deliveries", lunch), 201);
  expect([(await at("exiting").leave())["status"], (await at("exited").leave())["status"]]).toEqual([
    "exiting",
    "exiting",
  ]);
  await expectStatus(campus.post("/settlements", { period: "2026-02" }), 201);
  for (const state of states)
    expect((await campus.get(`/parties/${state}`)).body).toMatchObject({ status: state });
});
afterAll(() => harbour.close());

const said = ({ status, body }: Reply): string =>
  status < 400 ? String(status) : `${status} ${String(body["code"])}`;

type Act = (company: Company, me: Client) => Promise<Reply>;
type Wants = readonly [applied: string, active: string, exiting: string, exited: string];
const step =
  (what: string, path: string, body: JsonObject = {}): Act =>
  ({ id }, me) =>
    me.post(`/work-orders/${id}-${what}/${path}`, body);

const NO_SCOPE = "403 ECO_SCOPE_MISSING";
const NOT_ACTIVE = "422 ECO_PARTY_NOT_ACTIVE";
const every: Wants = ["200", "200", "200", "200"];
const finishing: Wants = [NO_SCOPE, "200", "200", NO_SCOPE];
const beginning: Wants = [NO_SCOPE, "201", NOT_ACTIVE, NO_SCOPE];

const table: readonly (readonly [what: string, act: Act, wants: Wants])[] = [
  ["reads about itself", ({ id }, me) => me.get(`/parties/${id}`), every],
  ["takes its data along", ({ id }, me) => me.get(`/parties/${id}/export`), every],
  ["sees what an exit waits for", ({ id }, me) => me.get(`/parties/${id}/exit`), every],
  ["reads its deliveries", (_, me) => me.get("/deliveries"), [NO_SCOPE, "200", "200", "200"]],
  ["reads its events", (_, me) => me.get("/events"), [NO_SCOPE, "200", "200", "200"]],
  ["says who it is", ({ id }, me) => me.patch(`/parties/${id}`, { country: "SE" }), every],
  ["replaces its secret", ({ id }, me) => me.post(`/parties/${id}/credentials`, {}), every],
  [
    "accepts an agreement",
    (_, me) => me.post("/agreements/complementor/acceptances", { version: "0.1" }),
    ["409 ECO_CONFLICT", "409 ECO_CONFLICT", "409 ECO_STATE_TRANSITION", NO_SCOPE],
  ],
  [
    "registers an endpoint",
    ({ id }, me) => me.post("/webhook-endpoints", { url: `https://${id}.example/hooks` }),
    ["201", "201", "201", NO_SCOPE],
  ],
  ["reports on an accepted order", step("report", "report", { note: "On the way." }), finishing],
  [
    "moves an accepted order",
    step("move", "reschedule", { scheduledFor: "2026-03-18T11:30:00+02:00", reason: "Flu." }),
    finishing,
  ],
  ["calls off an accepted order", step("cancel", "cancellation", { reason: "Flu." }), finishing],
  ["completes an accepted order", step("complete", "completion", { usage: { covers: 12 } }), finishing],
  [
    "corrects a delivery",
    ({ id }, me) =>
      me.post(`/deliveries/${id}-lunch/corrections`, { usage: { covers: 11 }, reason: "Counted." }),
    finishing,
  ],
  [
    "disputes a delivery",
    ({ id }, me) => me.post("/disputes", { deliveryId: `${id}-lunch`, reason: "Wrong." }),
    [NO_SCOPE, "201", "201", NO_SCOPE],
  ],
  [
    "resolves a case that was routed to it",
    ({ id }, me) =>
      me.post(`/cases/${cases.get(id) ?? "none"}/resolution`, { firstContact: true, summary: "Ok." }),
    finishing,
  ],
  [
    "takes an offer that it had",
    step("offered", "acceptance"),
    // It went to the next in line when the exit began.
    [NO_SCOPE, "200", "403 ECO_FORBIDDEN", NO_SCOPE],
  ],
  [
    "reports a new delivery",
    ({ id }, me) => me.post("/deliveries", meal(id, { startedAt: "2026-03-10T11:30:00" })),
    beginning,
  ],
  [
    "asks for what a delivery would cost",
    ({ id }, me) => me.post("/quotes", meal(id, { startedAt: "2026-03-10T11:30:00" })),
    [NO_SCOPE, "200", NOT_ACTIVE, NOT_ACTIVE],
  ],
  [
    "opens a case for a member",
    (_, me) => me.post("/cases", { intent: "billing-question", customer: "nordic-apps", subject: "?" }),
    beginning,
  ],
  [
    "asks to be certified",
    (_, me) => me.post("/certifications", { parts: ["receiver"], level: "bronze" }),
    beginning,
  ],
  [
    "is named in a delivery",
    ({ id }) => campus.post("/deliveries", meal(id, { startedAt: "2026-03-10T11:30:00" })),
    [NOT_ACTIVE, "201", NOT_ACTIVE, NOT_ACTIVE],
  ],
  [
    "is offered an order",
    ({ id }) => campus.post("/work-orders", order(id, `${id}-new`)),
    [NOT_ACTIVE, "201", NOT_ACTIVE, NOT_ACTIVE],
  ],
  [
    "is named as a substitute",
    ({ id }) => campus.post("/work-orders", order("fjord-catering", `for-${id}`, { substitutes: [id] })),
    [NOT_ACTIVE, "201", NOT_ACTIVE, NOT_ACTIVE],
  ],
  [
    "has its delivery corrected by the orchestrator",
    ({ id }) =>
      campus.post(`/deliveries/${id}-lunch/corrections`, { usage: { covers: 10 }, reason: "Counted." }),
    // The disputed ones wait for the outcome; what was settled is corrected whatever became of its parties.
    ["404 ECO_NOT_FOUND", "409 ECO_STATE_TRANSITION", "409 ECO_STATE_TRANSITION", "200"],
  ],
];

describe("what a party may do as it stands", () => {
  const cells = table.flatMap(([what, act, wants]) =>
    states.map((state, index) => ({ state, what, act, want: wants[index] })),
  );
  it.each(cells)("$state: $what: $want", async ({ state, act, want }) => {
    const company = at(state);
    expect(said(await act(company, company.client))).toBe(want);
  });
});

describe("a stand-in", () => {
  it("can't leave, nor can whoever runs the ecosystem", async () => {
    for (const party of ["kestrel", "harbour"])
      expect(said(await harbour.as(party).post(`/parties/${party}/exit`, { reason: "Closed." }))).toBe(
        "409 ECO_STATE_TRANSITION",
      );
  });
});

describe("refusals", () => {
  it("name who, how it stands and where it is named", async () => {
    const body = order("fjord-catering", "named", { substitutes: ["taiga-catering", "exiting"] });
    expect((await campus.post("/work-orders", body)).body).toMatchObject({
      detail: "exiting is exiting: it finishes what it has, and takes no new deliveries.",
      errors: [{ pointer: "#/substitutes/1", detail: "exiting is exiting" }],
    });
  });
});
