import type { KeywordContext, NamedKeyword } from "../keyword.ts";
import { listOf } from "./kinds.ts";

/** Every alternative on its own; what each fitting one has looked at counts. */
function alternatives(context: KeywordContext) {
  const outcomes = listOf(context.says).map((one, at) => context.against(one, { at }));
  const fitting = outcomes.filter(({ errors }) => errors.length === 0);
  return { outcomes, fitting };
}

/** Schemas that are laid over each other. */
export const compositionKeywords: readonly NamedKeyword[] = [
  [
    "not",
    {
      check({ says, against, fail }) {
        if (against(says).errors.length === 0) fail("must NOT be valid");
      },
    },
  ],
  [
    "anyOf",
    {
      check(context) {
        const { outcomes, fitting } = alternatives(context);
        for (const outcome of fitting) context.looksAt(outcome);
        if (fitting.length > 0) return;
        for (const outcome of outcomes) context.take(outcome);
        context.fail("must match a schema in anyOf");
      },
    },
  ],
  [
    "oneOf",
    {
      check(context) {
        const { outcomes, fitting } = alternatives(context);
        if (fitting.length === 1) return fitting.forEach(context.looksAt);
        if (fitting.length === 0) for (const outcome of outcomes) context.take(outcome);
        context.fail("must match exactly one schema in oneOf");
      },
    },
  ],
  [
    "allOf",
    {
      check({ says, against, take }) {
        for (const [at, one] of listOf(says).entries()) take(against(one, { at }));
      },
    },
  ],
  [
    "if",
    {
      check({ schema, says, against, take, looksAt, fail }) {
        const condition = against(says);
        const holds = condition.errors.length === 0;
        if (holds) looksAt(condition);
        const branch = holds ? "then" : "else";
        if (!Object.hasOwn(schema, branch)) return;
        const outcome = against(schema[branch], { keyword: branch });
        take(outcome);
        if (outcome.errors.length > 0) fail(`must match "${branch}" schema`, { failingKeyword: branch });
      },
    },
  ],
];
