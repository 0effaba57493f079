import { closeSync, openSync, writeSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import type { Sandbox } from "../pipeline/options.ts";
import { type BundleParts, bundleOf } from "./bundle.ts";
import type { SessionSink } from "./recorder.ts";

/** Files that hold secrets are their owner's alone. */
const PRIVATE = 0o600;

export interface FileSink {
  readonly sink: SessionSink;
  close(): void;
}

/** A session line by line into a file; what was recorded survives a crash. An older file there is replaced. */
export function fileSink(path: string): FileSink {
  const file = openSync(path, "w", PRIVATE);
  return { sink: (line) => void writeSync(file, line), close: () => closeSync(file) };
}

/** Writes a failed test's bundle. */
export async function writeBundle(sandbox: Sandbox, path: string, parts: BundleParts): Promise<void> {
  const bundle = await bundleOf(sandbox, parts);
  await writeFile(path, `${JSON.stringify(bundle)}\n`, { mode: PRIVATE });
}
