import { isPlainObject, member, type PlainObject, resolvePointer } from "../pointer.ts";
import type { Catalog, MediaType, Operation } from "../types.ts";
import { readRequest } from "./bind.ts";
import { isJsonType } from "./media-type.ts";

/** A delivery as a document shows it, in canonical words; what the example leaves out is empty. */
export interface ExampleDelivery extends PlainObject {
  readonly id: string;
  readonly product: string;
  readonly customer: string;
  readonly startedAt: string;
  readonly usage: PlainObject;
}

const CAPABILITIES = ["deliveries.submit", "quotes.create", "deliveries.submit-batch"];

/** The deliveries that the documents' own examples submit or quote, those of single ones first. */
export function exampleDeliveries(catalog: Catalog): readonly ExampleDelivery[] {
  return CAPABILITIES.flatMap((capability) =>
    catalog.operations
      .filter((operation) => operation.capability?.name === capability)
      .flatMap((operation) =>
        bodiesOf(operation, catalog).flatMap((body) => {
          const input = readRequest(operation, { path: {}, query: {}, headers: {}, body });
          const several = input["deliveries"];
          return (Array.isArray(several) ? several : [input]).flatMap(asDelivery);
        }),
      ),
  );
}

function asDelivery(input: unknown): readonly ExampleDelivery[] {
  if (!isPlainObject(input)) return [];
  const { product, startedAt, usage = {}, customer } = input;
  if (typeof product !== "string" || typeof startedAt !== "string" || !isPlainObject(usage)) return [];
  const filled = { product, startedAt, usage, customer: typeof customer === "string" ? customer : "" };
  return [{ id: "example", ...input, ...filled } as ExampleDelivery];
}

/** Examples of the body, or of its schema where it has none of its own. */
function bodiesOf({ requestBody }: Operation, catalog: Catalog): readonly unknown[] {
  const media = Object.entries(requestBody?.content ?? {}).find(([type]) => isJsonType(type))?.[1];
  if (media === undefined) return [];
  const given = Object.values(media.examples).map(valueIn);
  return given.length > 0 ? given : schemaExamples(media, catalog);
}

/** The catalogue may hand on an Example Object (`{summary, value}`) or the bare value. */
function valueIn(example: unknown): unknown {
  const isWrapped =
    isPlainObject(example) &&
    Object.hasOwn(example, "value") &&
    Object.keys(example).every((key) => /^(value|summary|description|x-.*)$/u.test(key));
  return isWrapped ? example["value"] : example;
}

function schemaExamples({ schema }: MediaType, { documents }: Catalog): readonly unknown[] {
  const document = documents.find(({ path }) => path === schema?.document);
  const examples = schema && member(resolvePointer(document?.content, schema.pointer), "examples");
  return Array.isArray(examples) ? examples : [];
}
