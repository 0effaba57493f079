import fc from "fast-check";
import { compileRating, type Delivery, type Rating } from "../../../../sandbox/rating/index.ts";
import { documentOf } from "../harbour.ts";
import { byQuantity, decimal, maybe, mode, price, record, timed, told } from "./prices.ts";
import { serviceLevel, split } from "./splits.ts";

/** Documents and deliveries made at random, over every term that a rate card and an agreement may hold. */
export interface World {
  readonly rating: Rating;
  readonly documents: { readonly rateCards: readonly Doc[]; readonly agreements: readonly Doc[] };
  readonly deliveries: readonly Delivery[];
  /** The same deliveries, in any order. */
  readonly arrival: readonly Delivery[];
}

type Doc = ReturnType<typeof documentOf>;
type Node = Record<string, unknown>;

const measures = {
  units: { type: "number" },
  amounts: { type: "amounts" },
  agreed: { type: "number" },
  delay: { type: "number" },
  uptime: { type: "number" },
  class: { type: "text" },
};

const discount = (id: string): fc.Arbitrary<Node> =>
  record({
    id: fc.constant(id),
    percent: fc.oneof(fc.constantFrom("100", "0", "33.3"), decimal(0, 60, 1)),
    fundedBy: maybe(fc.constantFrom({ party: "ada" }, { role: "provider" }, { role: "nobody" })),
    validFor: maybe(fc.constant({ start: "2025-10-20", end: "2025-10-27" })),
    when: maybe(fc.constant([{ measure: "units", atLeast: "4" }])),
  });

const entry = (product: string): fc.Arbitrary<Node> =>
  fc
    .record({
      priced: fc.oneof({ arbitrary: price.map((own) => ({ price: own })), weight: 3 }, timed),
      rest: record({
        product: fc.constant(product),
        measures: fc.constant(measures),
        providers: fc.constantFrom([{ party: "ada" }], [{ role: "artist" }, { party: "eve" }]),
        parties: fc.constant({ provider: "maker", broker: "bo", supplier: "smith" }),
        discounts: maybe(fc.tuple(discount("promotion"), discount("loyal"))),
        maximumAmount: maybe(decimal(40, 80, 2)),
        minimumAmount: maybe(decimal(1, 20, 2)),
        taxCode: maybe(fc.constantFrom("reduced", "standard")),
        split: maybe(split(3), 6),
      }),
    })
    .map(({ priced, rest }) => ({ ...rest, ...priced }));

/** The same product for a class of its own: more conditions win. */
const special = entry("thing").map((own) => ({
  ...own,
  when: [{ measure: "class", in: ["gold", "silver"] }],
}));

const currency = fc.constantFrom(
  { currency: "EUR" },
  { currency: "JPY" },
  { currency: "KWD" },
  { currency: "EUR", scale: 0 },
);
const tax = record({
  authority: maybe(fc.constant("revenue")),
  prices: maybe(fc.constantFrom("inclusive", "exclusive")),
  level: maybe(fc.constantFrom("line", "statement")),
  codes: fc
    .tuple(decimal(0, 30, 1), decimal(0, 30, 1), decimal(0, 12, 2))
    .map(([before, after, reduced]) => ({
      standard: {
        rates: [
          { to: "2025-10-25", percent: before },
          { from: "2025-10-26", percent: after },
        ],
      },
      reduced: { rates: [{ percent: reduced }] },
    })),
});
const common = fc
  .tuple(
    currency,
    record({
      rounding: maybe(record({ mode, level: maybe(fc.constantFrom("line", "statement")) }), 4),
      timeZone: fc.constantFrom("Europe/Helsinki", "America/New_York", "UTC", "Australia/Lord_Howe"),
      tax,
      calendars: fc.constant({ holidays: ["2025-10-25", "2025-11-01"] }),
    }),
  )
  .map(([money, rest]) => ({ ...rest, ...money }));

const card = (id: string, more: Node): Node => ({
  ecoVersion: "1",
  kind: "rate-card",
  id,
  version: "1.0.0",
  title: id,
  ...more,
});

const bundle = record({
  product: fc.constant("set"),
  price: decimal(0, 90, 2).map((amount) => ({ model: "bundle", amount, parts: ["thing", "other"] })),
  discounts: maybe(fc.tuple(discount("bundled"))),
});

/** What the maker pays the smith behind a thing, and the smith the driver behind that. */
const purchase = (payer: Node, payee: Node): fc.Arbitrary<Node> =>
  fc.tuple(byQuantity, maybe(split(1))).map(([own, divided]) =>
    told({
      product: "thing",
      side: "purchase",
      payer,
      payee,
      price: own,
      split: divided,
      parties: { broker: "bo" },
    }),
  );

const terms = record({
  discounts: maybe(fc.tuple(discount("agreed"))),
  serviceLevels: maybe(fc.tuple(serviceLevel("prompt"), serviceLevel("up")), 4),
});

