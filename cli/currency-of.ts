import type { Fields } from "./http/api-client.ts";
import type { Session } from "./session.ts";
import { textAt } from "./views/fields.ts";

/** The currency of a record's amounts; the ecosystem's where the record doesn't say. */
export const currencyOf = (record: Fields, { catalog }: Pick<Session, "catalog">): string =>
  textAt(record, "currency") || catalog.ecosystem.currency;

/** The same of a record that is to be read first; the ecosystem's where nothing reads it. */
export async function askedCurrency(session: Session, capability: string, input: Fields): Promise<string> {
  const { client } = session;
  return currencyOf(client.has(capability) ? (await client.call(capability, input)).result : {}, session);
}
