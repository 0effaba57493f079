import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";

/** What oclif's parser throws, as far as it is looked at; its classes are not exported. */
interface ParserError extends Error {
  readonly oclif?: { readonly exit?: number };
  readonly parse?: {
    readonly input?: { readonly flags?: Readonly<Record<string, unknown>>; readonly args?: object };
  };
}

/**
 * Any thrown value as an {@link EcoError}. What oclif throws is wrong usage (exit 2), with a suggestion for a misspelt flag;
 * what nobody expected is a fault of eco (exit 1).
 */
export function toEcoError(thrown: unknown, command: string): EcoError {
  if (thrown instanceof EcoError) return thrown;
  if (isParserError(thrown)) return usageError(thrown, command);
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new EcoError("ECO_INTERNAL", `Unexpected fault in eco: ${error.message}`, {
    fix: "Please report it, with the command and the output of the same command with ECO_DEBUG=1.",
    cause: error,
  });
}

function isParserError(thrown: unknown): thrown is ParserError {
  return thrown instanceof Error && "oclif" in thrown;
}

function usageError(error: ParserError, command: string): EcoError {
  const help = `See \`eco ${command} --help\`.`;
  const unknownFlag = /^Nonexistent flags?: ([^\s,]+)/.exec(error.message)?.[1];
  const message = cleanMessage(error.message);
  if (unknownFlag !== undefined) {
    const known = ["help", ...Object.keys(error.parse?.input?.flags ?? {})].map((name) =>
      name === "input" ? "--no-input" : `--${name}`,
    );
    const hint = didYouMean(unknownFlag.split("=", 1)[0] ?? unknownFlag, known);
    return new EcoError("ECO_USAGE", `\`eco ${command}\` has no flag ${unknownFlag}.`, {
      fix: hint === undefined ? help : `${hint} ${help}`,
    });
  }
  return new EcoError("ECO_USAGE", message, { fix: help });
}

function cleanMessage(message: string): string {
  return (
    message
      .replace(/\n?See more help with --help/g, "")
      .replace(/^The following errors? occurred:\s*/, "")
      .replace(/\bMissing required flag (?=[a-z])/g, "Missing required flag --")
      // Of flags that may be repeated, where ours take one value each.
      .replace(/\n+Note: --\S+ allows? multiple values\..*$/s, "")
      .replace(/^Missing \d+ required args?:\s*(\S+)\s+(.*?)\s*$/s, "Missing argument $1: $2")
      .replace(/^Parsing (--\S+) \n\t/, "$1: ")
      .replace(/\s*\n\s*/g, " ")
      .trim()
  );
}
