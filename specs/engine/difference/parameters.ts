import { defaultStyle } from "../catalog/exchange/serialise-parameter.ts";
import { follow } from "../catalog/follow.ts";
import { isPlainObject, type PlainObject, resolvePointer } from "../catalog/pointer.ts";
import { splitTemplate } from "../catalog/routes/route-query.ts";
import type { Operation, Parameter } from "../catalog/types.ts";
import { ASSERTIONS } from "./assertions.ts";
import { type Place, VERDICTS } from "./change.ts";
import { compareKeys, named, newAt, oldAt, type Spot, tell } from "./comparison.ts";
import { capital, compareSchemas } from "./content.ts";
import { type Site, siteOf, typesIn } from "./site.ts";
import { sameJson } from "./substance.ts";
import { compareSunset, SUNSET } from "./sunset.ts";

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
    if (before !== undefined && after !== undefined) {
      const place = placeIn(spot, "new", now, after);
      compareParameter(at(before), before, after, place);
      compareWritten(at(before), written(spot, "old", old, before), written(spot, "new", now, after), place);
    } else if (after !== undefined) parameterAdded(at(after), after, placeIn(spot, "new", now, after));
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

/** Keys that the catalogue reads of a parameter, and those of its words. */
const READ = new Set([
  "name",
  "in",
  "required",
  "schema",
  "content",
  "style",
  "explode",
  "allowEmptyValue",
  "allowReserved",
  "deprecated",
  "description",
  "example",
  "examples",
  SUNSET,
]);

/** A parameter as its document writes it: with its operation, or with all of its path. */
function written(
  { comparison }: Spot,
  side: "old" | "new",
  { pointer }: Operation,
  { name, in: place }: Parameter,
): Written {
  const { content } = comparison.documents[side];
  for (const at of [pointer, pointer.slice(0, pointer.lastIndexOf("/"))]) {
    const list = resolvePointer(content, `${at}/parameters`);
    for (const [index, one] of Array.isArray(list) ? list.entries() : []) {
      const found = follow(content, one, `${at}/parameters/${index}`);
      if (isPlainObject(found?.node) && found.node["name"] === name && found.node["in"] === place)
        return { value: found.node, pointer: found.pointer };
    }
  }
  return { value: {}, pointer: `${pointer}/parameters` };
}

interface Written {
  readonly value: PlainObject;
  readonly pointer: string;
}

function compareWritten(spot: Spot, old: Written, now: Written, place: Place): void {
  compareSunset(spot, old.value, now.value, place);
  const [was, is] = [old.value["allowReserved"] === true, now.value["allowReserved"] === true];
  if (was !== is)
    tell(
      spot,
      "parameter.reserved",
      is ? VERDICTS.harmless : VERDICTS.narrower,
      `${capital(named(spot))} ${is ? "may hold reserved characters as they are" : "has to have its reserved characters encoded"} now.`,
      place,
    );
  compareKeys(spot, old, now, READ);
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
  if (becameText(spot, old, now))
    tell(
      spot,
      "type.widened",
      VERDICTS.wider,
      `${name} may be any text now; all that it took before is one when it is sent.`,
      place,
    );
  else compareSchemas(spot, old.schema, now.schema, place);
}

/** Numbers and truths are texts on their way: a text of any kind takes them all. */
function becameText({ comparison }: Spot, old: Parameter, now: Parameter): boolean {
  const siteIn = (side: "old" | "new", { schema, contentType }: Parameter): Site | undefined => {
    const { content } = comparison.documents[side];
    return schema === undefined || contentType !== undefined
      ? undefined
      : siteOf(content, resolvePointer(content, schema.pointer), schema.pointer);
  };
  const [was, is] = [siteIn("old", old), siteIn("new", now)];
  if (was === undefined || is === undefined) return false;
  const types = [...(typesIn(was) ?? [])];
  const isFree = is.parts.every(({ node }) =>
    Object.keys(node).every((key) => key === "type" || !ASSERTIONS.has(key)),
  );
  return (
    isFree &&
    typesIn(is)?.has("string") === true &&
    types.length > 0 &&
    types.every((type) => ["integer", "number", "boolean"].includes(type))
  );
}

function writtenAs(parameter: Parameter): object {
  const style = parameter.style ?? defaultStyle(parameter.in);
  return { style, explode: parameter.explode ?? style === "form", content: parameter.contentType ?? "" };
}
