import type { ControlResult } from "../http/control-client.ts";
import type { Output } from "../output/output.ts";

type Fault = ControlResult<"listFaults">["items"][number];
type Rule = Fault["rule"];

const WHEN: readonly (keyof Rule)[] = ["probability", "count", "skip", "every", "from", "until"];
const TARGET: readonly (keyof Rule)[] = ["operation", "method", "path", "event", "endpoint", "party"];
const UNSAID: readonly (keyof Rule)[] = ["id", "description", ...WHEN, ...TARGET];

/** Rules with what they are for, what they do, when, and how often they did. */
export function presentFaults(faults: readonly Fault[], out: Output): void {
  out.table(faults, [
    { header: "Rule", value: ({ id }) => id },
    { header: "For", value: ({ rule }) => said(rule, TARGET) || "all requests" },
    {
      header: "What",
      value: ({ rule }) =>
        said(
          rule,
          keysOf(rule).filter((key) => !UNSAID.includes(key)),
        ),
    },
    {
      header: "When",
      value: ({ rule, spent }) => [said(rule, WHEN), spent ? "(spent)" : ""].join(" ").trim(),
    },
    { header: "Met", value: ({ met }) => String(met), align: "right" },
    { header: "Applied", value: ({ applied }) => String(applied), align: "right" },
  ]);
  for (const { id, remarks = [] } of faults)
    for (const remark of remarks) out.warn(`${id} does nothing as things stand: ${remark}.`);
}

const keysOf = (rule: Rule): (keyof Rule)[] => Object.keys(rule) as (keyof Rule)[];

function said(rule: Rule, keys: readonly (keyof Rule)[]): string {
  return keys
    .filter((key) => rule[key] !== undefined)
    .map((key) => (rule[key] === true ? key : `${key} ${textOf(rule[key])}`))
    .join(", ");
}

const textOf = (value: unknown): string =>
  typeof value === "object" ? JSON.stringify(value).replaceAll('"', "") : String(value);
