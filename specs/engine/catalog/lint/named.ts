import { didYouMean, someOf } from "../../suggest.ts";
import type { UnplacedFinding } from "../finding.ts";
import { documentsOf } from "../lookup.ts";
import { isPlainObject, type PlainObject, pointerOf } from "../pointer.ts";
import { createReport, type Report } from "../report.ts";
import type { Catalog, DocumentKind } from "../types.ts";
import { objectsOf, textOf, textsOf } from "../untyped.ts";

/** The names of one kind that a spec set declares. */
interface Names {
  readonly what: "operation" | "product" | "role" | "level" | "OpenAPI document";
  readonly known: readonly string[];
}

/**
 * What the rules of participation, substitutes, routing and certification name, and no document has: an operation, a product,
 * a role, a level, a document of a partner. Each would leave a rule without effect, in silence.
 */
export function checkNamed(catalog: Catalog, findings: UnplacedFinding[]): void {
  const operations = names(
    "operation",
    catalog.operations.map(({ id }) => id),
  );
  const products = names("product", itemsOf(catalog, "rate-card", "entries", "product"));
  const roles = names(
    "role",
    catalog.ecosystem.roles.map(({ id }) => id),
  );
  const levels = names("level", itemsOf(catalog, "certification", "levels", "id"));
  for (const { path, content } of documentsOf(catalog, "ecosystem")) {
    const report = createReport(path, findings);
    const participation = objectOf(content["participation"]);
    const onboarding = ["participation", "onboarding", "steps"];
    for (const [index, step] of objectsOf(objectOf(participation["onboarding"])["steps"]).entries()) {
      check(step["operation"], operations, pointerOf(...onboarding, index, "operation"), report);
      checkAll(step["roles"], roles, pointerOf(...onboarding, index, "roles"), report);
    }
    const certification = ["participation", "certification", "levels"];
    for (const [index, rule] of objectsOf(objectOf(participation["certification"])["levels"]).entries()) {
      check(rule["role"], roles, pointerOf(...certification, index, "role"), report);
      // Without levels of its own an ecosystem has those of the toolkit.
      if (levels.known.length > 0)
        check(rule["level"], levels, pointerOf(...certification, index, "level"), report);
    }
    for (const name of ["operation", "exportOperation"])
      check(
        objectOf(participation["exit"])[name],
        operations,
        pointerOf("participation", "exit", name),
        report,
      );
    for (const [index, { products: some }] of objectsOf(content["substitutes"]).entries())
      checkAll(some, products, pointerOf("substitutes", index, "products"), report);
    const routing = objectOf(content["routing"]);
    const resolved = objectOf(routing["resolution"])["product"];
    check(resolved, products, pointerOf("routing", "resolution", "product"), report);
    for (const [index, { product }] of objectsOf(routing["rules"]).entries())
      check(product, products, pointerOf("routing", "rules", index, "product"), report);
  }
  const documents = names(
    "OpenAPI document",
    documentsOf(catalog, "openapi").map(({ path }) => path),
  );
  for (const { path, content } of documentsOf(catalog, "certification"))
    checkAll(
      content["implementedByPartners"],
      documents,
      "/implementedByPartners",
      createReport(path, findings),
    );
}

const objectOf = (value: unknown): PlainObject => (isPlainObject(value) ? value : {});

const names = (what: Names["what"], known: readonly string[]): Names => ({
  what,
  known: [...new Set(known)],
});

const itemsOf = (catalog: Catalog, kind: DocumentKind, list: string, field: string): string[] =>
  documentsOf(catalog, kind).flatMap(({ content }) =>
    objectsOf(content[list]).map((item) => textOf(item[field])),
  );

function checkAll(list: unknown, known: Names, pointer: string, report: Report): void {
  for (const [index, name] of textsOf(list).entries()) check(name, known, pointer + pointerOf(index), report);
}

function check(name: unknown, { what, known }: Names, pointer: string, report: Report): void {
  if (typeof name !== "string" || known.includes(name)) return;
  const code = what === "OpenAPI document" ? "spec.document.unknown" : `spec.${what}.unknown`;
  const fix =
    didYouMean(name, known) ?? (known.length === 0 ? "There are none." : `Use one of ${someOf(known)}.`);
  report.error(pointer, code, `There is no ${what} ${name}.`, fix);
}
