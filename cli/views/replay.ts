import type { Divergence, Resent } from "../../sandbox/session/index.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";
import { short } from "./state-difference.ts";

const PLACES = {
  status: "The status of an answer",
  header: "A header of an answer",
  body: "The body of an answer",
  step: "The order of what was done",
  changes: "What was booked, stored or sent into the outbox",
  webhook: "What was sent to an endpoint",
  call: "What a stand-in's own build was asked",
  certification: "What a certification was asked to run",
  state: "The state at the end",
} as const;

/** The first difference: where, what was recorded, what came now. */
export function presentDivergence(divergence: Divergence, out: Output): void {
  const { what, exchange, step, pointer, want, got } = divergence;
  out.data(`${PLACES[what]} differs.`);
  if (exchange !== undefined) out.data(sanitizeLine(`  exchange  ${exchange}`));
  if (step !== undefined) out.data(sanitizeLine(`  step      ${step.step} ${step.of}`));
  out.data(sanitizeLine(`  pointer   ${pointer === "" ? "(the whole)" : pointer}`));
  out.data(sanitizeLine(`  want      ${short(want)}`));
  out.data(sanitizeLine(`  got       ${short(got)}`));
}

export function presentResent(resent: Resent, out: Output): void {
  const { method, path, same, skipped, want, got, failure, violations } = resent;
  const mark = skipped !== undefined ? "-" : same ? "✓" : "✗";
  const how =
    skipped ?? failure ?? (want === got ? String(got) : `${want ?? "no answer"} → ${got ?? "no answer"}`);
  out.data(sanitizeLine(`${mark} ${method} ${path} ${how}`));
  for (const { pointer, detail } of violations) out.data(sanitizeLine(`    ${pointer || "body"} ${detail}`));
}
