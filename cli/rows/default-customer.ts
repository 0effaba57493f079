import type { Catalog } from "../../specs/engine/catalog/types.ts";
import type { Output } from "../output/output.ts";
import type { Mapping } from "./mapping.ts";
import type { PreparedRows } from "./prepare.ts";

/** The mapping, with the first customer of the ecosystem where a table names none; it says so. */
export function withDefaultCustomer(
  { mapping, source }: PreparedRows,
  catalog: Catalog,
  out: Output,
): Mapping {
  const customer = catalog.ecosystem.parties.find((party) => party.role === "customer")?.id;
  if (
    source.columns === undefined ||
    mapping.columns.has("customer") ||
    mapping.constants.has("customer") ||
    customer === undefined
  )
    return mapping;
  out.note(`No column gives the customer: rated for ${customer}. Another one: --customer ID.`);
  return { ...mapping, constants: new Map([...mapping.constants, ["customer", customer]]) };
}
