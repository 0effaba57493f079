import type { XmlElement } from "../../specs/engine/catalog/exchange/xml-body.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { hasMoreThan } from "../values/has-more-than.ts";
import { type Stop, stop } from "./problem.ts";

/** An element as the parser gives it: its children and its text under one name, its attributes beside it. */
type ParsedNode = Readonly<Record<string, unknown>>;

const ATTRIBUTES = ":@";
const TEXT = "#text";

/** What takes time: elements, attributes and references. As many bytes of text are read a hundred times as fast. */
const MAX_MARKS = 20_000;
/** Characters of one tag, with its attributes. */
const LONGEST_TAG = 100_000;

/**
 * The root element of an XML document. A document type is refused: what it defines may be larger than memory, or lie on
 * somebody's disk.
 */
export async function parseXml(text: string, maxDepth: number): Promise<XmlElement | Stop> {
  if (/<!DOCTYPE/i.test(text)) return malformed("has a document type; leave it out");
  if (hasMoreThan(MAX_MARKS, /[<=&]/g, text))
    return stop(
      "ECO_BODY_TOO_LARGE",
      `The body has more than ${MAX_MARKS} elements, attributes and references together.`,
    );
  if (hasLongTag(text)) return malformed(`has a tag of more than ${LONGEST_TAG} characters`);
  const strange = strangeCharacter(text);
  if (strange !== undefined) return malformed(`names the character ${strange}, which XML doesn't have`);
  const { XMLParser, XMLValidator } = await import("fast-xml-parser");
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) {
    const { msg, line, col } = verdict.err;
    return malformed(`is not XML: ${shortened(msg).replace(/\.$/, "")} (line ${line}, column ${col})`);
  }
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    trimValues: false,
    // Characters by their numbers come with them.
    htmlEntities: true,
    removeNSPrefix: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
  });
  try {
    const [root, ...others] = elementsIn(parser.parse(text), maxDepth);
    return root === undefined || others.length > 0 ? malformed("has not one root element") : root;
  } catch (error) {
    return malformed(`can't be read: ${shortened(reasonOf(error))}`);
  }
}

/** The first reference to what is no character of XML 1.0: the parser would leave it out without a word. */
function strangeCharacter(text: string): string | undefined {
  for (const [reference, hex, decimal] of text.matchAll(/&#(?:x([0-9a-f]+)|(\d+));/gi)) {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const known = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff);
    if (!known && !(code >= 0xe000 && code <= 0xfffd) && !(code >= 0x10000 && code <= 0x10ffff))
      return reference;
  }
  return undefined;
}

/** The validator quotes what it took offence at, however long. */
const shortened = (message: string): string => (message.length > 200 ? `${message.slice(0, 200)}…` : message);

/** Comments and what is marked as text may be long. */
function hasLongTag(text: string): boolean {
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at + 1)) {
    const end = text[at + 1] === "!" ? at : text.indexOf(">", at);
    if ((end === -1 ? text.length : end) - at > LONGEST_TAG) return true;
  }
  return false;
}

const malformed = (why: string): Stop => stop("ECO_REQUEST_MALFORMED", `The body ${why}.`);

function elementsIn(nodes: unknown, maxDepth: number): XmlElement[] {
  if (maxDepth < 0) throw new Error("it is nested too deep");
  const list: readonly ParsedNode[] = Array.isArray(nodes) ? nodes : [];
  return list.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT);
    if (name === undefined) return [];
    const inside = node[name];
    const children = elementsIn(inside, maxDepth - 1);
    const attributes = Object.entries(node[ATTRIBUTES] ?? {}).map(([key, value]) => [key, String(value)]);
    return [{ name, attributes: Object.fromEntries(attributes), children, text: textIn(inside) }];
  });
}

const textIn = (nodes: unknown): string =>
  (Array.isArray(nodes) ? nodes : []).map((node: ParsedNode) => String(node[TEXT] ?? "")).join("");
