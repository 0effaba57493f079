import type { APIRoute } from "astro";
import { commandPages } from "../lib/commands.ts";
import { guides } from "../lib/guides.ts";
import { firstSentence, plainText } from "../lib/markdown.ts";
import { partnerPages, publishedRecord } from "../lib/record.ts";
import { site } from "../lib/site.ts";
import { url } from "../lib/url.ts";

/** A map of the portal for software agents, in the form of llmstxt.org. */
export const GET: APIRoute = async () => {
  const { catalog, tags, messages, journeys, rateCards, agreements, roles } = await site();
  const record = await publishedRecord();
  const item = (title: string, href: string, text: string): string =>
    `- [${title}](${url(href)})${text === "" ? "" : `: ${text}`}`;
  const section = (title: string, items: readonly string[]): string =>
    items.length === 0 ? "" : `## ${title}\n\n${items.join("\n")}\n`;
  const parts = [
    `# ${catalog.ecosystem.title}\n`,
    `> ${plainText(catalog.ecosystem.description)}\n`,
    `Specs are the source of truth: the raw documents are at ${url("/specs/")}, their digests at ${url("/specs/SHA256SUMS")}. Every API operation has a Markdown twin: its page with index.md.\n`,
    section(
      "Documents",
      catalog.documents.map((document) => item(document.path, `/specs/${document.path}`, document.kind)),
    ),
    ...tags.map((tag) =>
      section(
        `API: ${tag.title}`,
        tag.operations.map((page) =>
          item(
            `${page.operation.method} ${page.operation.path}`,
            `${page.href}index.md`,
            page.operation.summary,
          ),
        ),
      ),
    ),
    section(
      "Events",
      messages.map((page) => item(page.message.type, page.href, firstSentence(page.message.summary))),
    ),
    section(
      "Journeys",
      journeys.map((page) => item(page.workflow.id, page.href, firstSentence(page.workflow.summary))),
    ),
    section(
      "Rate cards",
      rateCards.map((page) => item(page.title, page.href, "")),
    ),
    section(
      "Agreements",
      agreements.map((page) => item(page.title, page.href, "")),
    ),
    section(
      "Roles",
      roles.map((role) => item(role.title, `/roles/${role.id}/`, role.description)),
    ),
    section(
      "Partners",
      record === undefined
        ? []
        : partnerPages(record).map((page) => item(page.partner.name, page.href, page.partner.role)),
    ),
    section(
      "Guides",
      (await guides()).map((guide) => item(guide.title, guide.href, guide.description)),
    ),
    section(
      "Command line",
      (await commandPages()).map((command) => item(`eco ${command.name}`, command.href, command.summary)),
    ),
  ];
  return new Response(parts.filter((part) => part !== "").join("\n"));
};