const documents = fc
  .record({
    base: common,
    thing: entry("thing"),
    special: maybe(special),
    other: entry("other"),
    set: bundle,
    bought: purchase({ role: "provider" }, { role: "supplier" }),
    further: maybe(purchase({ role: "supplier" }, { party: "driver" })),
    later: maybe(entry("thing")),
    agreed: terms,
    chain: fc.boolean(),
  })
  .map(({ base, thing, special: gold, other, set, bought, further, later, agreed, chain }) => {
    const things = [thing, ...(gold === undefined ? [] : [gold])];
    const cards = [
      card("base", { ...base, entries: [] }),
      card("goods", {
        extends: "base",
        entries: [...things, other, set],
        ...(later === undefined ? {} : { validFor: { end: "2025-10-31" } }),
      }),
      card("smithy", { extends: "base", entries: [bought] }),
      ...(further === undefined ? [] : [card("drive", { extends: "base", entries: [further] })]),
      ...(later === undefined
        ? []
        : [
            card("goods", {
              extends: "base",
              version: "1.1.0",
              validFor: { start: "2025-11-01" },
              entries: [later, other, set],
            }),
          ]),
    ];
    const { discounts, serviceLevels } = agreed;
    const sale = agreement(
      "sale",
      [{ role: "orchestrator", id: "shop" }, { role: "artist", id: "ada" }, { role: "customer" }],
      ["goods"],
      {
        ...(discounts === undefined ? {} : { discounts }),
      },
      serviceLevels,
    );
    const behind = [
      { role: "orchestrator", id: "shop" },
      { role: "maker", id: "maker" },
      { role: "maker", id: "ada" },
      { role: "supplier", id: "smith" },
      { role: "carrier", id: "driver" },
    ];
    const buy = agreement(
      "chain",
      behind,
      ["smithy", ...(further === undefined ? [] : ["drive"])],
      {},
      undefined,
    );
    return { cards, agreements: chain ? [sale, buy] : [sale] };
  });

function agreement(
  id: string,
  engagedParty: Node[],
  cards: string[],
  commercial: Node,
  serviceLevels: unknown,
): Node {
  return {
    ecoVersion: "1",
    kind: "agreement",
    id,
    version: "1.0.0",
    title: id,
    status: "in-force",
    engagedParty,
    terms: told({
      commercial: { rateCards: cards.map((each) => ({ id: each })), ...commercial },
      serviceLevels,
    }),
  };
}

/** Around the end of daylight saving, a change of tax and of the rate card's version. */
const start = fc
  .integer({ min: Date.UTC(2025, 9, 20) / 60_000, max: Date.UTC(2025, 10, 6) / 60_000 })
  .map((minute) => new Date(minute * 60_000));
const usage = fc.record({
  units: decimal(0, 70, 1),
  amounts: fc.array(decimal(0, 90, 2), { maxLength: 4 }),
  agreed: decimal(-60, 90, 3),
  delay: fc.integer({ min: 0, max: 40 }),
  uptime: decimal(98, 100, 2),
  class: fc.constantFrom("gold", "iron"),
});

const delivery = fc
  .record({
    product: fc.constantFrom("thing", "thing", "thing", "other", "set"),
    customer: fc.constantFrom("member", "guest"),
    provider: maybe(fc.constantFrom("maker", "ada")),
    broker: maybe(fc.constantFrom("bo", "cy")),
    beneficiary: maybe(fc.constant("visitor")),
    start,
    minutes: fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 900 }), weight: 60 },
      { arbitrary: fc.constantFrom(0, 1440), weight: 4 },
      fc.constant(50_000),
    ),
    written: fc.constantFrom("instant", "local"),
    usage,
    parts: fc.tuple(usage, usage),
  })
  .map(({ start: at, minutes, written, parts, broker, product, ...own }) => {
    const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, written === "local" ? 19 : 24);
    const made = told({
      ...own,
      product,
      startedAt: stamp(at.getTime()),
      parties: broker === undefined ? undefined : { broker },
    });
    const endedAt = stamp(at.getTime() + minutes * 60_000);
    if (product !== "set") return { ...made, endedAt, usage: own.usage };
    const { provider, ...set } = made;
    const rendered = ["thing", "other"].map((part, i) => told({ product: part, provider, usage: parts[i] }));
    return { ...set, endedAt, usage: {}, parts: rendered };
  });

/** Deliveries of one world. */
const MOST = 6;

/** All of them sound: documents that the static checks refuse would be a mistake made here. */
export const world: fc.Arbitrary<World> = fc
  .record({
    made: documents,
    deliveries: fc.array(delivery, { minLength: 1, maxLength: MOST }),
    order: fc.shuffledSubarray(
      Array.from({ length: MOST }, (_, i) => i),
      { minLength: MOST },
    ),
  })
  .map(({ made, deliveries, order }) => {
    const rateCards = made.cards.map((content, i) => documentOf(`rate-cards/${i}.yaml`, content));
    const agreements = made.agreements.map((content, i) => documentOf(`agreements/${i}.yaml`, content));
    const outcome = compileRating({ rateCards, agreements });
    const all = deliveries.map((each, i) => ({ ...each, id: `d${i}` }) as unknown as Delivery);
    if (outcome.kind === "refused")
      throw new Error(
        `these documents were to be sound: ${JSON.stringify(
          outcome.findings.filter(({ severity }) => severity === "error"),
          null,
          1,
        )}`,
      );
    const arrival = order.flatMap((i) => all[i] ?? []);
    return { rating: outcome.rating, documents: { rateCards, agreements }, deliveries: all, arrival };
  });
