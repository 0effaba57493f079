import { didYouMean, someOf } from "../../suggest.ts";
import type { UnplacedFinding } from "../finding.ts";
import { isPlainObject, pointerOf } from "../pointer.ts";
import { createReport, type Report } from "../report.ts";
import { mayCall, rolesNamed } from "../rights.ts";
import type { Catalog, SpecDocument } from "../types.ts";
import { objectsOf, textOf, textsOf } from "../untyped.ts";

/** The names that the manifest gives. */
interface Members {
  readonly parties: readonly string[];
  readonly roles: readonly string[];
}

/**
 * Names of parties, roles and scopes that lead nowhere. No schema can see them, and each switches something off in silence: a share
 * that nobody gets, an agreement that binds nobody, an operation that nobody may call. Without a manifest nothing is named.
 */
export function checkMembers(catalog: Catalog, findings: UnplacedFinding[]): void {
  const manifest = catalog.documents.find(({ kind }) => kind === "ecosystem");
  if (manifest === undefined) return;
  const { parties, roles } = catalog.ecosystem;
  const members = { parties: parties.map(({ id }) => id), roles: roles.map(({ id }) => id) };
  checkManifest(manifest, members, findings);
  checkSubstitutes(manifest, members, findings);
  for (const document of catalog.documents) {
    if (document.kind === "agreement") checkEngaged(document, members, findings);
    if (["agreement", "ecosystem", "rate-card"].includes(document.kind))
      checkParties(document, members, findings);
  }
  checkRights(catalog, manifest, findings);
}

function checkManifest(
  { path, content }: SpecDocument,
  { parties, roles }: Members,
  findings: UnplacedFinding[],
): void {
  const report = createReport(path, findings);
  const orchestrator = textOf(content["orchestrator"]);
  if (!parties.includes(orchestrator))
    report.error(
      "/orchestrator",
      "spec.party.unknown",
      `The orchestrator ${orchestrator} is none of the parties.`,
      oneOf(orchestrator, parties),
    );
  for (const [index, party] of objectsOf(content["parties"]).entries())
    checkRole(textOf(party["role"]), pointerOf("parties", index, "role"), roles, report);
  const timeZone = textOf(content["timeZone"]);
  if (timeZone !== "" && !isTimeZone(timeZone))
    report.error(
      "/timeZone",
      "spec.ecosystem.time-zone",
      `"${timeZone}" is no time zone.`,
      "Use an IANA name, such as Europe/Helsinki.",
    );
}

/** Who steps in for whom: other companies, that are there. */
function checkSubstitutes(
  { path, content }: SpecDocument,
  { parties }: Members,
  findings: UnplacedFinding[],
): void {
  const report = createReport(path, findings);
  for (const [index, { provider, substitutes }] of objectsOf(content["substitutes"]).entries()) {
    checkParty(textOf(provider), pointerOf("substitutes", index, "provider"), parties, report);
    const asked = textsOf(substitutes);
    for (const [at, party] of asked.entries()) {
      const pointer = pointerOf("substitutes", index, "substitutes", at);
      checkParty(party, pointer, parties, report);
      if (party !== provider && asked.indexOf(party) === at) continue;
      report.error(
        pointer,
        "spec.ecosystem.substitute",
        `${party} would be asked again for what it has declined.`,
        "Name another company, or leave it out.",
      );
    }
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function checkEngaged(
  { path, content }: SpecDocument,
  { parties, roles }: Members,
  findings: UnplacedFinding[],
): void {
  const report = createReport(path, findings);
  for (const [index, { id, role }] of objectsOf(content["engagedParty"]).entries()) {
    checkRole(textOf(role), pointerOf("engagedParty", index, "role"), roles, report);
    if (typeof id === "string") checkParty(id, pointerOf("engagedParty", index, "id"), parties, report);
  }
}

/** Members that name a party, wherever they stand: of agreements and rate cards, and of the routing and substitutes of a manifest. */
const PARTY_MEMBERS: ReadonlySet<string> = new Set(["party", "authority", "assignee", "fallback"]);

/** Every member that names a party. */
function checkParties(
  { path, content }: SpecDocument,
  { parties }: Members,
  findings: UnplacedFinding[],
): void {
  const report = createReport(path, findings);
  const stack: { value: unknown; pointer: string }[] = [{ value: content, pointer: "" }];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    const { value, pointer } = item;
    if (!isPlainObject(value) && !Array.isArray(value)) continue;
    for (const [key, child] of Object.entries(value)) {
      const at = pointer + pointerOf(key);
      if (PARTY_MEMBERS.has(key) && typeof child === "string") checkParty(child, at, parties, report);
      else stack.push({ value: child, pointer: at });
    }
  }
}

/** Who scopes are asked of, and given to: a scope that only one side knows opens nothing. */
function checkRights(catalog: Catalog, manifest: SpecDocument, findings: UnplacedFinding[]): void {
  const { operations, ecosystem } = catalog;
  const { roles } = ecosystem;
  const ids = roles.map(({ id }) => id);
  const schemes = operations.flatMap(({ security }) => security.flat());
  const known = new Set(schemes.flatMap(({ scheme, scopes }) => [...scheme.scopes, ...scopes]));
  const report = createReport(manifest.path, findings);
  for (const [index, role] of known.size === 0 ? [] : objectsOf(manifest.content["roles"]).entries()) {
    for (const [at, scope] of textsOf(role["scopes"]).entries()) {
      if (known.has(scope)) continue;
      report.warning(
        pointerOf("roles", index, "scopes", at),
        "spec.scope.unknown",
        `No operation knows the scope ${scope}.`,
        didYouMean(scope, [...known]) ?? "Correct it, or leave it out.",
      );
    }
  }
  for (const operation of operations) {
    const own = createReport(operation.document, findings);
    for (const [index, name] of rolesNamed(operation, catalog).entries())
      checkRole(name, operation.pointer + pointerOf("x-eco-roles", index), ids, own);
    if (roles.some((role) => mayCall(role, operation))) continue;
    const wanted = [...new Set(operation.security.flat().flatMap(({ scopes }) => scopes))];
    const held = new Set(roles.flatMap(({ scopes }) => scopes));
    const missing = wanted.find((scope) => !held.has(scope)) ?? "";
    // An API that partners serve is called by the platform alone: what no role has there is no slip.
    const hint = didYouMean(missing, [...held]);
    if (hint !== undefined)
      own.warning(
        operation.pointer,
        "spec.scope.unheld",
        `Nobody may call ${operation.id}: no role has the scopes ${wanted.join(", ")}.`,
        `${hint} Or give it to a role in ${manifest.path}.`,
      );
  }
}

function checkRole(role: string, pointer: string, roles: readonly string[], report: Report): void {
  if (roles.includes(role)) return;
  report.error(pointer, "spec.role.unknown", `The ecosystem has no role ${role}.`, oneOf(role, roles));
}

/** A warning: somebody of that id may still join. */
function checkParty(party: string, pointer: string, parties: readonly string[], report: Report): void {
  if (parties.includes(party)) return;
  report.warning(
    pointer,
    "spec.party.unknown",
    `The manifest has no party ${party}.`,
    `${oneOf(party, parties)} A company that joins later may have this id.`,
  );
}

const oneOf = (word: string, names: readonly string[]): string =>
  didYouMean(word, names) ?? `Use one of ${someOf(names)}.`;
