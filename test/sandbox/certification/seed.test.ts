import { afterEach, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { healthyClient, openClient, type Send } from "../../reference-partner/client.ts";
import { workingDay } from "../../reference-partner/working-day.ts";
import { expectStatus, type Harbour, openHarbour, wallTime } from "../capabilities/harbour.ts";

const opened: Harbour[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((harbour) => harbour.close()));
});

interface Overheard {
  readonly harbour: Harbour;
  readonly send: Send;
  /** Every byte that the partner was sent. */
  readonly texts: string[];
}

/** A sandbox and a client that remembers all it is told. */
async function overheard(): Promise<Overheard> {
  let nowMs = wallTime;
  const harbour = await openHarbour({ wallClock: () => nowMs });
  opened.push(harbour);
  const texts: string[] = [];
  const send = openClient(healthyClient, {
    base: "http://sandbox.test/v1",
    wait: async (ms) => {
      nowMs += Math.ceil(ms);
    },
    fetch: async (input, init) => {
      const response = await harbour.sandbox.fetch(new Request(input, init));
      texts.push(JSON.stringify([...response.headers]), await response.clone().text());
      return response;
    },
  });
  return { harbour, send, texts };
}

const request = { parts: ["client"], level: "bronze" };

async function submit({ send }: Overheard): Promise<string> {
  const response = await send("POST", "/certifications", request);
  return String(((await response.json()) as JsonObject)["id"]);
}

it("nobody can bring a seed along", async () => {
  const { harbour } = await overheard();
  const reply = await harbour.as("blueline").post("/certifications", { ...request, seed: "chosen" });
  expect(reply.status).toBe(422);
  expect(JSON.stringify(reply.body["errors"])).toContain("seed");
});

it("nothing that a partner is sent before the end of the run holds the seed", async () => {
  const partner = await overheard();
  const { harbour, send, texts } = partner;
  const id = await submit(partner);
  await workingDay(send);
  const places = [
    `/certifications/${id}`,
    "/certifications",
    `/certifications/${id}/run`,
    "/events",
    "/sandbox",
  ];
  for (const place of places) await send("GET", place);
  await send("POST", `/certifications/${id}/observation-end`);
  const soFar = texts.splice(0).join("\n");
  await harbour.sandbox.settle();
  await send("GET", `/certifications/${id}`);
  const [seed = ""] = texts.flatMap((text) => /"seed":"([^"]+)"/.exec(text)?.[1] ?? []);
  expect(seed.length).toBeGreaterThanOrEqual(43);
  expect(soFar).not.toContain(seed);
});

it("what is known of a sandbox says nothing of the seed: the same one is asked the same, and chooses another", async () => {
  const seeds = await Promise.all(
    [1, 2].map(async () => {
      const partner = await overheard();
      const id = await submit(partner);
      const job = await partner.harbour.sandbox.store.reader("main").get("certification-jobs", id);
      return String(job?.value["seed"]);
    }),
  );
  expect(new Set(seeds).size).toBe(2);
});

it("two submissions of one partner have different seeds, one after the other", async () => {
  const partner = await overheard();
  const seeds: unknown[] = [];
  for (let round = 0; round < 2; round++) {
    const id = await submit(partner);
    await expectStatus(partner.harbour.as("blueline").post(`/certifications/${id}/observation-end`), 200);
    await partner.harbour.sandbox.settle();
    seeds.push((await partner.harbour.as("blueline").get(`/certifications/${id}`)).body["seed"]);
  }
  expect(new Set(seeds).size).toBe(2);
});
