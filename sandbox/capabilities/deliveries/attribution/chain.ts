import { documentsOf } from "../../../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../../../specs/engine/catalog/types.ts";
import { parseExact, percentOf } from "../../../rating/exact.ts";
import type { JsonObject } from "../../../store/store.ts";
import type { DecisionContext } from "../../capability.ts";
import { listAt, objectAt, objectsIn, text } from "../../define.ts";
import { everyRecord } from "../../page.ts";
import { collections } from "../../records.ts";
import { ratingOf } from "../rating-of.ts";
import { type DeliveryRecord, partsKey } from "../records.ts";
import { isRefusal, traceOf } from "../trace.ts";
import type { Level, Link, Passed } from "./attribute.ts";

/** A delivery of a chain, as it was booked, with how its service levels are answered for. */
export interface ChainLink extends Link {
  readonly delivery: DeliveryRecord;
  readonly children: readonly ChainLink[];
}

/** A delivery with all that is part of it, to any depth. What was cancelled is part of nothing. @param trace the whole one */
export async function readChain(
  delivery: DeliveryRecord,
  trace: JsonObject,
  context: DecisionContext,
): Promise<ChainLink> {
  const children: ChainLink[] = [];
  const parts = everyRecord<DeliveryRecord>(context.read, collections.deliveries, partsKey(delivery.id));
  for await (const { value } of parts) {
    if (value.status === "cancelled") continue;
    const below = await traceOf(value, context);
    if (!isRefusal(below)) children.push(await readChain(value, below, context));
  }
  return {
    id: delivery.id,
    provider: delivery.provider ?? context.catalog.ecosystem.orchestrator,
    levels: objectsIn(trace["charges"]).flatMap((charge) =>
      objectsIn(charge["serviceLevels"]).map((level) => levelOf(level, charge, delivery, context.catalog)),
    ),
    delivery,
    children,
  };
}

function levelOf(
  level: JsonObject,
  charge: JsonObject,
  { startedAt }: DeliveryRecord,
  catalog: Catalog,
): Level {
  const [id, product, measure] = [
    text(level, "serviceLevel"),
    text(charge, "product"),
    text(level, "measure"),
  ];
  return {
    id,
    product,
    measure,
    unit: unitOf(product, measure, startedAt, catalog),
    target: targetOf(id, product, catalog),
    value: parseExact(text(level, "value")),
    breached: level["breached"] === true,
    payee: text(charge, "payee"),
    passed: objectsIn(level["recourse"]).map(passedOf),
  };
}

const passedOf = (node: JsonObject): Passed => ({
  party: text(node, "party"),
  fraction: percentOf(text(node, "percent")),
  passed: objectsIn(node["recourse"]).map(passedOf),
});

function unitOf(product: string, measure: string, at: string, catalog: Catalog): string | undefined {
  const rating = ratingOf(catalog);
  if ("kind" in rating) return undefined;
  return rating.describe(product, at)?.measures.find(({ name }) => name === measure)?.unit;
}

/** What was promised, as the agreements have it. */
function targetOf(id: string, product: string, catalog: Catalog): Level["target"] {
  const levels = documentsOf(catalog, "agreement").flatMap(({ content }) =>
    objectsIn(objectAt(content as JsonObject, "terms")["serviceLevels"]),
  );
  const level = levels.find((each) => each["id"] === id && listAt(each, "products").includes(product));
  const { atMost, atLeast } = objectAt(level ?? {}, "target");
  return {
    ...(atMost === undefined ? {} : { atMost: String(atMost) }),
    ...(atLeast === undefined ? {} : { atLeast: String(atLeast) }),
  };
}
