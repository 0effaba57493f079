import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/store/store.ts";
import { type Harbour, itemsOf, openHarbour } from "./harbour.ts";
import { leg } from "./legs.ts";

let harbour: Harbour;
beforeAll(async () => {
  harbour = await openHarbour();
});
// Closing tells of every fault that there was.
afterAll(() => harbour.close());

/** What every object has without having been given it. */
const words = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"];

/** The spec lets products and parties be called so: by small letters. */
const isName = (word: string): boolean => /^[a-z]+$/.test(word);

/** As JSON brings it: an object literal can't have a member called `__proto__`. */
const under = (name: string, value: unknown): JsonObject =>
  JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as JsonObject;

it.each(words)("nothing is called %s that nobody has called so", async (word) => {
  const { usage } = leg("x") as { usage: JsonObject };
  const refused: readonly (readonly [over: JsonObject, code: string])[] = [
    [{ product: word }, "ECO_PRODUCT_UNKNOWN"],
    [{ customer: word }, "ECO_PARTY_UNKNOWN"],
    [{ provider: word }, "ECO_PARTY_UNKNOWN"],
    [{ parent: word }, "ECO_PARENT_UNKNOWN"],
    [{ parties: { broker: word } }, "ECO_PARTY_UNKNOWN"],
  ];
  for (const [over, code] of refused) {
    const { status, body } = await harbour.as("harbour").post("/deliveries", leg("x", over));
    expect(status).toBe(422);
    expect(isName(word) ? [code] : [code, "ECO_REQUEST_INVALID"]).toContain(body["code"]);
  }
  // A measure, or a part in the delivery, that the rate card doesn't know is refused or of no account; never a fault.
  for (const over of [{ usage: { ...usage, ...under(word, 1) } }, { parties: under(word, "spacefinder") }]) {
    const { status } = await harbour.as("harbour").post("/deliveries", leg(`over-${word}`, over));
    expect([200, 201, 409, 422]).toContain(status);
  }
  for (const list of ["deliveries", "charges", "parties", "rate-cards", "agreements", "events", "disputes"]) {
    expect([404, 422]).toContain((await harbour.as("harbour").get(`/${list}/${word}`)).status);
  }
  if (!isName(word)) return;
  expect(itemsOf(await harbour.as("harbour").get(`/deliveries?product=${word}`))).toEqual([]);
});

// The pattern of ids lets none begin with an underscore.
it.each(words.filter((word) => !word.startsWith("_")))("%s is an id like any other", async (word) => {
  const first = await harbour.as("blueline").post("/deliveries", leg(word));
  expect(first.status).toBe(201);
  expect((await harbour.as("blueline").get(`/deliveries/${word}`)).body).toEqual(first.body);
  expect((await harbour.as("blueline").post("/deliveries", leg(word))).status).toBe(200);
  const { body } = await harbour.as("nordic-apps").get(`/deliveries/${word}/explanation`);
  expect(body["lines"]).not.toEqual([]);
});
