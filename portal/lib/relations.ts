import type { Operation, ResponseSpec } from "../../specs/engine/catalog/types.ts";
import { type ErrorDefinition, errorRegistry } from "../../specs/engine/errors/index.ts";
import { examplesOf } from "./examples.ts";
import { at, isObject, object, text } from "./json.ts";
import { mentionedPointers, type SchemaSource, schemaKey } from "./schema.ts";
import type { JourneyPage, MessagePage, SchemaPage, Site } from "./site.ts";

const definitions: Readonly<Record<string, ErrorDefinition>> = errorRegistry;

/** The journeys that call an operation. */
export function journeysUsing(operation: Operation, site: Site): readonly JourneyPage[] {
  return site.journeys.filter((journey) => journey.workflow.operations.includes(operation.id));
}

/** The messages that domain events of these names become. */
export function messagesOf(events: readonly string[], site: Site): readonly MessagePage[] {
  return site.messages.filter(({ message }) => message.event !== undefined && events.includes(message.event));
}

export interface ErrorRow {
  readonly code: string;
  readonly status: string;
  /** The response that it stands in: its status, `4XX` or `default`. */
  readonly response: string;
  readonly title: string;
  readonly fix: string;
}

/** The error codes that an operation's responses show in their examples, with what the registry says of them. */
export function errorsOf(operation: Operation, source: SchemaSource): readonly ErrorRow[] {
  const rows = operation.responses
    .filter((one) => !/^[123]/u.test(one.status))
    .flatMap((one) => codesIn(one, source));
  const once = new Map(rows.map((row) => [`${row.status} ${row.code}`, row]));
  return [...once.values()];
}

/** The problem that the documents show for a code, as it would be answered; undefined where none shows it. */
export function problemExample(code: string, site: Site): unknown {
  for (const operation of site.catalog.operations) {
    for (const response of operation.responses) {
      for (const media of Object.values(response.content)) {
        const found = examplesOf(media, site.source).find(
          ({ made, value }) => !made && object(value)["code"] === code,
        );
        if (found !== undefined) return found.value;
      }
    }
  }
  return undefined;
}

function codesIn(response: ResponseSpec, source: SchemaSource): readonly ErrorRow[] {
  const values = Object.values(response.content).flatMap((media) =>
    examplesOf(media, source).filter((one) => !one.made),
  );
  const codes = values
    .map(({ value }) => text(object(value)["code"]))
    .filter((code) => definitions[code] !== undefined);
  return codes.map((code) => {
    const { title, fix, status } = definitions[code] ?? { title: "", fix: "" };
    const own = /^\d+$/u.test(response.status) ? response.status : String(status ?? response.status);
    return { code, status: own, response: response.status, title, fix };
  });
}

/** What mentions a schema: other schemas, operations and messages. */
export interface SchemaUses {
  readonly schemas: readonly SchemaPage[];
  readonly operations: readonly string[];
  readonly messages: readonly MessagePage[];
}

/** Uses of every named schema, by the key of its page; walked once for the whole site. */
export function usesOf(site: Site): ReadonlyMap<string, SchemaUses> {
  const uses = new Map<
    string,
    { schemas: Set<SchemaPage>; operations: Set<string>; messages: Set<MessagePage> }
  >();
  const entry = (key: string) => {
    const page = site.schemaByKey.get(key);
    if (page === undefined) return undefined;
    const known = uses.get(page.key) ?? { schemas: new Set(), operations: new Set(), messages: new Set() };
    uses.set(page.key, known);
    return known;
  };
  for (const page of site.schemas) {
    for (const pointer of mentionedPointers(site.source.resolve(page.ref))) {
      entry(schemaKey({ document: page.ref.document, pointer }))?.schemas.add(page);
    }
  }
  for (const operation of site.catalog.operations) {
    const content = at(site.document(operation.document)?.content, operation.pointer);
    for (const key of reached(content, operation.document, site)) entry(key)?.operations.add(operation.id);
  }
  for (const page of site.messages) {
    const { document, pointer } = page.message.payload;
    entry(schemaKey(page.message.payload))?.messages.add(page);
    for (const key of reached(at(site.document(document)?.content, pointer), document, site))
      entry(key)?.messages.add(page);
  }
  return new Map(
    [...uses].map(([key, sets]) => [
      key,
      { schemas: [...sets.schemas], operations: [...sets.operations], messages: [...sets.messages] },
    ]),
  );
}

// Schemas named directly, also by way of a shared response or parameter; what those schemas mention in turn is theirs.
function reached(content: unknown, document: string, site: Site): readonly string[] {
  const keys: string[] = [];
  const waiting = [...mentionedPointers(content)];
  const seen = new Set(waiting);
  for (let pointer = waiting.pop(); pointer !== undefined; pointer = waiting.pop()) {
    keys.push(schemaKey({ document, pointer }));
    if (pointer.startsWith("/components/schemas/")) continue;
    const target = at(site.document(document)?.content, pointer);
    if (!isObject(target)) continue;
    for (const next of mentionedPointers(target)) {
      if (!seen.has(next)) {
        seen.add(next);
        waiting.push(next);
      }
    }
  }
  return keys;
}
