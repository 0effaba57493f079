import { readFile } from "node:fs/promises";
import { measureKind } from "../../specs/engine/catalog/measures.ts";
import { readRecord } from "../../specs/engine/published-record/read.ts";
import type {
  PublishedCertification,
  PublishedChange,
  PublishedFigure,
  PublishedPartner,
  PublishedRecord,
  PublishedScorecard,
} from "../../specs/engine/published-record/record.ts";
import { type Json, object, text } from "./json.ts";
import { metricsOf } from "./outcomes.ts";
import type { Point } from "./plot.ts";
import type { Site } from "./site.ts";
import { uniqueSegments } from "./url.ts";

let read: Promise<PublishedRecord | undefined> | undefined;

/** The published record that this portal shows, `ECO_RECORD`; undefined where there is none: then its pages aren't there. */
export function publishedRecord(): Promise<PublishedRecord | undefined> {
  const path = process.env["ECO_RECORD"];
  read ??=
    path === undefined
      ? Promise.resolve(undefined)
      : readFile(path, "utf8").then((source) => readRecord(source, path));
  return read;
}

export interface PartnerPage {
  readonly partner: PublishedPartner;
  /** The latest first. */
  readonly certifications: readonly PublishedCertification[];
  readonly segment: string;
  readonly href: string;
  /** Its scorecard; undefined where it has no figure of its own. */
  readonly scorecardHref: string | undefined;
}

/** A page for each company of the directory. */
export function partnerPages(record: PublishedRecord): readonly PartnerPage[] {
  const segments = uniqueSegments();
  return record.partners.map((partner) => {
    const segment = segments(partner.id);
    const certifications = record.certifications
      .filter(({ party }) => party === partner.id)
      .toSorted((one, other) => (one.issuedAt < other.issuedAt ? 1 : -1));
    const measured = record.scorecards.some(({ parties }) =>
      Object.values(parties[partner.id] ?? {}).some(({ value }) => value !== undefined),
    );
    return {
      partner,
      certifications,
      segment,
      href: `/partners/${segment}/`,
      scorecardHref: measured ? `/scorecards/${segment}/` : undefined,
    };
  });
}

/** What a page of the record is made from. */
export interface RecordPage {
  readonly record: PublishedRecord;
  /** The companies that have a page beside it. */
  readonly pages: readonly PartnerPage[];
  /** Whose page it is; undefined for the page of them all. */
  readonly page: PartnerPage | undefined;
}

/**
 * The paths of a section of the record, `[...param]`: a page of them all, then one for each company. None where nothing is
 * published, or `pagesOf` has nothing to show.
 */
export async function recordPaths(
  param: string,
  pagesOf: (record: PublishedRecord) => readonly PartnerPage[] | undefined = () => [],
): Promise<{ params: Record<string, string | undefined>; props: RecordPage }[]> {
  const record = await publishedRecord();
  const pages = record && pagesOf(record);
  if (record === undefined || pages === undefined) return [];
  return [undefined, ...pages].map((page) => ({
    params: { [param]: page?.segment },
    props: { page, pages, record },
  }));
}

/** The figures of one metric, of everybody together or of one party. */
export interface MetricView {
  readonly metric: Json;
  readonly id: string;
  readonly title: string;
  readonly layer: string;
  readonly latest: PublishedFigure & {
    readonly samples?: number;
    readonly part?: number;
    readonly of?: number;
  };
  readonly history: readonly Point[];
}

/** The metrics of the catalogue that the record has a figure of. @param party the whole ecosystem where left out */
export function metricViews(record: PublishedRecord, site: Site, party?: string): readonly MetricView[] {
  const latest = latestOf(record);
  if (latest === undefined) return [];
  const figures = (scorecard: PublishedScorecard): Readonly<Record<string, MetricView["latest"]>> =>
    (party === undefined ? scorecard.whole : scorecard.parties[party]) ?? {};
  const months = record.scorecards.filter(({ period }) => period !== undefined);
  return metricsOf(site).flatMap((metric) => {
    const id = text(metric["id"]);
    const figure = figures(latest)[id];
    const history = months.map((month): Point => {
      const value = figures(month)[id]?.value;
      return { label: month.period ?? "", ...(value === undefined ? {} : { value }) };
    });
    const isSilent = figure?.value === undefined && history.every(({ value }) => value === undefined);
    if (figure === undefined || (party !== undefined && isSilent)) return [];
    const title = text(metric["title"]) || id;
    return [{ metric, id, title, layer: text(metric["layer"]) || "metrics", latest: figure, history }];
  });
}

/** Those that tell how the orchestrator runs the ecosystem. */
export const isOfProgramme = ({ metric }: MetricView): boolean =>
  measureKind(text(object(metric["measure"])["kind"]))?.ofProgramme === true;

/** The scorecard that ends with the record, else its last month. */
const latestOf = ({ scorecards }: PublishedRecord): PublishedScorecard | undefined => scorecards.at(-1);

/** The notice that an announced change gave, beside the one that was promised. */
export interface NoticeView extends PublishedChange {
  /** Days. */
  readonly givenDays: number;
  /** Undefined where the record doesn't tell. */
  readonly promisedDays: number | undefined;
  /** Undefined also for a change that was taken back. */
  readonly kept: boolean | undefined;
}

/** The latest first. */
export const noticesOf = ({ changes = [] }: PublishedRecord): readonly NoticeView[] =>
  changes
    .map((change) => {
      const { announcedAt, effectiveAt, earliestAt, withdrawnAt } = change;
      // What was taken back never held, so nobody had to be ready for it.
      const isJudged = earliestAt !== undefined && withdrawnAt === undefined;
      return {
        ...change,
        givenDays: daysBetween(announcedAt, effectiveAt),
        promisedDays: earliestAt === undefined ? undefined : daysBetween(announcedAt, earliestAt),
        kept: isJudged ? Date.parse(effectiveAt) >= Date.parse(earliestAt) : undefined,
      };
    })
    .toReversed();

const DAY_MS = 86_400_000;

/** Rounded, since a day on which clocks are changed is shorter or longer. */
const daysBetween = (from: string, until: string): number =>
  Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS);

/** What the latest figures are about: `2025-03`, or from when until when. */
export function spanWords(record: PublishedRecord): string {
  const { period, from = "", until = "" } = latestOf(record) ?? {};
  return period ?? (from === "" ? "" : `${dayOf(from)} to ${dayOf(until)}`);
}

/** `2025-03-31T09:00:00Z` → `2025-03-31`. */
export const dayOf = (instant: string): string => instant.slice(0, 10);
