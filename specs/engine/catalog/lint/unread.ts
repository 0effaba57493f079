import type { Finding } from "../finding.ts";
import { isPlainObject, type PlainObject, pointerOf } from "../pointer.ts";
import type { Report } from "../report.ts";

/** Of findings about what a document says and nobody here reads. */
const UNREAD = "spec.openapi.unread";

/** Whether a finding only says that a document declares something which nobody here reads, or can send. */
export const isUnread = ({ code }: Finding): boolean => code === UNREAD || code === "spec.asyncapi.payload";

interface Keyword {
  readonly name: string;
  /** Of the object that it stands in; left out where it may be any. */
  readonly within?: string;
  /** What goes on as if it weren't there. */
  readonly instead: string;
}

/** What OpenAPI 3.2 added and nothing here reads. */
const KEYWORDS: readonly Keyword[] = [
  {
    name: "defaultMapping",
    within: "discriminator",
    instead: "a value whose discriminator names no alternative is held against all",
  },
  { name: "nodeType", within: "xml", instead: "XML is laid out by `attribute` and `wrapped` alone" },
  { name: "prefixEncoding", instead: "parts of a body are read as their schema has them" },
  { name: "itemEncoding", instead: "parts of a body are read as their schema has them" },
];

/** Reports what of OpenAPI 3.2 isn't read, each with its place. What it shares with 3.1 is. */
export function checkUnread(content: PlainObject, report: Report): void {
  if (!String(content["openapi"]).startsWith("3.2")) return;
  const unread = (pointer: string, what: string, instead: string): void =>
    report.warning(
      pointer,
      UNREAD,
      `${what} isn't read: ${instead}.`,
      "Don't rely on it here; nothing else is affected.",
    );
  const tags: readonly unknown[] = Array.isArray(content["tags"]) ? content["tags"] : [];
  for (const [index, tag] of tags.entries()) {
    for (const name of ["parent", "kind"]) {
      if (isPlainObject(tag) && tag[name] !== undefined)
        unread(
          pointerOf("tags", index, name),
          `\`${name}\` of a tag`,
          "operations are grouped by the tag alone",
        );
    }
  }
  for (const { keyword, pointer } of keywordsIn(content))
    unread(pointer, `\`${keyword.name}\``, keyword.instead);
}

function* keywordsIn(content: PlainObject): Generator<{ keyword: Keyword; pointer: string }> {
  const stack: { value: unknown; key: string; pointer: string }[] = [
    { value: content, key: "", pointer: "" },
  ];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { value, key, pointer } = item;
    if (typeof value !== "object" || value === null) continue;
    // An example may hold anything under any name, and properties have names of their own.
    if (/^(examples?|default|const|enum)$/.test(key)) continue;
    for (const keyword of key === "properties" ? [] : KEYWORDS) {
      const here = keyword.within === undefined || keyword.within === key;
      if (here && Object.hasOwn(value, keyword.name))
        yield { keyword, pointer: pointer + pointerOf(keyword.name) };
    }
    for (const [name, child] of Object.entries(value))
      stack.push({
        value: child,
        key: Array.isArray(value) ? key : name,
        pointer: pointer + pointerOf(name),
      });
  }
}
