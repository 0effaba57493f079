import { quoted } from "../output/quoted.ts";
import type { Setting, Settings } from "./settings.ts";

type Given = { readonly [K in "profileName" | "sandbox" | "specs"]: Setting };

/**
 * The flags that chose whom a command acts as and where, each with a space before it: a command that is told to be run
 * next means the same party at the same place. What the environment, a project file or a profile says holds for that anyway.
 */
export function asGiven({ profileName, sandbox, specs }: Given | Settings): string {
  return [profileName, sandbox, specs]
    .filter(({ source }) => source.startsWith("--"))
    .map(({ source, value }) => ` ${source} ${quoted(value)}`)
    .join("");
}
