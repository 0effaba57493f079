import type { NamedKeyword } from "../keyword.ts";
import { twinsIn } from "../same-json.ts";
import { isList, listOf } from "./kinds.ts";
import { atLeast, atMost, fewer, limit, more } from "./limit.ts";

const items = (value: readonly unknown[]): number => value.length;

/** What is left over comes last: it is known once all others have looked. */
export const listKeywords: readonly NamedKeyword[] = [
  ["maxItems", limit(isList, items, atMost, more("items"))],
  ["minItems", limit(isList, items, atLeast, fewer("items"))],
  [
    "uniqueItems",
    {
      on: isList,
      check({ says, value, fail }) {
        const twins = says === true && isList(value) ? twinsIn(value) : undefined;
        if (twins === undefined) return;
        const [j, i] = twins;
        fail(`must NOT have duplicate items (items ## ${j} and ${i} are identical)`, { i, j });
      },
    },
  ],
  [
    "prefixItems",
    {
      on: isList,
      check({ says, value, against, take, looked }) {
        for (const [index, one] of listOf(says).entries()) {
          if (!isList(value) || index >= value.length) continue;
          take(against(one, { at: index, below: { value: value[index], step: index } }));
          looked.items.add(index);
        }
      },
    },
  ],
  [
    "items",
    {
      on: isList,
      check({ schema, says, value, against, take, looked, fail }) {
        if (!isList(value)) return;
        const from = isList(schema["prefixItems"]) ? schema["prefixItems"].length : 0;
        if (says === false && from > 0) {
          if (value.length > from) fail(`must NOT have more than ${from} items`, { limit: from });
          return;
        }
        for (let index = from; index < value.length; index += 1) {
          take(against(says, { below: { value: value[index], step: index } }));
          looked.items.add(index);
        }
      },
    },
  ],
  [
    "contains",
    {
      on: isList,
      check({ schema, says, value, against, looked, fail }) {
        if (!isList(value)) return;
        const { minContains: least = 1, maxContains: most } = schema;
        let count = 0;
        for (const [index, item] of value.entries()) {
          if (against(says, { below: { value: item, step: index } }).errors.length > 0) continue;
          count += 1;
          looked.items.add(index);
        }
        if (count >= Number(least) && !(most !== undefined && count > Number(most))) return;
        const upTo = most === undefined ? "" : ` and no more than ${most}`;
        fail(`must contain at least ${least}${upTo} valid item(s)`);
      },
    },
  ],
  [
    "unevaluatedItems",
    {
      on: isList,
      check({ says, value, against, take, looked, fail }) {
        if (!isList(value)) return;
        const rest = value.flatMap((item, index) => (looked.items.has(index) ? [] : [{ item, index }]));
        if (says === false && rest.length > 0)
          fail(`must NOT have more than ${value.length - rest.length} items`);
        else for (const { item, index } of rest) take(against(says, { below: { value: item, step: index } }));
        for (const { index } of rest) looked.items.add(index);
      },
    },
  ],
];
