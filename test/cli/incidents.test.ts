import { describe, expect, it } from "vitest";
import { submitLegs } from "./support/legs.ts";
import { useSandbox } from "./support/shared.ts";

const shared = useSandbox(["--database", "memory"]);
const { as, done } = shared;
const idIn = (stdout: string, label: string): string =>
  new RegExp(`^${label} +(\\S+)$`, "m").exec(stdout)?.[1] ?? "";

describe("eco incidents and eco feedback", () => {
  it("follow a late delivery from the report to the review, the excuse and the customer's score", async () => {
    const now = new Date(Date.now() - 60_000).toISOString();
    await submitLegs(shared, [`leg-1,${now},920,20`]);

    const given = await done(
      "nordic-apps",
      "feedback",
      "give",
      "leg-1",
      "--score",
      "2",
      "--comment",
      "Late.",
    );
    const feedback = idIn(given, "Feedback");
    expect(await done("nordic-apps", "feedback", "change", feedback, "--score", "3")).toMatch(/^Score +3$/m);
    expect(await done("blueline", "feedback", "list", "--delivery", "leg-1")).toContain("Late.");
    expect(await done("wayfare", "feedback", "show", feedback)).toMatch(/^Score +3$/m);

    const since = new Date(Date.now() - 3_600_000).toISOString();
    const what = ["--title", "Snow at the airport", "--severity", "major", "--product", "express-leg"];
    const opened = await done(
      "wayfare",
      "incidents",
      "open",
      ...what,
      "--party",
      "blueline",
      "--since",
      since,
    );
    const id = idIn(opened, "Incident");
    expect(opened).toMatch(/^Concerns +blueline, harbour, nordic-apps, wayfare$/m);
    expect(await done("blueline", "incidents", "list", "--delivery", "leg-1")).toContain(id);
    await done("blueline", "incidents", "acknowledge", id, "--note", "We look at it.");
    await done("wayfare", "incidents", "update", id, "--note", "It snows on.", "--severity", "critical");
    await done("blueline", "incidents", "hand-over", id, "--to", "harbour");
    await done("harbour", "incidents", "resolve", id, "--cause", "force-majeure", "--summary", "It thawed.");
    const learnt = ["--review", "Nobody watched the forecast.", "--action", "Watch it."];
    await done("harbour", "incidents", "review", id, ...learnt);
    expect(await done("nordic-apps", "incidents", "show", id)).toMatch(
      /^Review +Nobody watched the forecast\.$/m,
    );

    const refused = await as(
      "blueline",
      "incidents",
      "excuse",
      id,
      "--delivery",
      "leg-1",
      "--reason",
      "Snow.",
    );
    expect(refused.status).toBe(2);
    await done("harbour", "incidents", "excuse", id, "--delivery", "leg-1", "--reason", "Snow.");
    const explained = await done("wayfare", "deliveries", "explain", "leg-1");
    expect(explained).toContain(`excused by incident ${id}: no service credit.`);
    expect(explained).toContain("The customer's score: 3 of 5");
    expect(explained).toContain(`In the time and scope of incident ${id}`);

    expect(await done("nordic-apps", "feedback", "withdraw", feedback)).toMatch(/^Status +withdrawn$/m);
  });
});
