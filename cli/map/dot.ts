import type { DrawnMap } from "./drawn-map.ts";

/** The map in Graphviz's language, from payers on the left to payees on the right. */
export function toDot({ title, parties, flows }: DrawnMap): string {
  const nodes = parties.map(({ id, role }) => {
    const label = role === "" ? id : `${id}\n${role}`;
    return `  ${quoted(id)} [label=${quoted(label)}];`;
  });
  const edges = flows.map(
    ({ payer, payee, label }) => `  ${quoted(payer)} -> ${quoted(payee)} [label=${quoted(label)}];`,
  );
  return [
    `digraph ${quoted(title)} {`,
    "  rankdir=LR;",
    "  node [shape=box, style=rounded];",
    ...nodes,
    ...edges,
    "}",
    "",
  ].join("\n");
}

/** A label reads a backslash as the start of an escape, and so it is written twice. */
const quoted = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
