import { EcoError } from "../errors/index.ts";

type Token =
  | { readonly kind: "reference"; readonly text: string }
  | { readonly kind: "literal"; readonly value: unknown }
  | { readonly kind: "operator"; readonly text: string };

/** Looks a runtime expression up. */
type Lookup = (expression: string) => unknown;

const OPERATORS = ["<=", ">=", "==", "!=", "&&", "||", "<", ">", "!", "(", ")"];
const COMPARISONS = new Set(["<", "<=", ">", ">=", "==", "!="]);

/**
 * A simple condition of Arazzo: literals, runtime expressions, `< <= > >= == != ! && || ( )`.
 * @throws EcoError `ECO_EXPRESSION_INVALID` when it can't be read
 */
export function evaluateCondition(condition: string, lookup: Lookup): boolean {
  const tokens = tokenise(condition);
  let index = 0;
  const peek = (text: string): boolean => {
    const token = tokens[index];
    return token?.kind === "operator" && token.text === text;
  };
  const fail = (): never => {
    throw unreadable(condition);
  };
  const or = (): unknown => {
    let value = and();
    while (peek("||")) {
      index += 1;
      const right = and();
      value = isTrue(value) || isTrue(right);
    }
    return value;
  };
  const and = (): unknown => {
    let value = comparison();
    while (peek("&&")) {
      index += 1;
      const right = comparison();
      value = isTrue(value) && isTrue(right);
    }
    return value;
  };
  const comparison = (): unknown => {
    const left = operand();
    const token = tokens[index];
    if (token?.kind !== "operator" || !COMPARISONS.has(token.text)) return left;
    index += 1;
    return compare(token.text, left, operand());
  };
  const operand = (): unknown => {
    const token = tokens[index];
    index += 1;
    if (token === undefined) return fail();
    if (token.kind === "literal") return token.value;
    if (token.kind === "reference") return lookup(token.text);
    if (token.text === "!") return !isTrue(operand());
    if (token.text !== "(") return fail();
    const value = or();
    if (!peek(")")) return fail();
    index += 1;
    return value;
  };
  const value = or();
  if (index < tokens.length) fail();
  return isTrue(value);
}

function unreadable(condition: string): EcoError {
  return new EcoError("ECO_EXPRESSION_INVALID", `The condition \`${condition}\` can't be read.`, {
    fix: "Write it as `$statusCode == 200 && $response.body#/status == 'rated'`.",
  });
}

function isTrue(value: unknown): boolean {
  return (
    value === true ||
    (value !== false && value !== null && value !== undefined && value !== "" && value !== 0)
  );
}

function tokenise(condition: string): Token[] {
  const tokens: Token[] = [];
  let rest = condition.trimStart();
  while (rest !== "") {
    const [token, length] = nextToken(rest, condition);
    tokens.push(token);
    rest = rest.slice(length).trimStart();
  }
  return tokens;
}

function nextToken(rest: string, condition: string): [Token, number] {
  const reference = /^\$[\w.-]+(?:\[[^\]]*\][\w.-]*)*(?:#[^\s()=!<>&|,]*)?/.exec(rest)?.[0];
  if (reference !== undefined) return [{ kind: "reference", text: reference }, reference.length];
  // A quote inside a literal is doubled.
  const text = /^'((?:[^']|'')*)'|^"([^"]*)"/.exec(rest);
  if (text !== null) {
    const value = text[1]?.replaceAll("''", "'") ?? text[2] ?? "";
    return [{ kind: "literal", value }, text[0].length];
  }
  const number = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(rest)?.[0];
  if (number !== undefined) return [{ kind: "literal", value: Number(number) }, number.length];
  const word = /^(true|false|null)\b/.exec(rest)?.[0];
  if (word !== undefined) {
    return [{ kind: "literal", value: word === "null" ? null : word === "true" }, word.length];
  }
  const operator = OPERATORS.find((candidate) => rest.startsWith(candidate));
  if (operator === undefined) throw unreadable(condition);
  return [{ kind: "operator", text: operator }, operator.length];
}

function compare(operator: string, left: unknown, right: unknown): boolean {
  if (operator === "==") return equal(left, right);
  if (operator === "!=") return !equal(left, right);
  const [a, b] = ordered(left, right);
  if (typeof a !== typeof b || (typeof a !== "number" && typeof a !== "string")) return false;
  const [x, y] = [a as string, b as string];
  if (operator === "<") return x < y;
  if (operator === "<=") return x <= y;
  return operator === ">" ? x > y : x >= y;
}

/** What is smaller is asked of numbers where both can be read as such, as headers and query parameters are text. */
function ordered(left: unknown, right: unknown): [unknown, unknown] {
  const [a, b] = [asNumber(left), asNumber(right)];
  return a === undefined || b === undefined ? [inLowerCase(left), inLowerCase(right)] : [a, b];
}

/** The number that a value is, or that a text writes out; undefined of anything else. */
function asNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const written =
    typeof value === "string" && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value.trim());
  return written ? Number(value) : undefined;
}

const inLowerCase = (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : value);

/** Text is compared without regard to case, as Arazzo says; nothing found equals null. */
function equal(left: unknown, right: unknown): boolean {
  const [a, b] = [left ?? null, right ?? null];
  if (typeof a === "string" && typeof b === "string") return a.toLowerCase() === b.toLowerCase();
  if (typeof a === "number" || typeof b === "number") return a === b || sameNumber(a, b);
  if (typeof a === "boolean" && typeof b === "string") return String(a) === b.toLowerCase();
  if (typeof b === "boolean" && typeof a === "string") return String(b) === a.toLowerCase();
  return a === b || sameMembers(a, b);
}

function sameNumber(a: unknown, b: unknown): boolean {
  const [x, y] = [asNumber(a), asNumber(b)];
  return x !== undefined && x === y;
}

/** Objects and lists, in whatever order an object has its members. */
function sameMembers(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equal(Reflect.get(a, name), Reflect.get(b, name)))
  );
}

/** The runtime expressions in a condition. */
export function referencesIn(condition: string): string[] {
  return tokenise(condition).flatMap((token) => (token.kind === "reference" ? [token.text] : []));
}
