import { counted } from "../output/counted.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";

/** Why rows did not go in, the same reason of many rows once. */
export interface RejectReason {
  readonly reason: string;
  readonly rows: number;
  /** The first lines of the file where it is so. */
  readonly lines: readonly number[];
}

const REASONS_KEPT = 100;
const REASONS_SHOWN = 5;
const LINES_KEPT = 5;

/** Counts reasons while rows go by; of a file in which each row has one of its own, the first hundred are kept. */
export class RejectReasons {
  readonly #kept = new Map<string, { rows: number; readonly lines: number[] }>();
  #others = 0;

  add(line: number, reason: string): void {
    const known = this.#kept.get(reason);
    if (known === undefined && this.#kept.size === REASONS_KEPT) this.#others++;
    else if (known === undefined) this.#kept.set(reason, { rows: 1, lines: [line] });
    else {
      known.rows++;
      if (known.lines.length < LINES_KEPT) known.lines.push(line);
    }
  }

  /** The commonest first. */
  all(): RejectReason[] {
    return [...this.#kept]
      .map(([reason, { rows, lines }]) => ({ reason, rows, lines }))
      .sort((a, b) => b.rows - a.rows);
  }

  present(out: Output): void {
    const all = this.all();
    for (const { reason, rows, lines } of all.slice(0, REASONS_SHOWN)) {
      const more = rows > lines.length ? ", …" : "";
      const where = `${rows === 1 ? "line" : "lines"} ${lines.join(", ")}${more}`;
      out.note(`  ${counted(rows, "row")} (${where}): ${sanitizeLine(reason)}`);
    }
    const rest = all.slice(REASONS_SHOWN).reduce((sum, { rows }) => sum + rows, this.#others);
    if (rest > 0) out.note(`  ${counted(rest, "row")} for other reasons`);
  }
}
