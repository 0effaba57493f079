import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** What a portal is made from. */
export interface PortalInputs {
  /** Folder or file of the spec set. */
  readonly specs: string;
  /** Folder with `guides` and `decisions` of those who build it; without one, of the toolkit's own specs the toolkit's. */
  readonly content?: string | undefined;
  /** A published record that pages are made of too; of the toolkit's own specs the one that comes with it, if any. */
  readonly record?: string | undefined;
}

/**
 * Tells the rest of this folder what to show: pages are bundled before they run, so they can't find the package from
 * their own place.
 *
 * @param root the package's folder
 */
export function nameInputs({ specs, content, record }: PortalInputs, root: string): void {
  process.env["ECO_SPECS"] = specs;
  process.env["ECO_ROOT"] = root;
  if (content !== undefined) process.env["ECO_CONTENT"] = content;
  const published = record ?? recordOfToolkit(specs, root);
  if (published !== undefined) process.env["ECO_RECORD"] = published;
}

/** Beside the built command line, for the specs that come with it: `npm run portal:record` plays it. */
function recordOfToolkit(specs: string, root: string): string | undefined {
  const played = join(root, "dist/record.json");
  return resolve(specs) === join(root, "specs") && existsSync(played) ? played : undefined;
}
