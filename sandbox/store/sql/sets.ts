import type { SqlPart } from "./sql.ts";

/**
 * What comes again and again is kept once, as a set that rows name by its id: the accounts that a transaction moves,
 * the parties that a record or an event is for. So one entry in one index finds a row by each of a dozen texts.
 * Here are the kinds of sets, and what their members look like.
 */
export const ACCOUNTS = "accounts";
/** The parties of an event's audience and its type. */
export const TOPICS = "topics";
/** The parties that the records of a collection are for. */
export const companiesIn = (collection: string): string => `parties of ${collection}`;

export const typeMember = (type: string): string => `type:${type}`;
export const partyMember = (party: string): string => `party:${party}`;
export const topicOf = (type: string, audience: readonly string[]): readonly string[] => [
  typeMember(type),
  ...[...new Set(audience)].map(partyMember),
];

/** Holds for one member, or for all that begin with a text that ends with a slash. */
export function memberIs(wanted: string, column: string): SqlPart {
  if (!wanted.endsWith("/")) return { sql: `${column} = ?`, values: [wanted] };
  // From the prefix to the first text after all that start with it: the zero follows the slash.
  return { sql: `${column} >= ? AND ${column} < ?`, values: [wanted, `${wanted.slice(0, -1)}0`] };
}
