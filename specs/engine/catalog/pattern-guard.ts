/** Why a pattern of a schema is not used, or the form of it that is. */
export type PatternVerdict =
  | { readonly code: string; readonly message: string; readonly fix: string }
  | { readonly rewritten: string };

/**
 * Looks at a regular expression before it ever runs. Returns undefined when it is fine as it stands; another form of it
 * when it needs one to be valid with the `u` flag; a problem when it is no regular expression of ECMAScript.
 */
export function patternProblem(pattern: unknown): PatternVerdict | undefined {
  if (typeof pattern !== "string") {
    return {
      code: "spec.pattern.invalid",
      message: "`pattern` must be a string. The keyword is ignored.",
      fix: "Give a regular expression of ECMAScript.",
    };
  }
  if (compiles(pattern, "u")) return undefined;
  const rewritten = withoutNeedlessEscapes(pattern);
  if (compiles(rewritten, "u")) return { rewritten };
  return {
    code: "spec.pattern.invalid",
    message: `The pattern ${JSON.stringify(pattern)} is no regular expression of ECMAScript. It is ignored.`,
    fix: "Correct it; possessive quantifiers, inline flags and \\A, \\Z belong to other dialects.",
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
