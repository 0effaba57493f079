import { describe, expect, it } from "vitest";
import { useSandbox } from "./support/shared.ts";

const { as, done } = useSandbox(["--database", "memory"]);
const idIn = (stdout: string, label: string): string =>
  new RegExp(`^${label} +(\\S+)$`, "m").exec(stdout)?.[1] ?? "";

describe("eco work-orders", () => {
  it("offer a lunch, decline it, and complete it as the substitute", async () => {
    for (const caterer of ["fjord-catering", "taiga-catering"])
      await done("harbour", "sandbox", "party", caterer, "--behave", "silent");
    const placed = await done(
      "spacefinder",
      ...["work-orders", "place", "--product", "catering-cover", "--customer", "nordic-apps"],
      ...["--provider", "fjord-catering", "--substitute", "taiga-catering", "--for", "2030-03-12T11:30:00"],
      ...["--usage", "covers=37", "--party", "broker=spacefinder", "--party", "supplier=kestrel"],
    );
    const id = idIn(placed, "Work order");
    expect(placed).toMatch(/^Asked next +taiga-catering$/m);
    expect(placed).toMatch(/^Others +broker=spacefinder, supplier=kestrel$/m);
    expect(placed).toMatch(/^fjord-catering +offered /m);
    const listed = await done("fjord-catering", "work-orders", "list", "--status", "offered");
    expect(listed).toMatch(new RegExp(`^${id} +offered +catering-cover +nordic-apps +fjord-catering `, "m"));
    const { json } = await as("fjord-catering", "triage", "--json");
    const [waiting] = (json.result as { items: { command: string }[] }).items;
    expect(waiting?.command).toContain(`eco work-orders show ${id} `);
    await done("fjord-catering", "work-orders", "decline", id, "--reason", "Fully booked.");
    expect(await done("taiga-catering", "work-orders", "accept", id)).toMatch(/^Status +accepted$/m);
    await done(
      "nordic-apps",
      "work-orders",
      "reschedule",
      id,
      "--to",
      "2025-03-12T12:30:00",
      "--reason",
      "Later.",
    );
    await done("taiga-catering", "work-orders", "report", id, "--note", "The van has left.");
    const completed = await done(
      "taiga-catering",
      "work-orders",
      "complete",
      id,
      "--usage",
      "delayMinutes=5",
    );
    expect(completed).toMatch(/^Usage +covers=37, delayMinutes=5$/m);
    expect(completed).toMatch(/^fjord-catering +declined .+\ntaiga-catering +accepted /m);
    const delivery = idIn(completed, "Delivery");
    expect(await done("nordic-apps", "deliveries", "show", delivery)).toMatch(/^Provider +taiga-catering$/m);
    const late = await as("nordic-apps", "work-orders", "cancel", id, "--reason", "No.", "--json");
    expect({ status: late.status, code: late.json.error.code }).toEqual({
      status: 2,
      code: "ECO_STATE_TRANSITION",
    });
    const wrong = await as("spacefinder", "work-orders", "place", "--party", "kestrel", "--json");
    expect({ status: wrong.status, code: wrong.json.error.code }).toEqual({ status: 2, code: "ECO_USAGE" });
  });
});

describe("eco cases", () => {
  it("open a request, hand it on and resolve it", async () => {
    const opened = await done(
      "nordic-apps",
      ...[
        "cases",
        "open",
        "--intent",
        "track-parcel",
        "--customer",
        "nordic-apps",
        "--subject",
        "Where is it?",
      ],
    );
    const id = idIn(opened, "Case");
    expect(opened).toMatch(/^With +\S+$/m);
    await done("harbour", "cases", "route", id, "--to", "blueline", "--note", "The carrier has the scan.");
    expect(await done("blueline", "cases", "list", "--status", "routed")).toContain(id);
    const resolved = await done(
      "blueline",
      "cases",
      "resolve",
      id,
      "--summary",
      "On the 16:40 flight.",
      "--first-contact",
    );
    expect(resolved).toMatch(/^First contact +true$/m);
    const shown = await done("nordic-apps", "cases", "show", id);
    expect(shown).toMatch(/^Summary +On the 16:40 flight\.$/m);
    expect(shown).toMatch(/\n\nTold at +To +Words\n/);
  });
});
