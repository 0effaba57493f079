import type { JourneyRun, StepRun } from "../../specs/engine/journey/index.ts";
import { headerNamesSecret } from "../../specs/engine/secret-names.ts";
import type { Output } from "../output/output.ts";
import { sanitizeLine } from "../output/sanitize.ts";

/** One line for a step; for a failed one what was expected and what came. */
export function presentStep(step: StepRun, out: Output): void {
  const passed = step.outcome === "passed";
  const call =
    step.response === undefined
      ? ""
      : ` ${step.request?.method ?? ""} ${pathOf(step)} → ${step.response.status}`;
  const told = step.message === undefined ? "" : ` ← ${step.message.type}`;
  const again = step.attempt > 1 ? ` (attempt ${step.attempt})` : "";
  const mark = passed ? out.style("green", "✓") : out.style("red", "✗");
  out.data(`  ${mark} ${sanitizeLine(`${step.stepId}${call}${told}${again}`)}`);
  if (passed) return;
  for (const criterion of step.criteria.filter((one) => !one.passed)) {
    const detail = criterion.detail === undefined ? "" : `: ${criterion.detail}`;
    out.data(`      ${sanitizeLine(`${criterion.condition}${detail}`)}`);
  }
  const said = problemIn(step.response?.body);
  if (said !== undefined) out.data(`      The answer says: ${sanitizeLine(said)}`);
}

/** What an error says of itself (RFC 9457), or the usual `message`. */
function problemIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { detail, title, message } = body as Readonly<Record<string, unknown>>;
  return [detail, title, message].find((text) => typeof text === "string");
}

function pathOf(step: StepRun): string {
  return URL.parse(step.request?.url ?? "")?.pathname ?? "";
}

/** A run without what nobody else may see: credentials in headers, bodies, inputs and outputs. */
export function redactRun(run: JourneyRun): unknown {
  return redact(run);
}

function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? value.replace(/((?:secret|token|password)=)[^&\s]+/gi, "$1…") : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      headerNamesSecret(name) && typeof item === "string" ? "…" : redact(item),
    ]),
  );
}
