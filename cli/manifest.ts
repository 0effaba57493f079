import { readFileSync } from "node:fs";
import { join } from "node:path";

/** `oclif.manifest.json`, as far as it is read here: what every command takes, known without loading it. */
export interface Manifest {
  readonly version: string;
  readonly commands: Readonly<Record<string, ManifestCommand>>;
}

export interface ManifestCommand {
  /** Words separated by colons: `deliveries:submit`. */
  readonly id: string;
  /** Its module, from the directory of the manifest on. */
  readonly relativePath: readonly string[];
  readonly hidden?: boolean;
  readonly summary?: string;
  readonly description?: string;
  readonly examples?: readonly (string | { readonly command: string; readonly description: string })[];
  readonly args: Readonly<
    Record<string, { readonly name: string; readonly required?: boolean; readonly description?: string }>
  >;
  readonly flags: Readonly<Record<string, ManifestFlag>>;
}

export interface ManifestFlag {
  readonly name: string;
  readonly type: "boolean" | "option";
  readonly char?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly helpGroup?: string;
  readonly helpLabel?: string;
  readonly helpValue?: string;
  readonly options?: readonly string[];
  readonly default?: unknown;
  readonly env?: string;
  readonly required?: boolean;
  readonly multiple?: boolean;
  readonly hidden?: boolean;
}

export function readManifest(directory: string): Manifest {
  return JSON.parse(readFileSync(join(directory, "oclif.manifest.json"), "utf8"));
}
