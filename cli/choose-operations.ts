import { mayCall } from "../specs/engine/catalog/rights.ts";
import type { Catalog, Operation } from "../specs/engine/catalog/types.ts";
import { documentsForPartners } from "../specs/engine/certification/definitions.ts";
import { EcoError } from "../specs/engine/errors/eco-error.ts";
import { didYouMean } from "../specs/engine/suggest.ts";

/** What `--operation`, `--tag`, `--party` and `--role` say; all operations where none does. */
export interface Choice {
  readonly ids: readonly string[] | undefined;
  readonly tags: readonly string[] | undefined;
  /** A company: what its role may call of what the orchestrator serves. */
  readonly party?: string | undefined;
  /** Its role, where the spec set doesn't name the company. */
  readonly role?: string | undefined;
}

/** @throws EcoError ECO_USAGE for an operation, a tag, a company or a role that there isn't, and where nothing is left */
export function chooseOperations(catalog: Catalog, choice: Choice): readonly Operation[] {
  const { operations } = catalog;
  const { ids, tags } = choice;
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
  const isAllowed = allowedTo(catalog, choice);
  const wanted = operations.filter(
    (one) =>
      (ids?.includes(one.id) ?? true) &&
      (tags?.some((tag) => one.tags.includes(tag)) ?? true) &&
      isAllowed(one),
  );
  if (wanted.length === 0)
    throw new EcoError("ECO_USAGE", "The spec set has no operation.", {
      fix:
        choice.party === undefined && choice.role === undefined
          ? "Name a spec set with an OpenAPI document: --specs DIR."
          : "None of those chosen may be called by the role: choose others, or leave --party and --role out.",
    });
  return wanted;
}

/** What the role of a company may call of what the orchestrator serves; everything where no company is named. */
function allowedTo(catalog: Catalog, { party, role }: Choice): (operation: Operation) => boolean {
  if (party === undefined && role === undefined) return () => true;
  const { parties, roles } = catalog.ecosystem;
  const id = role ?? parties.find((one) => one.id === party)?.role;
  if (id === undefined)
    throw new EcoError("ECO_USAGE", `The spec set names no company \`${party}\`, so its role isn't known.`, {
      fix:
        didYouMean(
          party ?? "",
          parties.map((one) => one.id),
        ) ?? `Say it: --role ${roles.map((one) => one.id).join("|")}.`,
    });
  refuseUnknown(
    "role",
    id,
    roles.map((one) => one.id),
  );
  const scopes = roles.find((one) => one.id === id)?.scopes ?? [];
  const served = documentsForPartners(catalog);
  return (operation) => mayCall({ scopes }, operation) && served.includes(operation.document);
}

function refuseUnknown(what: "operation" | "tag" | "role", name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new EcoError("ECO_USAGE", `The spec set has no ${what} \`${name}\`.`, {
    fix: didYouMean(name, known) ?? `It has: ${known.slice(0, 20).join(", ")}.`,
  });
}
