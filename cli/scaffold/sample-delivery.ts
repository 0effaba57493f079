import { readRequest, writeRequest } from "../../specs/engine/catalog/exchange/bind.ts";
import { isJsonType } from "../../specs/engine/catalog/exchange/media-type.ts";
import { isPlainObject } from "../../specs/engine/catalog/pointer.ts";
import { validatorsOf } from "../../specs/engine/catalog/schemas/schema-validator.ts";
import type { Catalog, Operation, SchemaRef } from "../../specs/engine/catalog/types.ts";
import { sample } from "../../specs/engine/certification/generate/sample.ts";
import { openSchema } from "../../specs/engine/certification/generate/schema.ts";
import { createRandom } from "../../specs/engine/certification/random.ts";
import type { StarterMember } from "./member.ts";

type JsonRecord = Readonly<Record<string, unknown>>;

export interface SampleDelivery {
  readonly contentType: string;
  readonly body: unknown;
  readonly headers: JsonRecord;
  readonly query: JsonRecord;
}

/**
 * A delivery that this party could submit: an example of the operation with the party in the place of the company that has
 * its role there, or one made from the schema. Undefined where none can be made that the schema allows.
 */
export function sampleDelivery(
  catalog: Catalog,
  operation: Operation,
  member: StarterMember,
): SampleDelivery | undefined {
  const [contentType, media] =
    Object.entries(operation.requestBody?.content ?? {}).find(([type]) => isJsonType(type)) ?? [];
  if (contentType === undefined || media?.schema === undefined || operation.path.includes("{"))
    return undefined;
  const examples = Object.values(media.examples).map((body) => inputOf(operation, body));
  const fitting = examples.find((input) => mentionsRole(catalog, input, member.role)) ?? examples[0];
  const input =
    fitting === undefined
      ? ownInput(catalog, inputOf(operation, fromSchema(catalog, media.schema, operation.id)), member)
      : withParty(catalog, withoutParent(fitting), member);
  const { body, headers, query } = writeRequest(operation, withCustomer(catalog, operation, input, member));
  return validatorsOf(catalog).get(media.schema)(body).length > 0
    ? undefined
    : { contentType, body, headers, query };
}

const inputOf = (operation: Operation, body: unknown): JsonRecord =>
  readRequest(operation, { path: {}, query: {}, headers: {}, body });

/** Only what the schema requires: what is left out can't be wrong. */
function fromSchema(catalog: Catalog, ref: SchemaRef, seed: string): unknown {
  const { schema, reader } = openSchema(catalog, ref);
  return sample(schema, { reader, random: createRandom(seed), full: false, direction: "request" });
}

/** That of an example isn't there when it is submitted. */
const withoutParent = ({ parent: _, ...input }: JsonRecord): JsonRecord => input;

const idsOf = ({ ecosystem }: Catalog, role: string): ReadonlySet<unknown> =>
  new Set(ecosystem.parties.filter((party) => party.role === role).map(({ id }) => id));

function mentionsRole(catalog: Catalog, value: unknown, role: string): boolean {
  const ids = idsOf(catalog, role);
  const mentions = (inner: unknown): boolean =>
    ids.has(inner) || (typeof inner === "object" && inner !== null && Object.values(inner).some(mentions));
  return mentions(value);
}

/** With the party wherever the example has a company of its role. */
function withParty(catalog: Catalog, input: JsonRecord, { party, role }: StarterMember): JsonRecord {
  const ids = idsOf(catalog, role);
  const replaced = (value: unknown): unknown => {
    if (ids.has(value)) return party;
    if (Array.isArray(value)) return value.map(replaced);
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner)]));
  };
  return replaced(input) as JsonRecord;
}

/** What a schema can't know: which parties and products there are, and when it is. */
function ownInput(catalog: Catalog, sampled: JsonRecord, { party }: StarterMember): JsonRecord {
  const cards = catalog.documents.filter(({ kind }) => kind === "rate-card").map(({ content }) => content);
  const card = cards.find((one) => productsOf(one).includes(sampled["product"])) ?? cards[0];
  const products = card === undefined ? [] : productsOf(card);
  const times = timesUnder(card);
  const own = {
    ...(products.length === 0 || products.includes(sampled["product"]) ? {} : { product: products[0] }),
    ...("provider" in sampled ? { provider: party } : {}),
    ...("startedAt" in sampled ? { startedAt: times[0] } : {}),
    ...("endedAt" in sampled ? { endedAt: times[1] } : {}),
  };
  return { ...sampled, ...own };
}

function productsOf({ entries }: JsonRecord): unknown[] {
  return (Array.isArray(entries) ? entries : []).map((entry: unknown) =>
    isPlainObject(entry) ? entry["product"] : undefined,
  );
}

/** An hour of the first day after a rate card's first: always the same, so that a starter is. */
function timesUnder(card: JsonRecord | undefined): readonly [string, string] {
  const validFor = card?.["validFor"];
  const start = Date.parse(isPlainObject(validFor) ? String(validFor["start"]) : "");
  const day = new Date((Number.isNaN(start) ? Date.UTC(2025, 0, 1) : start) + 86_400_000).toISOString();
  return [day.replace(/T.*/, "T10:00:00Z"), day.replace(/T.*/, "T11:00:00Z")];
}

/** Where the operation takes the customer outside of the body, no example of a body names one. */
function withCustomer(
  catalog: Catalog,
  { capability }: Operation,
  input: JsonRecord,
  { party, role }: StarterMember,
): JsonRecord {
  if (capability?.request["customer"] === undefined || input["customer"] !== undefined) return input;
  const [customer] = role === "customer" ? [party] : idsOf(catalog, "customer");
  return { ...input, customer };
}
