import { expect, it } from "vitest";
import { inTurn } from "../../../sandbox/pipeline/turns.ts";

it("runs one after the other per place, in the order in which they came, past one that fails", async () => {
  const place = {};
  const log: string[] = [];
  const step = (name: string, fails = false) =>
    inTurn(place, async () => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const outcomes = await Promise.allSettled([step("a"), step("b", true), step("c")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});

it("lets places wait for nothing of each other", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = inTurn({}, () => promise);
  expect(await inTurn({}, async () => "free")).toBe("free");
  resolve();
  await held;
});
