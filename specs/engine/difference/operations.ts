import { isPlainObject, type PlainObject, resolvePointer } from "../catalog/pointer.ts";
import { routeOf } from "../catalog/routes/route-query.ts";
import type { Operation } from "../catalog/types.ts";
import { objectsOf, textOf } from "../catalog/untyped.ts";
import { VERDICTS } from "./change.ts";
import {
  type Comparison,
  compareKeys,
  directionOf,
  levelOf,
  newAt,
  type OperationVerdict,
  oldAt,
  type Spot,
  tell,
  tellLevel,
} from "./comparison.ts";
import { compareContent } from "./content.ts";
import { pairUp } from "./pair-up.ts";
import { compareParameters } from "./parameters.ts";
import { compareResponses } from "./responses.ts";
import { compareSecurity } from "./security.ts";
import { PROSE } from "./substance.ts";
import { compareSunset, SUNSET } from "./sunset.ts";

/** The operations of a document: by method and path whatever its parameters are called, else by their id. */
export function compareOperations(comparison: Comparison): void {
  const mine = (side: "old" | "new"): Operation[] =>
    comparison[side].operations.filter(({ document }) => document === comparison.documents[side].path);
  const { pairs, gone, come } = pairUp(mine("old"), mine("new"), [
    (operation) => `${operation.id} ${localRoute(operation)}`,
    localRoute,
    ({ id }) => id,
  ]);
  for (const old of gone) operationRemoved(comparison, old);
  for (const now of come) operationAdded(comparison, now);
  const paths = new Set<string>();
  for (const [old, now] of pairs) {
    compareOperation(comparison, old, now);
    comparePath(comparison, old, now, paths);
  }
}

/** What a path says beside its operations, once. */
function comparePath(comparison: Comparison, old: Operation, now: Operation, told: Set<string>): void {
  const { old: before, new: after } = comparison.documents;
  const node = (content: PlainObject, { pointer }: Operation) => {
    const at = pointer.slice(0, pointer.lastIndexOf("/"));
    return { value: resolvePointer(content, at), pointer: at };
  };
  const [was, is] = [node(before.content, old), node(after.content, now)];
  if (told.has(was.pointer)) return;
  told.add(was.pointer);
  const beside = ({ value, pointer }: typeof was) => ({
    value: Object.fromEntries(
      Object.entries(isPlainObject(value) ? value : {}).filter(
        ([key]) => PROSE.has(key) || key.startsWith("x-"),
      ),
    ),
    pointer,
  });
  compareKeys({ ...whole(comparison, old.id), where: "path" }, beside(was), beside(is), new Set());
}

/** Without the base path: that of a server is told of the server. */
const localRoute = (operation: Operation): string => {
  const query = Object.entries(operation.query ?? {}).sort();
  return `${routeOf({ ...operation, path: operation.template })} ${JSON.stringify(query)}`;
};

const spelled = ({ method, template }: Operation): string => `${method} ${template}`;

function operationRemoved(comparison: Comparison, old: Operation): void {
  const until = writtenAs(comparison, "old", old)[SUNSET];
  const ending = typeof until === "string" ? `, and there until ${until}` : "";
  const deprecated = old.deprecated ? ` It was deprecated${ending}.` : "";
  const verdict: OperationVerdict = { caller: "breaking", server: "compatible" };
  tellLevel(
    whole(comparison, old.id),
    "operation.removed",
    levelOf(comparison, verdict),
    `The operation ${old.id} (${spelled(old)}) is no longer there.${deprecated}`,
    oldAt(comparison, old.pointer),
  );
}

function operationAdded(comparison: Comparison, now: Operation): void {
  const verdict: OperationVerdict = { caller: "compatible", server: "possibly-breaking" };
  const served = comparison.servedBy === "partners" ? " Partners serve it." : "";
  tellLevel(
    whole(comparison, now.id),
    "operation.added",
    levelOf(comparison, verdict),
    `The operation ${now.id} (${spelled(now)}) is new.${served}`,
    newAt(comparison, now.pointer),
  );
}

function whole(comparison: Comparison, id: string): Spot {
  return {
    comparison,
    subject: { kind: "operation", id },
    where: "",
    direction: directionOf(comparison, "request"),
  };
}

/** Keys of an operation that have a comparison of their own; callbacks are messages. */
const HANDLED = new Set([
  "operationId",
  "parameters",
  "requestBody",
  "responses",
  "security",
  "deprecated",
  "callbacks",
  "servers",
  SUNSET,
]);

