import { readResponse } from "../../specs/engine/catalog/exchange/bind.ts";
import type { Catalog } from "../../specs/engine/catalog/types.ts";
import { runWorkflow, type StepRun } from "../../specs/engine/journey/index.ts";
import { html, type SafeHtml } from "../lib/html.ts";
import { type ChargeView, splitBar } from "../lib/split-bar.ts";
import { pageCatalog, passingSandbox } from "./sandbox/page-sandbox.ts";
import { ORIGIN } from "./sandbox/send.ts";

/**
 * Runs a journey on a sandbox of its own within this page: no server, no login, nothing sent anywhere.
 * Writes each step into `list` as it ends, and resolves to what to say at the end.
 */
export async function runHere(workflowId: string, list: HTMLElement): Promise<string> {
  const { catalog } = await pageCatalog();
  const faults: string[] = [];
  const sandbox = await passingSandbox({
    onFault: ({ where, error }) => faults.push(`${where}: ${String(error)}`),
  });
  const names = Object.fromEntries(catalog.ecosystem.parties.map((party) => [party.id, party.name]));
  try {
    const run = await runWorkflow({
      catalog,
      workflowId,
      baseUrls: ORIGIN,
      fetch: (request) => sandbox.fetch(request),
      // What a step waits for comes from the sandbox's own timers and dispatches, so they are brought up to date.
      sleep: async () => sandbox.settle(),
      observer: {
        stepFinished: (step) => list.insertAdjacentHTML("beforeend", stepHtml(step, catalog, names).html),
      },
    });
    const fault = faults[0] === undefined ? "" : ` (${faults[0]})`;
    const steps = `${run.steps.length} ${run.steps.length === 1 ? "step" : "steps"}`;
    return run.outcome === "passed"
      ? `Passed: ${steps} in ${Math.max(1, Math.round(run.durationMs))} ms, in this page.`
      : `Failed after ${steps}${fault}. ${run.error ?? ""}`;
  } finally {
    await sandbox.close();
  }
}

function stepHtml(step: StepRun, catalog: Catalog, names: Readonly<Record<string, string>>): SafeHtml {
  const operation = catalog.operations.find((one) => one.id === step.operationId);
  const passed = step.outcome === "passed";
  const again = step.attempt > 1 ? ` (attempt ${step.attempt})` : "";
  const failed = step.criteria.filter((one) => !one.passed).map((one) => html`<li>${one.condition}</li>`);
  const { message, request, response } = step;
  const charges = operation === undefined ? [] : chargesIn(readResponse(operation, response?.body));
  return html`<li class="${passed ? "passed" : "failed"}"><div>
<h3>${operation?.summary ?? step.stepId}${again}</h3>
${message === undefined ? html`<p class="mono small">${request?.method ?? ""} ${pathOf(request?.url)} <strong>${response?.status ?? ""}</strong></p>` : html`<p class="mono small">${message.type}</p>`}
${failed.length === 0 ? "" : html`<ul class="rules">${failed}</ul>`}
${charges.map((charge) => splitBar(charge, names))}
<details class="inner"><summary>${message === undefined ? "Request and answer" : "Message"}</summary>${json("Request", request?.body)}${json("Answer", response?.body)}${json("Message", message?.payload)}${json("Kept", Object.keys(step.outputs).length > 0 ? step.outputs : undefined)}</details>
</div></li>`;
}

function pathOf(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).pathname + new URL(url).search;
}

function json(title: string, value: unknown): SafeHtml {
  if (value === undefined || value === null || value === "") return { html: "" };
  const shown = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return html`<div class="code"><header><span>${title}</span></header><pre tabindex="0"><code>${shown}</code></pre></div>`;
}

// A canonical delivery or quote holds its charges; anything else has none.
function chargesIn(result: unknown): readonly ChargeView[] {
  const { charges } = (typeof result === "object" && result !== null ? result : {}) as { charges?: unknown };
  return Array.isArray(charges)
    ? charges.filter((one: ChargeView) => Array.isArray(one?.shares) && one.shares.length > 0)
    : [];
}
