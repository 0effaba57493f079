import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll } from "vitest";
import { type SharedSandbox, useSandbox } from "./shared.ts";

/** A sandbox in which blueline has submitted express legs for nordic-apps. @param legs rows of id, start, miles, minutes of delay */
export function useLegs(legs: readonly string[]): SharedSandbox {
  const shared = useSandbox(["--database", "memory"]);
  beforeAll(() => submitLegs(shared, legs), 60_000);
  return shared;
}

export async function submitLegs(shared: SharedSandbox, legs: readonly string[]): Promise<void> {
  const file = join(shared.home.path, "legs.csv");
  await writeFile(file, ["id,startedAt,distanceMiles,arrivalDelayMinutes", ...legs].join("\n"));
  const product = ["--product", "express-leg", "--customer", "nordic-apps"];
  await shared.done("blueline", "deliveries", "submit", file, ...product);
}
