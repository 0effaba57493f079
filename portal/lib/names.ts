import { errorRegistry } from "../../specs/engine/errors/index.ts";
import { type CommandPage, commandPages } from "./commands.ts";
import { text } from "./json.ts";
import { type MarkdownOptions, renderMarkdown } from "./markdown.ts";
import { metricsOf } from "./outcomes.ts";
import { type Site, site } from "./site.ts";
import { slug, url } from "./url.ts";

let known: { readonly site: Site; readonly pages: ReadonlyMap<string, string> } | undefined;

/** Where each name that a text may mention has its page: operations, events, types, error codes, roles, documents, metrics. */
function pagesByName(portal: Site): ReadonlyMap<string, string> {
  if (known?.site === portal) return known.pages;
  const { rateCards, agreements, journeys, messages, schemas, operations, roles } = portal;
  // What comes later wins: an operation's name is less likely to be meant as anything else.
  const pages = new Map<string, string>([
    ...metricsOf(portal).map((metric): [string, string] => [
      text(metric["id"]),
      `/metrics/#${text(metric["id"])}`,
    ]),
    ...[...rateCards, ...agreements].map((page): [string, string] => [page.id, page.href]),
    ...roles.map((role): [string, string] => [role.id, `/roles/${role.id}/`]),
    ...journeys.map((page): [string, string] => [page.workflow.id, page.href]),
    ...schemas.map((page): [string, string] => [page.name, page.href]),
    ...messages.flatMap((page) =>
      [page.message.id, page.message.type, page.message.event ?? ""].map((name): [string, string] => [
        name,
        page.href,
      ]),
    ),
    ...Object.keys(errorRegistry).map((code): [string, string] => [code, `/errors/${code}/`]),
    ...[...operations.values()].map((page): [string, string] => [page.operation.id, page.href]),
  ]);
  known = { site: portal, pages };
  return pages;
}

/**
 * Markdown of a spec as HTML, with names in code marks linked to their pages, and so are tags and operations where it links
 * to them as to places of one long page.
 */
export async function renderProse(source: string, options: MarkdownOptions = {}): Promise<string> {
  const portal = await site();
  const html = renderMarkdown(source, { link: (target) => placeOf(target, portal), ...options });
  if (!html.includes("<code>")) return html;
  const pages = pagesByName(portal);
  const commands = await commandPages();
  return html.replace(/(?<!<a [^>]*>)<code>([A-Za-z][^<]*)<\/code>(?!<\/pre>)/gu, (whole, name: string) => {
    const href = pages.get(name) ?? commandOf(name, commands)?.href;
    return href === undefined ? whole : `<a href="${url(href)}">${whole}</a>`;
  });
}

/** `#tag/Domain-records` and `#operation/listDomains`, as documents name what their readers see on one long page. */
function placeOf(target: string, portal: Site): string | undefined {
  const [, tag = "", operation = ""] =
    /^#(?:\/?tag\/([^/]+))?(?:\/?operation\/([^/]+))?$/u.exec(target) ?? [];
  const known = portal.operations.get(operation) ?? portal.tags.find(({ name }) => slug(name) === slug(tag));
  return known === undefined || target === "#" ? undefined : url(known.href);
}

/** The command that a line such as `eco sandbox start --port 0` runs: the one with the longest name that it begins with. */
function commandOf(line: string, commands: readonly CommandPage[]): CommandPage | undefined {
  return commands
    .filter(({ name }) => `${line} `.startsWith(`eco ${name} `))
    .reduce<CommandPage | undefined>(
      (best, one) => (best === undefined || one.name.length > best.name.length ? one : best),
      undefined,
    );
}
