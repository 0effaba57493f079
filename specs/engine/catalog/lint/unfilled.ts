import {
  type FlatSchema,
  openSchema,
  propertiesOf,
  requiredOf,
  type SchemaReader,
} from "../../certification/generate/schema.ts";
import { onlyValue } from "../../fixed-values.ts";
import { formatOf } from "../../messages/message-format.ts";
import { isJsonType } from "../exchange/media-type.ts";
import type { UnplacedFinding } from "../finding.ts";
import { pointerOf, pointerTokens } from "../pointer.ts";
import { createReport } from "../report.ts";
import type { Catalog, Message, Operation, SchemaRef } from "../types.ts";

type Place = readonly string[];

/**
 * Reports members that an answer or a message has to have and that its binding puts nothing into: every one of them would
 * break its schema. What the schema fixes needs no binding.
 */
export function checkUnfilled(catalog: Catalog, findings: UnplacedFinding[]): void {
  for (const operation of catalog.operations) checkAnswers(catalog, operation, findings);
  for (const message of catalog.messages) checkMessage(catalog, message, findings);
}

function checkAnswers(catalog: Catalog, operation: Operation, findings: UnplacedFinding[]): void {
  const bound = Object.keys(operation.capability?.response ?? {});
  // Where the whole result is the body, or a start of it, its own names are there.
  if (bound.length === 0 || bound.includes("")) return;
  const report = createReport(operation.document, findings);
  for (const { status, content } of operation.responses) {
    const schema = Object.entries(content).find(([type]) => isJsonType(type))?.[1].schema;
    if (!/^2/.test(status) || schema === undefined) continue;
    for (const place of unfilled(catalog, schema, bound.map(pointerTokens)))
      report.error(
        `${operation.pointer}/x-eco-bind/response`,
        "spec.bind.unfilled",
        `The answer ${status} of ${operation.id} has to have ${pointerOf(...place)}, and nothing is bound to it.`,
        "Bind a field of the result to it, or don't require it.",
      );
  }
}

function checkMessage(catalog: Catalog, message: Message, findings: UnplacedFinding[]): void {
  const { event, bind, document, pointer } = message;
  if (event === undefined || bind === undefined) return;
  const within = formatOf(catalog, message).enveloped ? ["data"] : [];
  const places = Object.keys(bind).map((place) => [...within, ...pointerTokens(place)]);
  const report = createReport(document, findings);
  for (const place of unfilled(catalog, message.payload, places)) {
    // The envelope is filled by the sandbox.
    if (within.length > 0 && place[0] !== "data") continue;
    report.error(
      `${pointer}/x-eco-bind`,
      "spec.bind.unfilled",
      `The message ${message.id} has to have ${pointerOf(...place)}, and nothing is bound to it.`,
      `Bind a field of ${event} to it, or don't require it.`,
    );
  }
}

function unfilled(catalog: Catalog, ref: SchemaRef, places: readonly Place[]): Place[] {
  const { schema, reader } = openSchema(catalog, ref);
  return missing(schema, places, reader, []);
}

/** Places that a value of the schema has to have and none of `places` leads to, or into, or around. */
function missing(schema: unknown, places: readonly Place[], reader: SchemaReader, at: Place): Place[] {
  const flat = reader.flat(schema);
  // Which of several schemas a value will be of isn't known here.
  if (flat["oneOf"] !== undefined || flat["anyOf"] !== undefined) return [];
  const inItems = restsOf(places, "*");
  if (inItems.length > 0)
    return inItems.some(isEnd) ? [] : missing(flat["items"], inItems, reader, [...at, "*"]);
  const members = propertiesOf(flat);
  const names = new Set([...requiredOf(flat), ...places.flatMap(([first]) => first ?? [])]);
  return [...names].flatMap((name) => {
    const rests = restsOf(places, name);
    const member = members[name];
    if (rests.some(isEnd) || isGiven(reader.flat(member))) return [];
    const inside = missing(member, rests, reader, [...at, name]);
    const isMade = rests.length > 0 || (inside.length === 0 && requiredOf(reader.flat(member)).length > 0);
    return isMade ? inside : [[...at, name]];
  });
}

const restsOf = (places: readonly Place[], name: string): Place[] =>
  places.filter(([first]) => first === name).map((place) => place.slice(1));

const isEnd = (place: Place): boolean => place.length === 0;

/** Fixed by the schema, or never answered. */
const isGiven = (schema: FlatSchema): boolean =>
  onlyValue(schema) !== undefined || schema["writeOnly"] === true;
