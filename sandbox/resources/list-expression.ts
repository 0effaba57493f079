import type { ItemNames, PropertyPath } from "./item-names.ts";
import type { ListFilter, Operator } from "./list-filters.ts";
import { plain } from "./shape.ts";

const WORDS: Readonly<Record<string, Operator>> = {
  eq: "eq",
  equals: "eq",
  "=": "eq",
  "==": "eq",
  ne: "ne",
  "!=": "ne",
  gt: "gt",
  ">": "gt",
  "greater-than": "gt",
  ge: "gte",
  gte: "gte",
  ">=": "gte",
  "greater-or-equal": "gte",
  lt: "lt",
  "<": "lt",
  "less-than": "lt",
  le: "lte",
  lte: "lte",
  "<=": "lte",
  "less-or-equal": "lte",
  co: "contains",
  contains: "contains",
  ":": "contains",
  sw: "starts",
  startswith: "starts",
  "starts-with": "starts",
  ew: "ends",
  endswith: "ends",
  "ends-with": "ends",
  pr: "present",
};

const NAME = String.raw`[\w.$@/-]+`;
const LITERAL = String.raw`'[^']*'|"[^"]*"|[^\s()]+`;
const INFIX = new RegExp(`^(${NAME}?)\\s*(!=|==|>=|<=|=|>|<|:|\\s[a-z]{2,3}\\s)\\s*(${LITERAL})$`, "i");
const CALL = new RegExp(`^([a-z-]+)\\(\\s*(${NAME})\\s*,\\s*(${LITERAL})\\s*\\)$`, "i");
const PRESENT = new RegExp(`^(${NAME})\\s+pr$`, "i");
const LONGEST = 2000;

/**
 * The filters of an expression, all of which must be met: `name eq 'a' and size gt 3` (OData, SCIM), `name="a"`,
 * `equals(name,"a")`. Undefined where some of it can't be read, or names what an item doesn't have.
 */
export function filtersOf(expression: string, names: ItemNames): ListFilter[] | undefined {
  if (expression.length > LONGEST) return undefined;
  const filters: ListFilter[] = [];
  for (const part of partsOf(expression)) {
    const filter = filterOf(part, names);
    if (filter === undefined) return undefined;
    filters.push(filter);
  }
  return filters;
}

/** Split where it says `and`, outside quotes and brackets; Klaviyo and others write a comma. */
function partsOf(expression: string): string[] {
  const parts: string[] = [""];
  const tokens = expression.match(/'[^']*'|"[^"]*"|\([^()]*\)|\s+and\s+|\s*&&\s*|[^\s'"()]+|\s+|./gi) ?? [];
  for (const token of tokens) {
    if (/^\s+and\s+$|^\s*&&\s*$/i.test(token)) parts.push("");
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim());
}

function filterOf(part: string, names: ItemNames): ListFilter | undefined {
  const bare = /^\(([^()]*)\)$/.exec(part)?.[1] ?? part;
  const call = CALL.exec(bare);
  const infix = INFIX.exec(bare);
  const [, name, word, literal] = call
    ? [bare, call[2], call[1], call[3]]
    : infix
      ? [bare, infix[1], infix[2], infix[3]]
      : [bare, PRESENT.exec(bare)?.[1], "pr", ""];
  const operator = WORDS[(word ?? "").trim().toLowerCase()];
  const path = name === undefined ? undefined : pathOf(name, names);
  if (operator === undefined || path === undefined) return undefined;
  return { path, operator, values: [(literal ?? "").replace(/^(['"])(.*)\1$/, "$2")] };
}

function pathOf(name: string, names: ItemNames): PropertyPath | undefined {
  return names.find(plain(name)) ?? names.find(plain(name.split(/[./]/).at(-1) ?? ""));
}
