import { patternLimit } from "./bounded-pattern.ts";
import { regexRisk } from "./regex-ambiguity.ts";

/** Why a pattern of a schema is not used, or the form of it that is. */
export type PatternVerdict =
  | { readonly code: string; readonly message: string; readonly fix: string }
  | { readonly rewritten: string };

/**
 * Looks at a regular expression before it ever runs. Returns undefined when it is fine as it stands; another form of it
 * when it needs one to be valid with the `u` flag; a problem when it is no regular expression of ECMAScript, or one that
 * could keep a validator busy for ever.
 */
export function patternProblem(pattern: unknown): PatternVerdict | undefined {
  if (typeof pattern !== "string") {
    return {
      code: "spec.pattern.invalid",
      message: "`pattern` must be a string. The keyword is ignored.",
      fix: "Give a regular expression of ECMAScript.",
    };
  }
  if (compiles(pattern, "u")) return slowness(pattern);
  const rewritten = withoutNeedlessEscapes(pattern);
  if (compiles(rewritten, "u")) return slowness(rewritten) ?? { rewritten };
  return {
    code: "spec.pattern.invalid",
    message: `The pattern ${JSON.stringify(pattern)} is no regular expression of ECMAScript. It is ignored.`,
    fix: "Correct it; possessive quantifiers, inline flags and \\A, \\Z belong to other dialects.",
  };
}

const known = new Map<string, PatternVerdict | undefined>();

/** The verdict on a valid pattern; the same patterns come again and again. */
function slowness(pattern: string): PatternVerdict | undefined {
  if (known.has(pattern)) return known.get(pattern);
  const verdict = judge(pattern);
  if (known.size < 10_000) known.set(pattern, verdict);
  return verdict;
}

function judge(pattern: string): PatternVerdict | undefined {
  if (pattern.length > 5_000) {
    return {
      code: "spec.pattern.slow",
      message: "The pattern is longer than 5,000 characters. It is not enforced.",
      fix: "Use an enum, or a shorter pattern.",
    };
  }
  const risk = regexRisk(pattern);
  if (risk === "none" && patternLimit(pattern) > 0) return undefined;
  const shown = JSON.stringify(pattern.length > 120 ? `${pattern.slice(0, 120)}…` : pattern);
  return {
    code: "spec.pattern.slow",
    message:
      risk === "exponential"
        ? `The pattern ${shown} takes exponential time on some texts. It is not enforced.`
        : risk === "unknown"
          ? `Nothing can be proven about the time that the pattern ${shown} takes. It is not enforced.`
          : `The time that the pattern ${shown} takes grows with the fifth power of a text's length, or faster. It is not enforced.`,
    fix: "Let each repetition begin or end with a character that it can't hold inside: ([a-z]+-)* in place of ([a-z]+-?)*.",
  };
}

function compiles(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}

/** `\_` and `\-` are allowed without the `u` flag and forbidden with it: the backslash means nothing there. */
function withoutNeedlessEscapes(pattern: string): string {
  return pattern.replace(/\\([\s\S])/g, (escaped, character: string) => {
    if (character === "-") return "\\x2d";
    return /[\w^$\\.*+?()[\]{}|/]/.test(character) && character !== "_" ? escaped : character;
  });
}
