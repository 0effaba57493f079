import type { DocumentKind } from "../catalog/types.ts";
import type { Level } from "./change.ts";

/** A term of a contract: what changed within one version breaks it, what changed with a new version has to be agreed to. */
export type OwnLevel = Level | "term";

/** What a change at some place of our own documents asks. */
export interface OwnRule {
  /** The place, names and keys with dots between them: `entries.repair.price.amount`. */
  readonly at: RegExp;
  readonly added?: OwnLevel;
  readonly removed?: OwnLevel;
  readonly changed?: OwnLevel;
}

const every = (level: OwnLevel): Omit<OwnRule, "at"> => ({ added: level, removed: level, changed: level });

/** By kind of document, the first that fits counts; where none does, it may break. */
export const OWN_RULES: Readonly<Partial<Record<DocumentKind, readonly OwnRule[]>>> = {
  "rate-card": [
    { at: /^version$/, ...every("compatible") },
    { at: /^(currency|scale|timeZone|id)$/, ...every("breaking") },
    { at: /^entries\.[^.]+$/, added: "compatible", removed: "breaking" },
    { at: /^entries\.[^.]+\.measures\.[^.]+\.required$/, ...every("breaking") },
    { at: /./, ...every("term") },
  ],
  agreement: [
    { at: /^version$/, ...every("compatible") },
    { at: /^id$/, ...every("breaking") },
    { at: /^engagedParty/, added: "compatible", removed: "breaking", changed: "term" },
    { at: /./, ...every("term") },
  ],
  ecosystem: [
    { at: /^version$/, ...every("compatible") },
    { at: /^(orchestrator|timeZone|currency|id)$/, ...every("breaking") },
    { at: /^roles\.[^.]+$/, added: "compatible", removed: "breaking" },
    { at: /^roles\.[^.]+\.scopes\./, added: "compatible", removed: "breaking" },
    { at: /^parties\.[^.]+$/, added: "compatible" },
    { at: /^testData/, ...every("compatible") },
  ],
  metrics: [
    { at: /^version$/, ...every("compatible") },
    { at: /^metrics\.[^.]+$/, added: "compatible" },
  ],
  certification: [
    { at: /^version$/, ...every("compatible") },
    { at: /^checks\.[^.]+$/, removed: "compatible" },
    { at: /^checks\.[^.]+\.(requirement|source|does|fix)$/, ...every("text") },
  ],
  arazzo: [
    { at: /^arazzo$/, ...every("compatible") },
    { at: /^info/, ...every("text") },
    { at: /^workflows\.[^.]+$/, added: "compatible" },
  ],
};
