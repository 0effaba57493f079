import { isJsonType, isXmlType } from "../catalog/exchange/media-type.ts";
import { defineMember, isPlainObject, member, type PlainObject } from "../catalog/pointer.ts";
import { objectsOf } from "../catalog/untyped.ts";
import { EcoError } from "../errors/index.ts";
import { evaluateValue, type Scope } from "./expression.ts";
import { loadJsonPath } from "./json-path.ts";
import { languageOf, placesIn } from "./selector-languages.ts";
import { loadXPath } from "./xpath.ts";

/**
 * A payload with its replacements made, in their order. A target is a JSON pointer, or an XPath where the payload is XML,
 * unless it says what it is. The payload itself is left as it was.
 * @throws EcoError `ECO_EXPRESSION_INVALID` where a target can't be read or leads nowhere
 */
export async function withReplacements(
  payload: unknown,
  replacements: unknown,
  contentType: string,
  scope: Scope,
): Promise<unknown> {
  let root: unknown = structuredClone(payload);
  for (const replacement of objectsOf(replacements)) {
    const type =
      replacement["targetSelectorType"] ??
      (isXmlType(contentType) && !isJsonType(contentType) ? "xpath" : "jsonpointer");
    const value = evaluateValue(replacement["value"], scope);
    root = await replaced(root, { target: String(replacement["target"]), type, value });
  }
  return root;
}

interface Replacement {
  readonly target: string;
  /** The language of the target, as a document names it. */
  readonly type: unknown;
  readonly value: unknown;
}

async function replaced(root: unknown, { target, type, value }: Replacement): Promise<unknown> {
  const { kind } = languageOf(type);
  if (kind === "xpath") {
    if (typeof root !== "string")
      throw new EcoError(
        "ECO_EXPRESSION_INVALID",
        `The XPath ${target} looks into XML, and the payload is JSON.`,
      );
    const { replace } = await loadXPath();
    return replace(target, root, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  const languages = kind === "jsonpath" ? { jsonPath: await loadJsonPath() } : {};
  const places = placesIn(root, target, type, languages);
  if (places.length === 0)
    throw new EcoError("ECO_EXPRESSION_INVALID", `The payload has nothing at ${target}.`);
  return places.reduce((whole, place) => withValueAt(whole, place, target, value), root);
}

/** Writes a value at a place; members that aren't there are made, and `-` adds to a list. */
function withValueAt(root: unknown, place: readonly string[], target: string, value: unknown): unknown {
  const last = place.at(-1);
  if (last === undefined) return value;
  let holder = root;
  for (const token of place.slice(0, -1)) {
    if (member(holder, token) === undefined) setMember(holder, token, {}, target);
    holder = member(holder, token);
  }
  setMember(holder, last, value, target);
  return root;
}

function setMember(holder: unknown, token: string, value: unknown, target: string): void {
  if (Array.isArray(holder) && (token === "-" || /^(0|[1-9]\d*)$/.test(token))) {
    const index = token === "-" ? holder.length : Number(token);
    if (index <= holder.length) {
      holder[index] = value;
      return;
    }
  } else if (isPlainObject(holder)) {
    defineMember(holder satisfies PlainObject, token, value);
    return;
  }
  throw new EcoError(
    "ECO_EXPRESSION_INVALID",
    `The payload has no place for ${target}: ${token} leads nowhere.`,
  );
}
