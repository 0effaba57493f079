import { posix } from "node:path";
import { percentDecoded } from "../../percent-decoded.ts";
import { isPlainObject, member, pointerOf, pointerTokens } from "../pointer.ts";

/** A place in a file as its author wrote it. */
export interface Origin {
  readonly document: string;
  readonly pointer: string;
}

/** References that are followed on the way to a place; who goes in a circle is left where it was. */
const MOST_REFERENCES = 20;

/**
 * Where a place of a bundled document was written: a path item, a parameter or a schema may stand in a file of its own, to which
 * the document only refers. What can't be found stays where it was looked for.
 *
 * @param parsedAt a file of the spec set as it was parsed; undefined for one that wasn't read
 */
export function originOf(at: Origin, parsedAt: (path: string) => unknown): Origin {
  let { document } = at;
  let value = parsedAt(document);
  let within: string[] = [];
  const ahead = pointerTokens(at.pointer);
  for (let followed = 0; ahead.length > 0; ) {
    const [token = ""] = ahead;
    const next = member(value, token);
    if (next !== undefined) {
      within.push(token);
      ahead.shift();
      value = next;
      continue;
    }
    const ref = isPlainObject(value) ? value["$ref"] : undefined;
    // What isn't there is missing here, where its nearest container stands.
    if (typeof ref !== "string") break;
    if (++followed > MOST_REFERENCES) return at;
    const [file = "", fragment = ""] = ref.split("#");
    if (file !== "") document = posix.join(posix.dirname(document), percentDecoded(file));
    const target = parsedAt(document);
    if (target === undefined) return at;
    value = target;
    within = [];
    ahead.unshift(...pointerTokens(percentDecoded(fragment)));
  }
  return { document, pointer: pointerOf(...within, ...ahead) };
}
