import { resolvePointer } from "../catalog/pointer.ts";
import type { Catalog, SpecDocument } from "../catalog/types.ts";
import type { Collector } from "./collector.ts";
import { capital } from "./content.ts";
import { subjectOfDocument, titleOf } from "./own-documents.ts";
import { promisedNotice } from "./promised-notice.ts";
import { sameJson } from "./substance.ts";

/**
 * From when the new version of a rate card or an agreement holds, and by when those have to know it to whom notice was
 * promised. A version that names no later day than the one before reaches back.
 */
export function compareEffect(
  old: SpecDocument,
  now: SpecDocument,
  catalog: Catalog,
  collector: Collector,
): void {
  if (now.kind !== "rate-card" && now.kind !== "agreement") return;
  if (sameJson(old.content["version"], now.content["version"])) return;
  if (sameJson(termsOf(old), termsOf(now))) return;
  const [was, is] = [startOf(old), startOf(now)];
  const subject = subjectOfDocument(now);
  const title = `${capital(titleOf(subject))} ${String(now.content["version"])}`;
  const later = is !== undefined && (was === undefined || is > was);
  const message = later
    ? `${title} holds from ${is}.${noticeOf(now, is, catalog)}`
    : `${title} holds from ${is ?? "the beginning"}, as the version before it: its terms reach back. Name the day from which they hold in \`validFor.start\`.`;
  collector.add(
    {
      rule: "terms.effect",
      message,
      place: { side: "new", document: now.path, pointer: is === undefined ? "" : "/validFor/start" },
    },
    { ...subject, where: "validFor.start", level: later ? "compatible" : "possibly-breaking" },
  );
}

/** All that binds: neither what the version is called, nor when it holds, nor words. */
function termsOf({ content }: SpecDocument): unknown {
  const { version: _name, validFor: _time, title: _title, description: _words, ...terms } = content;
  return terms;
}

function startOf({ content }: SpecDocument): string | undefined {
  const start = resolvePointer(content, "/validFor/start");
  return typeof start === "string" ? start : undefined;
}

const DAY_MS = 86_400_000;

/** By when partners have to know, where the agreements that this is part of promise notice. */
function noticeOf(document: SpecDocument, start: string, catalog: Catalog): string {
  const longest = promisedNotice(document, catalog);
  const from = Date.parse(start);
  if (longest === undefined || Number.isNaN(from)) return "";
  const by = new Date(from - longest.days * DAY_MS).toISOString().slice(0, 10);
  return ` The agreement ${longest.id} promises ${longest.days} days' notice: partners have to know by ${by}.`;
}