function compareOperation(comparison: Comparison, old: Operation, now: Operation): void {
  const spot = whole(comparison, old.id);
  const place = newAt(comparison, now.pointer);
  if (localRoute(old) !== localRoute(now))
    tellLevel(
      spot,
      "operation.moved",
      "breaking",
      `The operation ${old.id} was ${spelled(old)} and is ${spelled(now)} now.`,
      place,
    );
  else if (old.id !== now.id)
    tellLevel(
      spot,
      "operation.renamed",
      "possibly-breaking",
      `The operation ${old.id} is called ${now.id} now: generated clients and journeys name it.`,
      place,
    );
  if (old.deprecated !== now.deprecated)
    tell(
      spot,
      now.deprecated ? "deprecated" : "deprecation.withdrawn",
      VERDICTS.text,
      `The operation ${old.id} is ${now.deprecated ? "deprecated" : "no longer deprecated"}.`,
      place,
    );
  const [was, is] = [writtenAs(comparison, "old", old), writtenAs(comparison, "new", now)];
  compareSunset(spot, was, is, place);
  compareKeys(spot, { value: was, pointer: old.pointer }, { value: is, pointer: now.pointer }, HANDLED);
  compareOwnServers(spot, old, now);
  compareCallbacks(spot, old, now);
  compareParameters(spot, old, now);
  compareRequestBody(spot, old, now);
  compareResponses({ ...spot, direction: directionOf(comparison, "answer") }, old, now);
  compareSecurity(spot, old, now);
}

/** An operation as its document writes it. */
function writtenAs({ documents }: Comparison, side: "old" | "new", { pointer }: Operation): PlainObject {
  const node = resolvePointer(documents[side].content, pointer);
  return isPlainObject(node) ? node : {};
}

/** Servers of the operation or of its path, which go before those of the document. */
function compareOwnServers(spot: Spot, old: Operation, now: Operation): void {
  const { comparison } = spot;
  const urls = (side: "old" | "new", { pointer }: Operation): string[] => {
    const { content } = comparison.documents[side];
    const own = [pointer, pointer.slice(0, pointer.lastIndexOf("/"))].map((at) =>
      resolvePointer(content, `${at}/servers`),
    );
    return objectsOf(own.find(Array.isArray)).map(({ url }) => textOf(url));
  };
  const [was, is] = [urls("old", old), urls("new", now)];
  const gone = was.filter((url) => !is.includes(url));
  if (gone.length === 0 && (was.length > 0 || is.length === 0)) return;
  const named = (list: readonly string[]): string => list.join(", ") || "where all of the document are";
  tellLevel(
    spot,
    "operation.servers",
    "breaking",
    `${old.id} was served at ${named(was)} and is at ${named(is)} now.`,
    newAt(comparison, now.pointer),
  );
}

/** Where callbacks go; what they carry is told of their messages. */
function compareCallbacks(spot: Spot, old: Operation, now: Operation): void {
  for (const { message, url } of old.callbacks ?? []) {
    const is = now.callbacks?.find((callback) => callback.message === message);
    if (is === undefined || is.url === url) continue;
    const text = `${message} was sent to ${url} and is to ${is.url} now.`;
    tellLevel(spot, "callback.moved", "breaking", text, newAt(spot.comparison, now.pointer));
  }
}

function compareRequestBody(spot: Spot, old: Operation, now: Operation): void {
  const body: Spot = { ...spot, where: "request body" };
  const place = newAt(spot.comparison, `${now.pointer}/requestBody`);
  const [was, is] = [old.requestBody, now.requestBody];
  if (was === undefined && is === undefined) return;
  if (was === undefined) {
    const verdict = is?.required === true ? VERDICTS.narrower : VERDICTS.harmless;
    tell(
      body,
      "body.added",
      verdict,
      `${old.id} takes a body now${is?.required === true ? ", and needs it" : ""}.`,
      place,
    );
  } else if (is === undefined)
    tell(
      body,
      "body.removed",
      VERDICTS.unjudged,
      `${old.id} takes no body any more.`,
      oldAt(spot.comparison, `${old.pointer}/requestBody`),
    );
  else {
    if (was.required !== is.required) {
      const verdict = is.required ? VERDICTS.narrower : VERDICTS.wider;
      tell(
        body,
        is.required ? "body.required" : "body.optional",
        verdict,
        `The body of ${old.id} is ${is.required ? "required" : "optional"} now.`,
        place,
      );
    }
    compareContent(body, was.content, is.content, {
      old: `${old.pointer}/requestBody/content`,
      new: `${now.pointer}/requestBody/content`,
    });
  }
}
