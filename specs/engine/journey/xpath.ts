import { EcoError } from "../errors/index.ts";
import { reasonOf } from "../errors/reason.ts";

/** XPath 3.1, which reads the queries of its former versions too, over XML given as text. */
export interface XPath {
  /** Whether the effective boolean value of a query is true. */
  holds(query: string, xml: unknown): boolean;
  /** What a query finds: of elements and attributes their text, and numbers, texts and booleans as they are. */
  select(query: string, xml: unknown): readonly unknown[];
  /** The document with another text in each place that a query finds. */
  replace(query: string, xml: string, text: string): string;
  /** Why a query can't be read; undefined where it can. */
  problem(query: string): string | undefined;
}

let loaded: Promise<XPath> | undefined;

/** The query engine and the parser, loaded on demand: few workflows meet XML. */
export function loadXPath(): Promise<XPath> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<XPath> {
  const [library, slimdom] = await Promise.all([import("fontoxpath"), import("slimdom")]);
  // Node gives the CommonJS form, a bundler the other.
  const { evaluateXPath, evaluateXPathToBoolean, evaluateXPathToNodes } =
    "default" in library ? (library.default as typeof library) : library;
  const parse = (xml: unknown): InstanceType<typeof slimdom.Document> => {
    if (typeof xml !== "string")
      throw new EcoError("ECO_EXPRESSION_INVALID", `XPath looks into XML; here is ${kindOf(xml)}.`);
    return guarded("The context is not XML", () => slimdom.parseXmlDocument(xml));
  };
  return {
    holds: (query, xml) => {
      const document = parse(xml);
      return guarded(`The XPath ${query} can't be evaluated`, () => evaluateXPathToBoolean(query, document));
    },
    select: (query, xml) => {
      const document = parse(xml);
      const found = guarded(`The XPath ${query} can't be evaluated`, () =>
        evaluateXPath(query, document, null, null, evaluateXPath.ALL_RESULTS_TYPE),
      );
      return found.map((item) => (item instanceof slimdom.Node ? textOf(item) : item));
    },
    replace: (query, xml, text) => {
      const document = parse(xml);
      const nodes = guarded(`The XPath ${query} can't be evaluated`, () =>
        evaluateXPathToNodes<InstanceType<typeof slimdom.Node>>(query, document),
      );
      if (nodes.length === 0)
        throw new EcoError("ECO_EXPRESSION_INVALID", `The payload has nothing at ${query}.`);
      for (const node of nodes) {
        if (node instanceof slimdom.Attr) node.value = text;
        else node.textContent = text;
      }
      return slimdom.serializeToWellFormedString(document);
    },
    problem: (query) => {
      try {
        evaluateXPathToBoolean(query, slimdom.parseXmlDocument("<none/>"));
        return undefined;
      } catch (cause) {
        // Static errors are those of the query itself; others come of what it is applied to.
        const reason = reasonIn(cause);
        return reason.startsWith("XPST") ? reason : undefined;
      }
    },
  };

  function textOf(node: InstanceType<typeof slimdom.Node>): string {
    return (node instanceof slimdom.Attr ? node.value : node.textContent) ?? "";
  }
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  return typeof value === "object" ? "JSON" : `a ${typeof value}`;
}

/** The one line of the library's message that says what is wrong, with its code; it may be set between lines of the query. */
function reasonIn(cause: unknown): string {
  const lines = reasonOf(cause).split("\n");
  const telling = lines.find((line) => /\bX[A-Z]{3}\d{4}\b/.test(line)) ?? lines[0] ?? "";
  return telling.replace(/^Error: /, "");
}

function guarded<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new EcoError("ECO_EXPRESSION_INVALID", `${what}: ${reasonIn(cause)}`, {
      cause,
    });
  }
}
