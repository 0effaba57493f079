import { readdirSync, readFileSync } from "node:fs";
import { sha256 } from "@noble/hashes/sha2.js";
import { parse } from "yaml";
import { canonicalJson } from "../../../sandbox/rating/canonical.ts";
import {
  compileRating,
  type Delivery,
  type Rated,
  type Rating,
  type RatingContext,
  type RatingDocument,
} from "../../../sandbox/rating/index.ts";

/** The reference ecosystem's rate cards and agreements, straight from their files. */
export function harbourDocuments(): { rateCards: RatingDocument[]; agreements: RatingDocument[] } {
  return { rateCards: readDocuments("rate-cards"), agreements: readDocuments("agreements") };
}

export function readDocuments(folder: string): RatingDocument[] {
  const root = new URL(`../../../specs/${folder}/`, import.meta.url);
  return readdirSync(root)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => documentOf(`${folder}/${name}`, parse(readFileSync(new URL(name, root), "utf8"))));
}

export function documentOf(path: string, content: Record<string, unknown>): RatingDocument {
  const digest = Buffer.from(sha256(new TextEncoder().encode(canonicalJson(content)))).toString("hex");
  return { path, digest: `sha256:${digest}`, content };
}

let compiled: Rating | undefined;

export function harbourRating(): Rating {
  compiled ??= ratingOf(harbourDocuments());
  return compiled;
}

export function ratingOf(documents: { rateCards: RatingDocument[]; agreements: RatingDocument[] }): Rating {
  const outcome = compileRating(documents);
  if (outcome.kind === "refused") throw new Error(JSON.stringify(outcome.findings, null, 2));
  return outcome.rating;
}

export function rated(
  delivery: Partial<Delivery> & { product: string },
  context?: RatingContext,
  rating = harbourRating(),
): Rated {
  const outcome = rating.rate(
    { id: "d1", customer: "nordic-apps", startedAt: "2025-03-11T10:00:00", usage: {}, ...delivery },
    context,
  );
  if (outcome.kind === "unrated") throw new Error(`${outcome.code}: ${outcome.detail} (${outcome.pointer})`);
  return outcome;
}

/** Minor units as text with two decimals, as harbour.md writes its figures. */
export function euro(minor: bigint): string {
  const text = (minor < 0n ? -minor : minor).toString().padStart(3, "0");
  return `${minor < 0n ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}
