import type { SchemaPage, Site } from "./site.ts";

/** More names than this make a page that is heavier than all others. */
const MOST = 500;

/** A page that lists data types by name. */
export interface SchemaList {
  /** Of its path below `/schemas/`; none for the first page. */
  readonly index: string | undefined;
  readonly href: string;
  readonly schemas: readonly SchemaPage[];
}

/** One list of all data types; of very many a list for each part of the alphabet, in the order of their names. */
export function schemaLists(site: Site): readonly SchemaList[] {
  const { schemas } = site;
  if (schemas.length <= MOST) return [{ index: undefined, href: "/schemas/", schemas }];
  return Array.from({ length: Math.ceil(schemas.length / MOST) }, (_, at) => {
    const index = `list/${at + 1}`;
    return { index, href: `/schemas/${index}/`, schemas: schemas.slice(at * MOST, (at + 1) * MOST) };
  });
}
