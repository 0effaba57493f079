import { defaultStyle } from "../catalog/exchange/serialise-parameter.ts";
import { splitTemplate } from "../catalog/routes/route-query.ts";
import type { Operation, Parameter } from "../catalog/types.ts";
import { type Place, VERDICTS } from "./change.ts";
import { newAt, oldAt, type Spot, tell } from "./comparison.ts";
import { compareSchemas } from "./content.ts";
import { sameJson } from "./substance.ts";

/** The parameters of an operation: those of the path by their place in it, the others by name. */
export function compareParameters(spot: Spot, old: Operation, now: Operation): void {
  const was = keyed(old);
  const is = keyed(now);
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const [before, after] = [was.get(key), is.get(key)];
    const at = (parameter: Parameter): Spot => ({
      ...spot,
      where: `${parameter.in} parameter ${parameter.name}`,
    });
    if (before !== undefined && after !== undefined)
      compareParameter(at(before), before, after, placeIn(spot, "new", now, after));
    else if (after !== undefined) parameterAdded(at(after), after, placeIn(spot, "new", now, after));
    else if (before !== undefined) parameterRemoved(at(before), before, placeIn(spot, "old", old, before));
  }
}

function keyed({ parameters, template }: Operation): Map<string, Parameter> {
  const inPath = [...splitTemplate(template).path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name);
  return new Map(
    parameters.map((parameter) => {
      const { in: place, name } = parameter;
      if (place === "path") return [`path ${inPath.indexOf(name)}`, parameter];
      return [`${place} ${place === "header" ? name.toLowerCase() : name}`, parameter];
    }),
  );
}

/** A parameter stands where its schema does, or with its operation. */
function placeIn(
  { comparison }: Spot,
  side: "old" | "new",
  operation: Operation,
  parameter: Parameter,
): Place {
  const declared = /^(\/.*\/parameters\/[^/]+)\//.exec(parameter.schema?.pointer ?? "")?.[1];
  const pointer = declared ?? `${operation.pointer}/parameters`;
  return side === "old" ? oldAt(comparison, pointer) : newAt(comparison, pointer);
}

const called = ({ in: place, name }: Parameter): string => `The ${place} parameter ${name}`;

function parameterAdded(spot: Spot, parameter: Parameter, place: Place): void {
  if (parameter.required)
    tell(spot, "parameter.demanded", VERDICTS.narrower, `${called(parameter)} is new and required.`, place);
  else tell(spot, "parameter.added", VERDICTS.harmless, `${called(parameter)} is new.`, place);
}

function parameterRemoved(spot: Spot, parameter: Parameter, place: Place): void {
  const reader = parameter.required ? "breaking" : "possibly-breaking";
  tell(
    spot,
    "parameter.removed",
    { writer: "possibly-breaking", reader },
    `${called(parameter)} is no longer read.`,
    place,
  );
}

function compareParameter(spot: Spot, old: Parameter, now: Parameter, place: Place): void {
  const name = called(old);
  if (old.name !== now.name && old.in === "path")
    tell(
      spot,
      "parameter.renamed",
      VERDICTS.text,
      `${name} is called ${now.name} now; in a path that is a word for people.`,
      place,
    );
  if (old.required !== now.required) {
    const [rule, verdict] = now.required
      ? (["parameter.required", VERDICTS.narrower] as const)
      : (["parameter.optional", VERDICTS.wider] as const);
    tell(spot, rule, verdict, `${name} is ${now.required ? "required" : "optional"} now.`, place);
  }
  if (!sameJson(writtenAs(old), writtenAs(now)))
    tell(
      spot,
      "parameter.written",
      VERDICTS.replaced,
      `${name} is written in another way now (style, explode or content).`,
      place,
    );
  if (old.allowEmptyValue !== now.allowEmptyValue) {
    const [verdict, word] =
      now.allowEmptyValue === true
        ? ([VERDICTS.looser, "may"] as const)
        : ([VERDICTS.narrower, "may no longer"] as const);
    tell(spot, "parameter.empty", verdict, `${name} ${word} be empty.`, place);
  }
  if (old.deprecated !== now.deprecated)
    tell(
      spot,
      now.deprecated === true ? "deprecated" : "deprecation.withdrawn",
      VERDICTS.text,
      `${name} is ${now.deprecated === true ? "deprecated" : "no longer deprecated"}.`,
      place,
    );
  if (old.description !== now.description || !sameJson(old.examples, now.examples))
    tell(
      spot,
      "words.changed",
      VERDICTS.text,
      `description or examples of ${name.replace(/^T/, "t")} changed.`,
      place,
    );
  compareSchemas(spot, old.schema, now.schema, place);
}

function writtenAs(parameter: Parameter): object {
  const style = parameter.style ?? defaultStyle(parameter.in);
  return { style, explode: parameter.explode ?? style === "form", content: parameter.contentType ?? "" };
}
