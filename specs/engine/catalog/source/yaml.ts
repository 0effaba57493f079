import type { CST, Document, LineCounter, ParsedNode } from "yaml";
import { reasonOf } from "../../errors/reason.ts";

/** A text as the syntax tree of YAML. */
export interface YamlTree {
  readonly document: Document.Parsed<ParsedNode>;
  /** Tells line and column of an offset into the text. */
  readonly lines: LineCounter;
}

/** What a text in YAML says, or why it can't be used. */
export type ReadYaml =
  | { readonly kind: "read"; readonly value: unknown }
  | { readonly kind: "broken"; readonly message: string; readonly line?: number; readonly column?: number }
  | { readonly kind: "too-deep" }
  /** Its aliases would take too much to resolve. */
  | { readonly kind: "too-many-names" };

/** Reads one document of YAML 1.2 with merge keys, in time that grows with the text alone. */
export async function readYaml(text: string, maxAliases: number): Promise<ReadYaml> {
  try {
    const { document, lines } = await yamlTree(text);
    const [first] = document.errors;
    if (first !== undefined) return broken(first.message, first.pos[0], lines);
    const slip = await slipIn(document, maxAliases);
    if (slip === "too-many-names") return { kind: slip };
    if (slip !== undefined) return broken("Map keys must be unique", slip.twinAt, lines);
    return { kind: "read", value: document.toJS({ maxAliasCount: maxAliases }) };
  } catch (cause) {
    const message = reasonOf(cause);
    if (cause instanceof RangeError || message.startsWith("Maximum call stack")) return { kind: "too-deep" };
    if (message.includes("alias count")) return { kind: "too-many-names" };
    return { kind: "broken", message };
  }
}

function broken(message: string, offset: number, lines: LineCounter): ReadYaml {
  if (message.startsWith("Maximum call stack")) return { kind: "too-deep" };
  const { line, col } = lines.linePos(offset);
  return { kind: "broken", message, line, column: col };
}

/** As far as it can be understood: what follows the first place that no reader understands is left out. */
export async function yamlTree(text: string): Promise<YamlTree> {
  const { Composer, LineCounter, Parser, YAMLParseError } = await import("yaml");
  const lines = new LineCounter();
  const tokens = new Parser(lines.addNewLine).parse(text);
  // To know of equal keys, the library compares each key with all others: a map of 100,000 would take minutes.
  const composer = new Composer({ merge: true, stringKeys: false, uniqueKeys: false });
  const [document, another] = composer.compose(untilBroken(tokens), true, text.length);
  if (document === undefined) throw new Error("the composer gives a document for any text");
  if (another !== undefined) {
    const [start, end] = another.range;
    const message = "Source contains multiple documents";
    document.errors.push(new YAMLParseError([start, end], "MULTIPLE_DOCS", message));
  }
  return { document: document as Document.Parsed<ParsedNode>, lines };
}

/** A text that is no YAML at all would give an error for each of its lines, and each costs as much as a page of YAML. */
function* untilBroken(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  for (const token of tokens) {
    yield token;
    if (token.type === "error") return;
  }
}

/** The first key that is its object's second of that name, or that there are too many anchors and aliases. */
async function slipIn(
  { contents }: Document.Parsed<ParsedNode>,
  maxAliases: number,
): Promise<{ readonly twinAt: number } | "too-many-names" | undefined> {
  const { isAlias, isMap, isNode, isScalar, isSeq } = await import("yaml");
  let names = 0;
  const stack: unknown[] = [contents];
  while (stack.length > 0) {
    const node = stack.pop();
    // To resolve an alias, the library looks at all of them.
    if (isAlias(node) || (isNode(node) && node.anchor !== undefined)) names += 1;
    if (names > maxAliases) return "too-many-names";
    if (isSeq(node)) for (const item of node.items) stack.push(item);
    if (!isMap(node)) continue;
    const known = new Set<string>();
    for (const { key, value } of node.items) {
      stack.push(value);
      // A merge key is a symbol, and may come as often as one likes.
      if (!isScalar(key) || typeof key.value === "symbol") continue;
      const name = String(key.value ?? "");
      if (known.has(name)) return { twinAt: key.range?.[0] ?? 0 };
      known.add(name);
    }
  }
  return undefined;
}
