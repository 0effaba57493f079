import { documentsOf } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog, SpecDocument } from "../../../specs/engine/catalog/types.ts";
import type { JsonObject } from "../../store/store.ts";
import { isObject, objectsIn } from "../define.ts";

/** An agreement document as capabilities look at it. Days are calendar days, `YYYY-MM-DD`; both belong to it. */
export interface AgreementDocument {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
  readonly title: string;
  readonly status: string;
  readonly engaged: readonly { readonly role: string; readonly id?: string }[];
  readonly start?: string;
  readonly end?: string;
  readonly document: SpecDocument;
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function readAgreement(document: SpecDocument): AgreementDocument {
  const { content, digest } = document;
  const id = text(content["id"]) ?? "";
  const validFor = isObject(content["validFor"]) ? content["validFor"] : {};
  const [start, end] = [text(validFor["start"]), text(validFor["end"])];
  const engaged = objectsIn(content["engagedParty"]);
  return {
    id,
    version: text(content["version"]) ?? "",
    digest,
    title: text(content["title"]) ?? id,
    status: text(content["status"]) ?? "in-force",
    engaged: engaged.map((party) => {
      const named = text(party["id"]);
      return { role: text(party["role"]) ?? "", ...(named === undefined ? {} : { id: named }) };
    }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    document,
  };
}

/** The service levels that any of the spec set's agreements promises. */
export const serviceLevelsOf = (catalog: Catalog): JsonObject[] =>
  documentsOf(catalog, "agreement").flatMap(({ content: { terms } }) =>
    objectsIn(isObject(terms) ? terms["serviceLevels"] : undefined),
  );

export const agreementsOf = (catalog: Catalog): AgreementDocument[] =>
  documentsOf(catalog, "agreement").map(readAgreement);

/** `in-force`, `coming` or `over` on a day, or the document's own word where it isn't meant to bind. */
export function agreementStatus(agreement: AgreementDocument, day: string): string {
  if (agreement.status !== "in-force") return agreement.status;
  if (agreement.start !== undefined && day < agreement.start) return "coming";
  return agreement.end !== undefined && day > agreement.end ? "over" : "in-force";
}

/** Of each agreement the version that holds on a day; where none does, the one that holds next, else the last. */
export function currentAgreements(catalog: Catalog, day: string): AgreementDocument[] {
  const versions = Map.groupBy(agreementsOf(catalog), (agreement) => agreement.id);
  return [...versions.values()].flatMap((all) => {
    const ordered = all.toSorted((left, right) => ((left.start ?? "") < (right.start ?? "") ? -1 : 1));
    const inForce = ordered.findLast((agreement) => agreementStatus(agreement, day) === "in-force");
    const coming = ordered.find((agreement) => agreementStatus(agreement, day) === "coming");
    return inForce ?? coming ?? ordered.at(-1) ?? [];
  });
}

/** Whether an agreement is meant for a party: it names the party, or is open to everybody of its role. */
export const engages = (agreement: AgreementDocument, role: string, party: string): boolean =>
  agreement.engaged.some((each) => each.id === party || (each.id === undefined && each.role === role));

/** What a party has to accept before it is active. The orchestrator's own agreements bind it without that. */
export function requiredAgreements(
  catalog: Catalog,
  role: string,
  party: string,
  day: string,
): AgreementDocument[] {
  return currentAgreements(catalog, day).filter((agreement) => {
    const status = agreementStatus(agreement, day);
    return (status === "in-force" || status === "coming") && engages(agreement, role, party);
  });
}
