import { commandPages } from "./commands.ts";
import { decisions } from "./decisions.ts";
import { earnOf } from "./earn/derived.ts";
import { guides } from "./guides.ts";
import { publishedRecord } from "./record.ts";
import { releases } from "./releases.ts";
import { sectionsOf } from "./sections.ts";
import { site } from "./site.ts";

export interface NavigationItem {
  readonly title: string;
  readonly href: string;
}

export interface NavigationGroup {
  readonly title: string;
  readonly items: readonly NavigationItem[];
}

type Entry = NavigationItem & { readonly when?: boolean };

/** What the head and the foot of each page link to: sections that this spec set has something for. */
export async function navigation(): Promise<{
  main: readonly NavigationItem[];
  groups: readonly NavigationGroup[];
}> {
  const portal = await site();
  const record = await publishedRecord();
  const has = {
    ...sectionsOf(portal),
    earn: earnOf(portal) !== undefined,
    cli: (await commandPages()).length > 0,
    decisions: (await decisions()).length > 0,
    guides: (await guides()).length > 0,
    changelog: (await releases()).length > 0,
  };
  const build: Entry[] = [
    { title: "Start", href: "/start/" },
    { title: "API", href: "/api/", when: has.api },
    { title: "Events", href: "/events/", when: has.events },
    { title: "Journeys", href: "/journeys/", when: has.journeys },
    { title: "Guides", href: "/guides/", when: has.guides },
  ];
  const terms: Entry[] = [
    { title: "Rate cards", href: "/rate-cards/", when: has["rate-cards"] },
    { title: "Earn", href: "/earn/", when: has.earn },
    { title: "Agreements", href: "/agreements/", when: has.agreements },
    { title: "Roles", href: "/roles/", when: has.roles },
    { title: "Metrics", href: "/metrics/", when: has.metrics },
    { title: "Map", href: "/map/", when: has.map },
  ];
  const prove: Entry[] = [
    { title: "Certification", href: "/certify/", when: has.certify },
    { title: "Errors", href: "/errors/" },
    { title: "Look into a session", href: "/sandbox/inspect/" },
    { title: "Command line", href: "/cli/", when: has.cli },
  ];
  const published: Entry[] = [
    { title: "Partners", href: "/partners/", when: record !== undefined },
    { title: "Scorecards", href: "/scorecards/", when: record !== undefined && record.scorecards.length > 0 },
    { title: "Trust", href: "/trust/", when: record !== undefined },
  ];
  const reference: Entry[] = [
    { title: "Schemas", href: "/schemas/", when: has.schemas },
    { title: "Specs", href: "/specs/" },
    { title: "Changelog", href: "/changelog/", when: has.changelog },
    { title: "Decisions", href: "/decisions/", when: has.decisions },
    { title: "For agents: llms.txt", href: "/llms.txt" },
  ];
  const main = [
    ...build,
    ...terms.filter((item) => !/agreements|metrics|map/u.test(item.href)),
    ...prove.filter((item) => !/sandbox/u.test(item.href)),
  ];
  return {
    main: present(main),
    groups: [
      { title: "Build", items: present(build) },
      { title: "Terms", items: present(terms) },
      { title: "Prove", items: present([...prove, ...published]) },
      { title: "Reference", items: present(reference) },
    ].filter((group) => group.items.length > 0),
  };
}

function present(entries: readonly Entry[]): readonly NavigationItem[] {
  return entries.filter((entry) => entry.when !== false).map(({ title, href }) => ({ title, href }));
}
