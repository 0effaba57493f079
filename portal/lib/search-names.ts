import { errorRegistry } from "../../specs/engine/errors/index.ts";
import { certificationOf } from "./certification.ts";
import { commandPages } from "./commands.ts";
import { site } from "./site.ts";
import { url } from "./url.ts";

/** A name, the title of its page, and the page's address. */
export type SearchName = readonly [name: string, title: string, href: string];

/** The names that readers type as they stand in code: of operations, events, types, errors, checks, commands and journeys. */
export async function searchNames(): Promise<readonly SearchName[]> {
  const portal = await site();
  const { operations, messages, schemas, journeys } = portal;
  const names: SearchName[] = [
    ...[...operations.values()].map(({ operation, href }): SearchName => {
      return [operation.id, operation.summary || operation.id, href];
    }),
    ...messages.flatMap(({ message, href }) =>
      [message.id, message.event ?? message.type].map((name): SearchName => {
        return [name, message.title || message.id, href];
      }),
    ),
    ...schemas.map(({ name, href }): SearchName => [name, name, href]),
    ...Object.entries(errorRegistry).map(([code, { title }]): SearchName => {
      return [code, `${code}: ${title}`, `/errors/${code}/`];
    }),
    ...certificationOf(portal).checks.map(({ id, title, href }): SearchName => [id, title, href]),
    ...(await commandPages()).map(({ name, href }): SearchName => [name, `eco ${name}`, href]),
    ...journeys.map(({ workflow, href }): SearchName => {
      return [workflow.id, workflow.summary || workflow.id, href];
    }),
  ];
  return names.map(([name, title, href]) => [name, title, url(href)]);
}
