import { boundedPattern } from "../../patterns/bounded-pattern.ts";

/** Compiled once: patterns are looked at before they run, which takes longer than they do. */
const expressions = new Map<string, RegExp>();
export function expressionOf(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (expression === undefined) {
    expression = boundedPattern(pattern, "u");
    expressions.set(pattern, expression);
  }
  return expression;
}
