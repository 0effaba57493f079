import {
  type CheckDefinition,
  type LevelDefinition,
  matchesGlob,
} from "../../specs/engine/certification/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../../specs/engine/suggest.ts";

/** @throws EcoError ECO_USAGE for a name that no check has, with those that are near */
export function requireChecks(globs: readonly string[], definitions: readonly CheckDefinition[]): void {
  const ids = definitions.map((one) => one.id);
  const unknown = globs.find((glob) => !ids.some((id) => matchesGlob(glob, id)));
  if (unknown === undefined) return;
  const near = didYouMean(unknown, ids) ?? "The portal's certification page lists them.";
  throw new EcoError("ECO_USAGE", `There is no check \`${unknown}\`.`, {
    fix: `${near} Several at once go by a glob, like receiver.signature.*`,
  });
}

/** @throws EcoError ECO_USAGE for a level that the spec set doesn't have */
export function requireLevel(id: string, levels: readonly LevelDefinition[]): void {
  const ids = levels.map((one) => one.id);
  if (ids.includes(id)) return;
  throw new EcoError("ECO_USAGE", `There is no level \`${id}\`.`, {
    fix: didYouMean(id, ids) ?? `The levels are ${ids.join(", ") || "none: the spec set declares no level"}.`,
  });
}
