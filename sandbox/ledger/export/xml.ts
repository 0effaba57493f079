/** An element: its name, attributes and either text or children. Empty text makes an element without content. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content: string | readonly XmlElement[];
}

export const element = (
  name: string,
  content: XmlElement["content"],
  attributes?: XmlElement["attributes"],
): XmlElement => (attributes === undefined ? { name, content } : { name, content, attributes });

/** A document with its declaration, indented by two spaces. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, "")}`;
}

function written({ name, attributes, content }: XmlElement, indent: string): string {
  const given = Object.entries(attributes ?? {}).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `${indent}<${name}${given.join("")}>`;
  if (typeof content === "string") return `${open}${escaped(content)}</${name}>\n`;
  return `${open}\n${content.map((child) => written(child, `${indent}  `)).join("")}${indent}</${name}>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text and attributes of XML and HTML alike. Characters that XML 1.0 can't hold at all are left out. */
export function escaped(text: string): string {
  let safe = "";
  // By code point, so that half a surrogate pair shows itself.
  for (const character of text) if (isXmlCharacter(character.codePointAt(0) ?? 0)) safe += character;
  return safe.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** `Char` of XML 1.0. */
function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
}
