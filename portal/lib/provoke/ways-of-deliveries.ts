import { magicOf } from "../../../sandbox/capabilities/manifest.ts";
import { readResponse } from "../../../specs/engine/catalog/exchange/bind.ts";
import type { Operation } from "../../../specs/engine/catalog/types.ts";
import { replaceAt } from "../../../specs/engine/certification/generate/variation.ts";
import type { ErrorCode } from "../../../specs/engine/errors/index.ts";
import { jsonOrText } from "../../../specs/engine/parse-json.ts";
import { isObject, object, text } from "../json.ts";
import type { Site } from "../site.ts";
import { bound } from "./attempt.ts";
import type { Input } from "./request.ts";
import type { Try, Way } from "./way.ts";

/** Operations that ask what something costs, or make it so. */
const priced = (site: Site): readonly Operation[] =>
  bound(site, "deliveries.submit", "quotes.create", "work-orders.create");

const changed =
  (operation: Operation, change: (input: Input) => Input): Try =>
  (attempt) =>
    attempt.call(operation, { change });

/** A field of a priced operation with one of some values in its place. */
const withField =
  (name: string, valuesOf: (site: Site) => readonly unknown[]): Way =>
  (site) =>
    valuesOf(site).flatMap((value) =>
      priced(site).map((operation) => changed(operation, (input) => ({ ...input, [name]: value }))),
    );

const everyParty = ({ catalog }: Site): readonly string[] => catalog.ecosystem.parties.map(({ id }) => id);

/** One measure more, else another time. */
function differently(input: Input): Input {
  const usage = object(input["usage"]);
  const [name, value] = Object.entries(usage).find(([, one]) => typeof one === "number") ?? [];
  if (name !== undefined) return { ...input, usage: { ...usage, [name]: Number(value) + 1 } };
  const startedAt = text(input["startedAt"]);
  return { ...input, startedAt: startedAt.replace(/T(\d\d):\d/u, "T$1:5") };
}

/** Values that the manifest publishes for this very purpose. */
const magic =
  (code: ErrorCode): Way =>
  (site) =>
    magicOf(site.catalog)
      .filter(({ effect }) => effect["code"] === code)
      .flatMap(({ capability, path, equals }) =>
        bound(site, capability).flatMap((operation) =>
          examplesThatHave(operation, path).map((given) =>
            changed(
              operation,
              (input) => replaceAt({ ...input, ...given }, `/${path.join("/")}`, equals) as Input,
            ),
          ),
        ),
      );

/** The examples of a body that hold such a field, for what the first example isn't about; as they are where none does. */
function examplesThatHave({ requestBody }: Operation, path: readonly string[]): readonly Input[] {
  const examples = Object.values(requestBody?.content ?? {}).flatMap(({ examples }) =>
    Object.values(examples),
  );
  const having = examples.filter((one): one is Input => {
    let inner: unknown = one;
    for (const step of path) inner = object(inner)[step];
    return isObject(one) && inner !== undefined;
  });
  return [...having, {}];
}

/** A company that has registered, and no more, takes part. */
const newcomer: Way = (site) =>
  bound(site, "parties.register").flatMap((register) =>
    priced(site).flatMap((operation) =>
      ["provider", "customer"].map(
        (field): Try =>
          async (attempt) => {
            const { text: answered } = await attempt.call(register);
            const made = object(readResponse(register, jsonOrText(answered)));
            const id = text(object(made["party"])["id"]) || text(made["id"]);
            await attempt.call(operation, { change: (input) => ({ ...input, [field]: id }) });
          },
      ),
    ),
  );

/** What is wrong with a delivery, a quote or a work order. */
export const waysOfDeliveries = {
  ECO_DELIVERY_CONFLICT: (site) =>
    bound(site, "deliveries.submit").map((operation) => async (attempt) => {
      await attempt.call(operation);
      await attempt.call(operation, { change: differently });
    }),
  ECO_PRODUCT_UNKNOWN: withField("product", () => ["no-such-product"]),
  ECO_PARTY_UNKNOWN: withField("customer", () => ["nobody-of-this-name"]),
  ECO_PARTY_ROLE: withField("customer", everyParty),
  ECO_PROVIDER_NOT_ADMITTED: withField("provider", everyParty),
  ECO_PARENT_UNKNOWN: withField("parent", () => ["no-such-delivery"]),
  ECO_USAGE_INVALID: withField("usage", () => [{}, { "no-such-measure": 1 }]),
  ECO_AGREEMENT_NOT_IN_FORCE: (site) => [
    ...priced(site).map((operation) =>
      changed(operation, ({ endedAt: _, ...input }) => ({ ...input, startedAt: "1990-01-10T10:00:00Z" })),
    ),
    ...withField("customer", everyParty)(site),
  ],
  ECO_PARTY_NOT_ACTIVE: newcomer,
  ECO_AMOUNT_DECLINED: magic("ECO_AMOUNT_DECLINED"),
} as const satisfies Partial<Record<ErrorCode, Way>>;
