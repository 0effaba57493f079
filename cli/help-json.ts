import type { Manifest, ManifestCommand, ManifestFlag } from "./manifest.ts";

/** What help says, for programs: the commands there are, or all that one of them takes. */
export type HelpResult =
  | { readonly description: string; readonly commands: readonly CommandName[] }
  | {
      readonly command: string;
      readonly summary: string;
      readonly description: string;
      readonly arguments: readonly {
        readonly name: string;
        readonly required: boolean;
        readonly description: string;
      }[];
      readonly flags: readonly FlagHelp[];
    };

interface CommandName {
  readonly command: string;
  readonly summary: string;
}

interface FlagHelp {
  readonly name: string;
  readonly char?: string;
  readonly takesValue: boolean;
  readonly options?: readonly string[];
  readonly required: boolean;
  readonly multiple: boolean;
  readonly description: string;
}

const wordsOf = ({ id }: ManifestCommand): string => id.replaceAll(":", " ");

/** @param topic undefined for all commands, else those whose ids begin with it and a colon. */
export function commandsResult(
  topic: string | undefined,
  description: string,
  { commands }: Manifest,
): HelpResult {
  const found = Object.values(commands).filter(
    ({ id, hidden }) => hidden !== true && (topic === undefined || id.startsWith(`${topic}:`)),
  );
  const named = found.map((command) => ({ command: wordsOf(command), summary: command.summary ?? "" }));
  return { description, commands: named.toSorted((a, b) => (a.command < b.command ? -1 : 1)) };
}

export function commandResult(command: ManifestCommand): HelpResult {
  return {
    command: wordsOf(command),
    summary: command.summary ?? "",
    description: command.description ?? "",
    arguments: Object.values(command.args).map(({ name, required, description }) => ({
      name,
      required: required === true,
      description: description ?? "",
    })),
    flags: Object.values(command.flags)
      .filter(({ hidden }) => hidden !== true)
      .map(flagOf),
  };
}

function flagOf(flag: ManifestFlag): FlagHelp {
  const { name, char, type, options, required, multiple, summary, description } = flag;
  return {
    name,
    ...(char === undefined ? {} : { char }),
    takesValue: type === "option",
    ...(options === undefined ? {} : { options }),
    required: required === true,
    multiple: multiple === true,
    description: summary ?? description ?? "",
  };
}
