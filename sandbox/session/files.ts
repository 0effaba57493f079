import { closeSync, constants, fchmodSync, fstatSync, openSync, writeFileSync } from "node:fs";
import type { Sandbox } from "../pipeline/sandbox.ts";
import { type BundleParts, bundleOf } from "./bundle.ts";
import type { SessionSink } from "./recording.ts";

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;

/**
 * Opens a file for secrets, its owner's alone also where an older one was open to others. What is a link is not followed:
 * somebody may have put it there to receive them, or to have another file overwritten. (Windows has neither.)
 */
function openPrivate(path: string): number {
  const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | (O_NOFOLLOW ?? 0), 0o600);
  if (fstatSync(file).isFile()) fchmodSync(file, 0o600);
  return file;
}

export interface FileSink {
  readonly sink: SessionSink;
  close(): void;
}

/** A session line by line into a file; what was recorded survives a crash. An older file there is replaced. */
export function fileSink(path: string): FileSink {
  const file = openPrivate(path);
  return { sink: (line) => writeFileSync(file, line), close: () => closeSync(file) };
}

/** Writes a failed test's bundle. */
export async function writeBundle(sandbox: Sandbox, path: string, parts: BundleParts): Promise<void> {
  const bundle = await bundleOf(sandbox, parts);
  const file = openPrivate(path);
  try {
    writeFileSync(file, `${JSON.stringify(bundle)}\n`);
  } finally {
    closeSync(file);
  }
}
