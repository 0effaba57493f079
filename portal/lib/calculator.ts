import type { Delivery, ProductInfo } from "../../sandbox/rating/index.ts";

/** What a calculator's form holds, by field name: `startedAt`, `endedAt`, `customer`, `usage.NAME`, `parties.NAME`. */
export type FormValues = Readonly<Record<string, string>>;

/**
 * The delivery that a calculator's form describes: the example with what the form says in its place.
 * Empty fields are left out; rating says what is missing.
 */
export function deliveryOf(product: ProductInfo, values: FormValues, example?: Delivery): Delivery {
  const usage: Record<string, string | boolean> = {};
  for (const measure of product.measures) {
    const given = (values[`usage.${measure.name}`] ?? "").trim();
    if (measure.type === "boolean") usage[measure.name] = given === "true";
    else if (given !== "") usage[measure.name] = given;
  }
  const named = Object.keys(product.parties).map(
    (role) => [role, (values[`parties.${role}`] ?? "").trim()] as const,
  );
  const parties = Object.fromEntries(named.filter(([, party]) => party !== ""));
  const endedAt = (values["endedAt"] ?? "").trim();
  const provider = (values["provider"] ?? "").trim();
  return {
    ...(example?.parts === undefined ? {} : { parts: example.parts }),
    id: "calculated",
    product: product.product,
    customer: (values["customer"] ?? "").trim(),
    startedAt: withSeconds((values["startedAt"] ?? "").trim()),
    ...(endedAt === "" ? {} : { endedAt: withSeconds(endedAt) }),
    ...(provider === "" ? {} : { provider }),
    ...(Object.keys(parties).length === 0 ? {} : { parties }),
    usage,
  };
}

/** `2001-01-01T06:55`, as date fields give it, with its seconds. */
function withSeconds(time: string): string {
  return /T\d{2}:\d{2}$/u.test(time) ? `${time}:00` : time;
}
