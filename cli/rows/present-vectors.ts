import type { VectorResult } from "../../sandbox/rating/index.ts";
import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { Outcome } from "../command.ts";
import type { Output } from "../output/output.ts";
import { readJson } from "../read-file.ts";

/** Runs a file of rating vectors and says how many passed; what differs is listed with what was wanted. */
export async function presentVectors(path: string, out: Output): Promise<Outcome> {
  const { runVectors, VECTOR_FORMAT } = await import("../../sandbox/rating/index.ts");
  const file = await readJson(path);
  let report: ReturnType<typeof runVectors>;
  try {
    report = runVectors(file);
  } catch (cause) {
    throw new EcoError("ECO_INPUT_INVALID", `${path} has ${reasonOf(cause)}.`, { cause });
  }
  const said = typeof file === "object" && file !== null && "format" in file ? file.format : undefined;
  if (said !== undefined && said !== VECTOR_FORMAT)
    out.warn(`${path} says that its format is ${JSON.stringify(said)}; it was read as ${VECTOR_FORMAT}.`);
  if (report.results.length === 0) out.warn(`${path} holds no vectors, so nothing was tested.`);
  for (const result of report.results.filter((one) => !one.passed)) out.note(describeFailure(result));
  out.data(`${report.passed} passed, ${report.failed} failed`);
  if (report.failed === 0) return { result: report };
  const message = `${report.failed} of ${report.passed + report.failed} rating vectors failed.`;
  return { result: report, failure: new EcoError("ECO_VECTORS_FAILED", message) };
}

function describeFailure({ id, kind, want, got, error, unknown = [] }: VectorResult): string {
  const wanted = want === undefined ? "" : `wanted ${JSON.stringify(want)}, `;
  const came = error ?? `got ${JSON.stringify(got)}`;
  const strange = unknown.length === 0 ? "" : `; not known here: ${unknown.join(", ")}`;
  return `${id}${kind === "" ? "" : ` (${kind})`}: ${wanted}${came}${strange}`;
}
