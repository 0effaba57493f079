import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Output } from "../output/output.ts";
import type { Mapping } from "./mapping.ts";
import type { PreparedRows } from "./prepare.ts";

/** The mapping, with the first customer of the ecosystem for rows that name none; it says so the first time. */
export function withDefaultCustomer({ mapping }: PreparedRows, catalog: Catalog, out: Output): Mapping {
  const customer = catalog.ecosystem.parties.find((party) => party.role === "customer")?.id;
  if (customer === undefined || mapping.columns.has("customer") || mapping.constants.has("customer"))
    return mapping;
  let told = false;
  const orDefault = (): string => {
    if (!told) out.note(`Nothing names the customer: rated for ${customer}. Another one: --customer ID.`);
    told = true;
    return customer;
  };
  return { ...mapping, customer: orDefault };
}
