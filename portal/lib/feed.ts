import type { APIRoute } from "astro";
import { escapeMarkup } from "../../specs/engine/certification/report/escape-markup.ts";
import { changesFor, countsInWords, type Release, releases } from "./releases.ts";
import { site } from "./site.ts";
import { segment, url } from "./url.ts";

/** A feed of the releases: of all, or of what concerns a role. */
export interface Feed {
  readonly title: string;
  /** Address of the feed without its ending. */
  readonly href: string;
  readonly role?: string;
}

/** The feed of everything, and one for each role; none where there are no releases. */
export async function feeds(): Promise<readonly Feed[]> {
  if ((await releases()).length === 0) return [];
  const { title, roles } = (await site()).catalog.ecosystem;
  return [
    { title: `${title}: changes`, href: "/changelog/feed" },
    ...roles.map((role) => ({
      title: `${title}: changes for ${role.title}`,
      href: `/changelog/feed-${segment(role.id)}`,
      role: role.id,
    })),
  ];
}

/** A file for each feed, whatever its format: `[feed].xml` and its like. */
export const feedPaths = async (): Promise<{ params: { feed: string }; props: { of: Feed } }[]> =>
  (await feeds()).map((of) => ({ params: { feed: of.href.slice("/changelog/".length) }, props: { of } }));

/** Answers a feed as what `write` makes of it. */
export const feedRoute =
  (write: (feed: Feed) => Promise<string>, contentType: string): APIRoute<{ of: Feed }> =>
  async ({ props }) =>
    new Response(await write(props.of), { headers: { "content-type": contentType } });

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly date: string;
  readonly lines: readonly string[];
}

/** How many changes a feed tells of each release; the page has the others. */
const TOLD = 30;

async function entriesOf({ role }: Feed): Promise<readonly Entry[]> {
  const { id } = (await site()).catalog.ecosystem;
  return (await releases()).flatMap((release: Release) => {
    const changes = changesFor(release, role);
    if (changes.length === 0) return [];
    const more = changes.length - TOLD;
    return [
      {
        id: `urn:eco:${encodeURIComponent(id)}:release:${encodeURIComponent(release.version)}`,
        title: `${release.version}: ${countsInWords(changes)}`,
        href: url(release.href),
        date: `${release.date}T00:00:00Z`,
        lines: [
          ...changes.slice(0, TOLD).map(({ level, message }) => `${level}: ${message}`),
          ...(more > 0 ? [`and ${more} more`] : []),
        ],
      },
    ];
  });
}

/** RFC 4287. */
export async function atomFeed(feed: Feed): Promise<string> {
  const { id } = (await site()).catalog.ecosystem;
  const entries = await entriesOf(feed);
  const own = `${url(feed.href)}.xml`;
  const items = entries.map(
    (entry) => `  <entry>
    <id>${escapeMarkup(entry.id)}</id>
    <title>${escapeMarkup(entry.title)}</title>
    <link href="${escapeMarkup(entry.href)}"/>
    <updated>${entry.date}</updated>
    <content type="text">${escapeMarkup(entry.lines.join("\n"))}</content>
  </entry>
`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:eco:${escapeMarkup(encodeURIComponent(id))}:changes${feed.role === undefined ? "" : `:${escapeMarkup(encodeURIComponent(feed.role))}`}</id>
  <title>${escapeMarkup(feed.title)}</title>
  <author><name>${escapeMarkup((await site()).catalog.ecosystem.title)}</name></author>
  <link rel="self" href="${escapeMarkup(own)}"/>
  <updated>${entries[0]?.date ?? "1970-01-01T00:00:00Z"}</updated>
${items.join("")}</feed>
`;
}

/** JSON Feed 1.1. */
export async function jsonFeed(feed: Feed): Promise<string> {
  const entries = await entriesOf(feed);
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    feed_url: `${url(feed.href)}.json`,
    items: entries.map(({ id, title, href, date, lines }) => ({
      id,
      url: href,
      title,
      date_published: date,
      content_text: lines.join("\n"),
    })),
  });
}
