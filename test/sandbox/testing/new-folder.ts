import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of this test alone, gone at its end. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "eco-kit-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
