import { isPlainObject, type PlainObject, pointerTokens, resolvePointer } from "../catalog/pointer.ts";
import { EcoError } from "../errors/index.ts";
import { oncePer } from "../once-per.ts";
import { type JsonPath, loadJsonPath } from "./json-path.ts";
import { loadXPath, type XPath } from "./xpath.ts";

/** The languages beside runtime expressions that select in a value, each loaded where a document uses it. */
export interface SelectorLanguages {
  readonly jsonPath?: JsonPath;
  readonly xPath?: XPath;
}

/** The versions that Arazzo names of each; the first is meant where none is named. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  jsonpath: ["rfc9535", "draft-goessner-dispatch-jsonpath-00"],
  xpath: ["xpath-31", "xpath-30", "xpath-20", "xpath-10"],
  jsonpointer: ["rfc6901"],
};

/** A language as a document names it: plainly, or with its version. */
export interface NamedLanguage {
  readonly kind: string;
  readonly version?: string;
}

export function languageOf(type: unknown): NamedLanguage {
  if (!isPlainObject(type)) return { kind: String(type) };
  const { version } = type;
  return { kind: String(type["type"]), ...(version === undefined ? {} : { version: String(version) }) };
}

/** Why a version of a language can't be had; undefined where it can. */
export function versionProblem({ kind, version }: NamedLanguage): string | undefined {
  const known = VERSIONS[kind];
  if (known === undefined || version === undefined || known.includes(version)) return undefined;
  return `${kind} has no version ${version}; there are ${known.join(", ")}.`;
}

/**
 * Why a query of the draft that was before RFC 9535 can't be answered: what the draft gave to the language of the host
 * would mean something else, or nothing, in the standard. Undefined where both read it alike.
 */
export function draftProblem(query: string, { version }: NamedLanguage): string | undefined {
  if (version !== "draft-goessner-dispatch-jsonpath-00") return undefined;
  const script = /\[\s*\(|\.length\b|=~/.exec(query)?.[0];
  return script === undefined
    ? undefined
    : `\`${script}\` of the draft belongs to the language of the host; write it as RFC 9535 has it, such as length(@.list) or [-1].`;
}

/** What Selector Objects of a document are written in: only then are those libraries worth their loading. */
export const languagesIn = oncePer((content: PlainObject) => load(JSON.stringify(content)));

async function load(text: string): Promise<SelectorLanguages> {
  return text.includes('"selector":') ? await namedIn(text) : {};
}

/** What the criteria of a document are written in too: to say of a query, before it runs, whether it can be read. */
export async function languagesOfQueries(content: PlainObject): Promise<SelectorLanguages> {
  return await namedIn(JSON.stringify(content));
}

async function namedIn(text: string): Promise<SelectorLanguages> {
  return {
    ...(text.includes('"jsonpath"') ? { jsonPath: await loadJsonPath() } : {}),
    ...(text.includes('"xpath"') ? { xPath: await loadXPath() } : {}),
  };
}

/** What a selector finds in a value, in order. */
export function selectIn(
  value: unknown,
  selector: string,
  type: unknown,
  { jsonPath, xPath }: SelectorLanguages,
): readonly unknown[] {
  const language = languageOf(type);
  const problem = versionProblem(language) ?? draftProblem(selector, language);
  if (problem !== undefined) throw new EcoError("ECO_EXPRESSION_INVALID", problem);
  if (language.kind === "jsonpointer") {
    const found = resolvePointer(value, selector);
    return found === undefined ? [] : [found];
  }
  if (language.kind === "jsonpath" && jsonPath !== undefined) return jsonPath.values(selector, value);
  if (language.kind === "xpath" && xPath !== undefined) return xPath.select(selector, value);
  throw unknownLanguage(language.kind);
}

function unknownLanguage(kind: string): EcoError {
  return new EcoError("ECO_EXPRESSION_INVALID", `Nothing can be selected by ${kind}.`, {
    fix: "Select by jsonpath, xpath or jsonpointer.",
  });
}

/** The places in a JSON value that a selector names, as tokens from the root; a pointer may name one that isn't there yet. */
export function placesIn(
  value: unknown,
  selector: string,
  type: unknown,
  { jsonPath }: SelectorLanguages,
): readonly (readonly string[])[] {
  const language = languageOf(type);
  const problem = versionProblem(language) ?? draftProblem(selector, language);
  if (problem !== undefined) throw new EcoError("ECO_EXPRESSION_INVALID", problem);
  if (language.kind === "jsonpath" && jsonPath !== undefined) return jsonPath.places(selector, value);
  if (language.kind !== "jsonpointer") throw unknownLanguage(language.kind);
  if (selector !== "" && !selector.startsWith("/"))
    throw new EcoError("ECO_EXPRESSION_INVALID", `The replacement target ${selector} is no JSON pointer.`);
  return [pointerTokens(selector)];
}
