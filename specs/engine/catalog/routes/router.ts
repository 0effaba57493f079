/** One way through a path: names of its parameters come from the template that matched. */
export type RouteMatch<T> =
  | { readonly kind: "found"; readonly target: T; readonly params: Readonly<Record<string, string>> }
  /** The path is there, the method isn't. */
  | { readonly kind: "wrong-method"; readonly allow: readonly string[] }
  /** A parameter's percent-encoding is broken. */
  | { readonly kind: "malformed"; readonly segment: string }
  | { readonly kind: "none" };

interface Leaf<T> {
  readonly target: T;
  readonly names: readonly string[];
}

/** A segment of text and parameters mixed, such as `{name}.json`. */
interface Pattern<T> {
  readonly source: string;
  /** What stands before, between and behind its parameters. */
  readonly texts: readonly string[];
  readonly node: Node<T>;
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  readonly patterns: Pattern<T>[];
  parameter: Node<T> | undefined;
  readonly methods: Map<string, Leaf<T>>;
}

const newNode = <T>(): Node<T> => ({
  literals: new Map(),
  patterns: [],
  parameter: undefined,
  methods: new Map(),
});

const PARAMETER_PATTERN = /\{([^{}]+)\}/g;

/**
 * Finds the operation of a request in a trie of path segments: the cost depends on the depth of the path, not on the
 * number of operations. Literal segments win over mixed ones, those over bare parameters, as OpenAPI has it.
 */
export class Router<T> {
  readonly #root = newNode<T>();

  /** The first target added for a method and path stays. */
  add(method: string, template: string, target: T): void {
    const names: string[] = [];
    let node = this.#root;
    for (const segment of segmentsOf(template).map(asSent)) {
      for (const [, name = ""] of segment.matchAll(PARAMETER_PATTERN)) names.push(name);
      node = childOf(node, segment);
    }
    if (!node.methods.has(method)) node.methods.set(method, { target, names });
  }

  match(method: string, path: string): RouteMatch<T> {
    const allow = new Set<string>();
    const found = visit(this.#root, segmentsOf(path), 0, [], method, allow);
    if (found === undefined) {
      return allow.size === 0 ? { kind: "none" } : { kind: "wrong-method", allow: [...allow] };
    }
    const params: Record<string, string> = {};
    for (const [index, name] of found.leaf.names.entries()) {
      const raw = found.captured[index] ?? "";
      try {
        params[name] = raw.includes("%") ? decodeURIComponent(raw) : raw;
      } catch {
        return { kind: "malformed", segment: raw };
      }
    }
    return { kind: "found", target: found.leaf.target, params };
  }
}

/** A segment as a URL has it: `<name>` comes as `%3Cname%3E`. Braces are ours. */
const asSent = (segment: string): string => segment.replace(/[^\x21-\x7e]|["<>^`\\]/gu, encodeURIComponent);

function segmentsOf(path: string): string[] {
  return path.startsWith("/") ? path.slice(1).split("/") : path.split("/");
}

function childOf<T>(node: Node<T>, segment: string): Node<T> {
  if (!segment.includes("{")) {
    let child = node.literals.get(segment);
    if (child === undefined) {
      child = newNode();
      node.literals.set(segment, child);
    }
    return child;
  }
  if (/^\{[^{}]+\}$/.test(segment)) {
    node.parameter ??= newNode();
    return node.parameter;
  }
  const source = segment.replace(PARAMETER_PATTERN, "{}");
  const known = node.patterns.find((pattern) => pattern.source === source);
  if (known !== undefined) return known.node;
  const pattern: Pattern<T> = { source, texts: source.split("{}"), node: newNode() };
  node.patterns.push(pattern);
  return pattern.node;
}

interface Found<T> {
  readonly leaf: Leaf<T>;
  readonly captured: readonly string[];
}

function visit<T>(
  node: Node<T>,
  segments: readonly string[],
  depth: number,
  captured: readonly string[],
  method: string,
  allow: Set<string>,
): Found<T> | undefined {
  const segment = segments[depth];
  if (segment === undefined) {
    const leaf = node.methods.get(method);
    if (leaf !== undefined) return { leaf, captured };
    for (const name of node.methods.keys()) allow.add(name);
    return undefined;
  }
  const literal = node.literals.get(segment);
  if (literal !== undefined) {
    const found = visit(literal, segments, depth + 1, captured, method, allow);
    if (found !== undefined) return found;
  }
  for (const { texts, node: child } of node.patterns) {
    const values = valuesIn(segment, texts);
    if (values === undefined) continue;
    const found = visit(child, segments, depth + 1, [...captured, ...values], method, allow);
    if (found !== undefined) return found;
  }
  if (node.parameter === undefined || segment === "") return undefined;
  return visit(node.parameter, segments, depth + 1, [...captured, segment], method, allow);
}

/**
 * The values of the parameters of a mixed segment, none of them empty and each as short as can be. The earliest place of
 * each text leaves the most to those after it, so nothing is tried twice, which a regular expression would.
 */
function valuesIn(segment: string, texts: readonly string[]): readonly string[] | undefined {
  const [first = "", ...between] = texts;
  const last = between.pop() ?? "";
  if (!segment.startsWith(first) || !segment.endsWith(last)) return undefined;
  const values: string[] = [];
  let at = first.length;
  for (const text of between) {
    const next = segment.indexOf(text, at + 1);
    if (next === -1) return undefined;
    values.push(segment.slice(at, next));
    at = next + text.length;
  }
  const end = segment.length - last.length;
  return at < end ? [...values, segment.slice(at, end)] : undefined;
}
