import { longestText } from "./regex-growth.ts";

const limits = new Map<string, number>();

/** How long a text may be for a pattern of a schema to be tried on it; Infinity for most. */
export function patternLimit(pattern: string): number {
  let limit = limits.get(pattern);
  if (limit === undefined) {
    limit = longestText(pattern);
    if (limits.size < 10_000) limits.set(pattern, limit);
  }
  return limit;
}

/**
 * The regular expression of a schema as validators run it. Longer texts than its limit don't match: a validator that
 * lists all violations tries the pattern even where `maxLength` has already refused the text.
 */
export function boundedPattern(pattern: string, flags: string): RegExp {
  const expression = new RegExp(pattern, flags);
  const limit = patternLimit(pattern);
  if (limit === Number.POSITIVE_INFINITY) return expression;
  const test = expression.test.bind(expression);
  expression.test = (text) => text.length <= limit && test(text);
  return expression;
}
