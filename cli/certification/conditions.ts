import { EcoError } from "../../specs/engine/errors/eco-error.ts";

/** `2025-06-30T21:00:00Z The old endpoint is switched off.`: when, and what. */
export function readConditions(
  texts: readonly string[],
): { readonly text: string; readonly until: string }[] {
  return texts.map((given) => {
    const [, until = "", text = ""] = /^(\S+)\s+(.+)$/s.exec(given) ?? [];
    const instant = new Date(until);
    if (!Number.isNaN(instant.getTime())) return { text, until: instant.toISOString() };
    throw new EcoError("ECO_USAGE", `The condition \`${given}\` doesn't begin with its date.`, {
      fix: 'Give the date first: --condition "2025-06-30T21:00:00Z The old endpoint is switched off."',
    });
  });
}
