import type { Catalog, Operation } from "../specs/engine/catalog/types.ts";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../specs/engine/suggest.ts";

/** What `--operation` and `--tag` say; all operations where neither does. */
export interface Choice {
  readonly ids: readonly string[] | undefined;
  readonly tags: readonly string[] | undefined;
}

/** @throws EcoError ECO_USAGE for an operation or a tag that there isn't, and where nothing is left */
export function chooseOperations({ operations }: Catalog, { ids, tags }: Choice): readonly Operation[] {
  if (ids !== undefined && tags !== undefined)
    throw new EcoError("ECO_USAGE", "Operations are chosen by --operation or by --tag, not by both.", {
      fix: "Leave one of them out.",
    });
  const known = {
    id: operations.map(({ id }) => id),
    tag: [...new Set(operations.flatMap((one) => one.tags))],
  };
  for (const id of ids ?? []) refuseUnknown("operation", id, known.id);
  for (const tag of tags ?? []) refuseUnknown("tag", tag, known.tag);
  const wanted = operations.filter(
    (one) => (ids?.includes(one.id) ?? true) && (tags?.some((tag) => one.tags.includes(tag)) ?? true),
  );
  if (wanted.length === 0)
    throw new EcoError("ECO_USAGE", "The spec set has no operation.", {
      fix: "Name a spec set with an OpenAPI document: --specs DIR.",
    });
  return wanted;
}

function refuseUnknown(what: "operation" | "tag", name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new EcoError("ECO_USAGE", `The spec set has no ${what} \`${name}\`.`, {
    fix: didYouMean(name, known) ?? `It has: ${known.slice(0, 20).join(", ")}.`,
  });
}
