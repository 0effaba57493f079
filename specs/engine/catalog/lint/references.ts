import { isPlainObject, resolvePointer } from "../pointer.ts";
import type { Report } from "../report.ts";
import { collectReferences, LONG_CHAIN } from "../source/references.ts";

/** References inside a document that lead nowhere, or in a circle of bare references. */
export function checkReferences(content: Record<string, unknown>, report: Report): void {
  const known = new Map<string, ChainEnd>();
  for (const { ref, pointer, inData } of collectReferences(content)) {
    if (inData || (!ref.startsWith("#/") && ref !== "#")) continue;
    const fate = fateOf(content, ref, known);
    if (fate === "missing") {
      report.error(
        pointer,
        "spec.ref.missing",
        `\`$ref: ${ref}\` leads nowhere.`,
        "Correct the reference, or add its target.",
      );
    } else if (fate === "circle") {
      report.error(
        pointer,
        "spec.ref.circle",
        `\`$ref: ${ref}\` leads back to itself.`,
        "Let one of the circle be a schema.",
      );
    } else if (fate === "long") {
      report.error(
        pointer,
        LONG_CHAIN,
        `\`$ref: ${ref}\` leads to a reference, and so on, more than ${LONGEST_CHAIN} times.`,
        "Refer to the schema itself.",
      );
    }
  }
}

type Fate = "fine" | "missing" | "circle" | "long";

interface ChainEnd {
  readonly fate: Fate;
  /** References on the way there. */
  readonly length: number;
}

/** References that may follow each other before something else comes. Who reads them one within the other has no end. */
const LONGEST_CHAIN = 100;

/** Where a reference ends. Of a chain all are known at once, or a chain of thousands would be walked from each of them. */
function fateOf(content: unknown, ref: string, known: Map<string, ChainEnd>): Fate {
  const chain: string[] = [];
  let end: ChainEnd | undefined;
  const seen = new Set<string>();
  for (let at = ref; end === undefined; ) {
    end = known.get(at) ?? (seen.has(at) ? { fate: "circle", length: 0 } : undefined);
    if (end !== undefined) break;
    chain.push(at);
    seen.add(at);
    const target = resolvePointer(content, at);
    const next = isPlainObject(target) ? target["$ref"] : undefined;
    if (typeof next === "string") at = next;
    else end = { fate: target === undefined ? "missing" : "fine", length: 0 };
  }
  for (const one of chain.reverse()) {
    const length: number = end.length + 1;
    end = { fate: length > LONGEST_CHAIN ? "long" : end.fate, length };
    known.set(one, end);
  }
  return end.fate;
}
