import { parseJson } from "../../specs/engine/parse-json.ts";
import { percentDecoded } from "../../specs/engine/percent-decoded.ts";

/** Shorter texts mean too many things to stand for one. */
const SHORTEST = 6;

/**
 * What stands for what when requests are sent again: an id that the recorded answer gave, and the one that came in its
 * place now. Later requests that carry the former get the latter.
 */
export class Correlations {
  readonly #now = new Map<string, string>();

  /** Texts at the same place of both answers that differ. */
  learn(recorded: string, answered: string): void {
    this.#compare(parseJson(recorded), parseJson(answered));
  }

  inPath(path: string): string {
    if (this.#now.size === 0) return path;
    return path.replace(/[^/?&=]+/g, (part) => {
      const known = this.#now.get(percentDecoded(part));
      return known === undefined ? part : encodeURIComponent(known);
    });
  }

  /** In a JSON body whole texts; other bodies stay as they are. */
  inBody(body: string): string {
    if (this.#now.size === 0) return body;
    const value = parseJson(body);
    if (value === undefined) return body;
    let followed = false;
    const text = JSON.stringify(value, (_name, member: unknown) => {
      const now = typeof member === "string" ? this.#now.get(member) : undefined;
      followed ||= now !== undefined;
      return now ?? member;
    });
    // Written anew only where it must be: a number of many digits wouldn't survive it.
    return followed ? text : body;
  }

  #compare(recorded: unknown, answered: unknown): void {
    if (typeof recorded === "string" && typeof answered === "string") {
      if (recorded !== answered && recorded.length >= SHORTEST) this.#now.set(recorded, answered);
      return;
    }
    if (!isObject(recorded) || !isObject(answered)) return;
    for (const [name, value] of Object.entries(recorded)) this.#compare(value, answered[name]);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
