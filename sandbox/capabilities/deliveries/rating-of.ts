import { documentsOf } from "../../../specs/engine/catalog/lookup.ts";
import type { Catalog } from "../../../specs/engine/catalog/types.ts";
import { oncePer } from "../../../specs/engine/once-per.ts";
import { type CompileOutcome, compileRating, type Rating } from "../../rating/index.ts";
import type { Refusal } from "../capability.ts";
import { refuse } from "../define.ts";

const compiled = oncePer(
  (catalog: Catalog): CompileOutcome =>
    compileRating({
      rateCards: documentsOf(catalog, "rate-card"),
      agreements: documentsOf(catalog, "agreement"),
    }),
);

/** The catalogue's rate cards and agreements, compiled once per catalogue; a refusal where they can't be. */
export function ratingOf(catalog: Catalog): Rating | Refusal {
  const outcome = compiled(catalog);
  if (outcome.kind === "compiled") return outcome.rating;
  // Warnings stop nothing, and may come before what does.
  const first = outcome.findings.find(({ severity }) => severity === "error");
  return refuse(
    "ECO_UNSATISFIABLE",
    `The rate cards and agreements of this ecosystem can't be used: ${first?.document ?? ""}${first?.pointer ?? ""}: ${first?.message ?? "no reason given"}`,
  );
}
