import { patternLimit } from "../catalog/patterns/bounded-pattern.ts";
import { patternProblem } from "../catalog/patterns/pattern-guard.ts";
import { reasonOf } from "../errors/reason.ts";

/** JSONPath as RFC 9535 has it. Throws where a query can't be read, or might take for ever. */
export interface JsonPath {
  /** The values that a query finds. */
  values(query: string, value: unknown): readonly unknown[];
  /** Where they stand: the names and indices on the way from the root. */
  places(query: string, value: unknown): readonly (readonly string[])[];
  /** Why a query can't be read; undefined where it can. */
  problem(query: string): string | undefined;
}

/** Each `..` multiplies what there is to look at by the depth of the value. */
const DESCENTS = 2;

let loaded: Promise<JsonPath> | undefined;

/** The query engine, loaded on demand: few workflows need it. */
export function loadJsonPath(): Promise<JsonPath> {
  loaded ??= import("json-p3").then(({ JSONPathEnvironment }) => {
    const environment = new JSONPathEnvironment();
    for (const name of ["match", "search"]) {
      const known = environment.functionRegister.get(name);
      if (known === undefined) throw new Error(`RFC 9535 has a function ${name}`);
      const { argTypes, returnType } = known;
      const call = (text: unknown, pattern: unknown): unknown => {
        // One looks for the pattern anywhere, the other wants it to be the whole text.
        refuseSlow(text, name === "match" ? `^(?:${String(pattern)})$` : pattern);
        return known.call(text, pattern);
      };
      environment.functionRegister.set(name, { argTypes, returnType, call });
    }
    const find = (query: string, value: unknown): ReturnType<typeof environment.query> => {
      const descents = withoutTexts(query).split("..").length - 1;
      if (descents > DESCENTS)
        throw new Error(`The query descends ${descents} times (\`..\`); ${DESCENTS} times are allowed.`);
      return environment.query(query, value as Parameters<typeof environment.query>[1]);
    };
    return {
      values: (query, value) => find(query, value).values(),
      places: (query, value) => [...find(query, value)].map(({ location }) => location.map(String)),
      problem: (query) => {
        try {
          environment.compile(query);
          return undefined;
        } catch (cause) {
          return reasonOf(cause);
        }
      },
    };
  });
  return loaded;
}

function refuseSlow(text: unknown, pattern: unknown): void {
  if (typeof text !== "string" || typeof pattern !== "string") return;
  const problem = patternProblem(pattern);
  if (problem !== undefined && "message" in problem) throw new Error(problem.message);
  const refusal = tooLongFor(pattern, text);
  if (refusal !== undefined) throw new Error(refusal);
}

/** Why a pattern isn't tried on a text; undefined where it may be. */
export function tooLongFor(pattern: string, { length }: string): string | undefined {
  const limit = patternLimit(pattern);
  return length <= limit
    ? undefined
    : `The text has ${length} characters; the time that the pattern takes grows so fast that it is tried on ${limit} at most.`;
}

const withoutTexts = (query: string): string => query.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gs, "");
