import { EcoError } from "../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { Outcome } from "../command.ts";
import type { Output } from "../output/output.ts";
import { readJson } from "../read-file.ts";

/** Runs a file of rating vectors and says how many passed; what differs is listed with what was wanted. */
export async function presentVectors(path: string, out: Output): Promise<Outcome> {
  const { runVectors } = await import("../../sandbox/rating/index.ts");
  const file = await readJson(path);
  let report: ReturnType<typeof runVectors>;
  try {
    report = runVectors(file);
  } catch (cause) {
    throw new EcoError("ECO_INPUT_INVALID", `${path} has ${reasonOf(cause)}.`, { cause });
  }
  for (const result of report.results.filter((one) => !one.passed)) {
    const got = result.error ?? `got ${JSON.stringify(result.got)}`;
    out.note(`${result.id} (${result.kind}): wanted ${JSON.stringify(result.want)}, ${got}`);
  }
  out.data(`${report.passed} passed, ${report.failed} failed`);
  if (report.failed === 0) return { result: report };
  const message = `${report.failed} of ${report.passed + report.failed} rating vectors failed.`;
  return { result: report, failure: new EcoError("ECO_VECTORS_FAILED", message) };
}
