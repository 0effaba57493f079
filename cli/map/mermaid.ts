import type { DrawnMap } from "./drawn-map.ts";

/** The map as a Mermaid flowchart, which Markdown on many sites shows as a drawing. */
export function toMermaid({ title, parties, flows }: DrawnMap): string {
  const names = new Map(parties.map(({ id }, index) => [id, `p${index}`]));
  return [
    "---",
    `title: ${JSON.stringify(title)}`,
    "---",
    "flowchart LR",
    ...parties.map(({ id, role }) => {
      const label = role === "" ? escaped(id) : `${escaped(id)}<br/>${escaped(role)}`;
      return `  ${names.get(id)}["${label}"]`;
    }),
    ...flows.map(
      ({ payer, payee, label }) => `  ${names.get(payer)} -->|"${escaped(label)}"| ${names.get(payee)}`,
    ),
    "",
  ].join("\n");
}

/** Everything that could mean something to Mermaid, to Markdown in its labels or to HTML, by its number. */
const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{M}\p{N} .,:_\u2212-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
