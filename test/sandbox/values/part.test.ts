import { expect, it } from "vitest";
import { part } from "../../../sandbox/values/part.ts";

it("is loaded once, however many ask", async () => {
  let loads = 0;
  const loaded = part("one", async () => {
    loads += 1;
    return { loads };
  });
  const [first, second] = await Promise.all([loaded(), loaded()]);
  expect(first).toBe(second);
  expect(loads).toBe(1);
});

it("says what can't be loaded and what to do, and is tried again by the next", async () => {
  let reachable = false;
  const loaded = part("deliveries.submit", async () => {
    if (!reachable) throw new TypeError("Failed to fetch");
    return "there";
  });
  await expect(loaded()).rejects.toMatchObject({
    code: "ECO_PART_MISSING",
    message: "deliveries.submit can't be loaded: Failed to fetch.",
    fix: expect.stringContaining("Load the page again"),
  });
  reachable = true;
  expect(await loaded()).toBe("there");
});
