import type { Exchange, Finding, Report } from "../model.ts";
import { escapeMarkup } from "./escape-markup.ts";
import { headline, named, symbols, toMend } from "./text.ts";

const STYLE = `
:root{color-scheme:light dark;--line:#8886;--bad:#b3261e;--warn:#8a5a00;--good:#1b6e3c}
@media (prefers-color-scheme:dark){:root{--bad:#ff8a80;--warn:#ffc46b;--good:#7ddc9f}}
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
pre{overflow:auto;border:1px solid var(--line);padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
.failed{color:var(--bad)}.warning{color:var(--warn)}.passed{color:var(--good)}
.finding{border-left:4px solid var(--line);padding-left:1rem;margin:2rem 0}
summary{cursor:pointer;padding:.2rem 0}.bar{display:inline-block;height:.7rem;background:currentColor;opacity:.5;vertical-align:middle}
`;

function message(head: string, headers: Readonly<Record<string, string>>, body: string | undefined): string {
  const lines = [head, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return `<pre>${escapeMarkup([...lines, "", body ?? ""].join("\n").trimEnd())}</pre>`;
}

function exchangeHtml(exchange: Exchange): string {
  const { request, response, failure } = exchange;
  const outcome = response === undefined ? `no answer: ${failure?.detail ?? ""}` : String(response.status);
  const label = `${exchange.atMs} ms · ${request.method} ${request.url} → ${outcome} (${exchange.durationMs} ms)`;
  const answer =
    response === undefined ? "" : message(`HTTP ${response.status}`, response.headers, response.body);
  return `<details><summary>${escapeMarkup(label)}</summary>${message(`${request.method} ${request.url}`, request.headers, request.body)}${answer}</details>`;
}

function findingHtml(finding: Finding): string {
  const parts = [
    `<h3><span class="${finding.outcome}">${symbols[finding.outcome]} ${finding.outcome}</span> ${escapeMarkup(named(finding))}</h3>`,
    `<p>${escapeMarkup(finding.message)}</p>`,
    `<p><strong>Fix:</strong> ${escapeMarkup(finding.fix)}</p>`,
    `<p><strong>Source:</strong> ${escapeMarkup(finding.source)}${finding.pointer === undefined ? "" : ` · <code>${escapeMarkup(finding.pointer)}</code>`}</p>`,
  ];
  if (finding.example !== undefined)
    parts.push(`<p>Smallest case:</p><pre>${escapeMarkup(JSON.stringify(finding.example, null, 2))}</pre>`);
  if (finding.curl !== undefined) parts.push(`<p>Reproduce:</p><pre>${escapeMarkup(finding.curl)}</pre>`);
  parts.push(...finding.evidence.map(exchangeHtml));
  return `<section class="finding">${parts.join("\n")}</section>`;
}

/** All exchanges that were kept, of all parts, in the order in which they happened. */
function timeline(report: Report): string {
  const rows = report.findings.flatMap((finding) =>
    finding.evidence.map((exchange) => ({ finding, exchange })),
  );
  rows.sort((a, b) => a.exchange.atMs - b.exchange.atMs);
  const longest = Math.max(1, ...rows.map((one) => one.exchange.durationMs));
  const lines = rows.map(({ finding, exchange }) => {
    const { method, url } = exchange.request;
    const status = exchange.response?.status ?? exchange.failure?.kind ?? "";
    const width = (0.2 + (exchange.durationMs / longest) * 6).toFixed(1);
    return `<tr><td>${exchange.atMs}</td><td>${finding.part}</td><td><code>${escapeMarkup(`${method} ${url}`)}</code></td><td>${escapeMarkup(String(status))}</td><td><span class="bar ${finding.outcome}" style="width:${width}rem"></span> ${exchange.durationMs}</td><td>${escapeMarkup(named(finding))}</td></tr>`;
  });
  return `<details><summary>${rows.length} exchanges</summary><table><thead><tr><th scope="col">at, ms</th><th scope="col">part</th><th scope="col">request</th><th scope="col">status</th><th scope="col">took, ms</th><th scope="col">check</th></tr></thead><tbody>${lines.join("\n")}</tbody></table></details>`;
}

function checks(report: Report): string {
  const rows = report.checks.map(
    ({ definition, outcome, cases }) =>
      `<tr><td class="${outcome}">${symbols[outcome]} ${outcome}</td><td><code>${escapeMarkup(definition.id)}</code><br>${escapeMarkup(definition.title)}</td><td>${definition.severity}</td><td>${cases}</td><td>${escapeMarkup(definition.requirement)}</td></tr>`,
  );
  return `<table><thead><tr><th scope="col">outcome</th><th scope="col">check</th><th scope="col">severity</th><th scope="col">cases</th><th scope="col">requirement</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
}

/** One file with everything in it: no script, no request to anywhere. */
export function htmlReport(report: Report): string {
  const { run } = report;
  const mend = toMend(report);
  const skipped = report.findings.filter((one) => one.outcome === "skipped");
  const title = `Certification of ${escapeMarkup(report.partner)}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${STYLE}</style></head><body><main>
<h1>${title}</h1><p class="${report.outcome}">${escapeMarkup(headline(report))}</p>
<dl><dt>Ecosystem</dt><dd>${escapeMarkup(report.ecosystem.title)}</dd><dt>Seed</dt><dd><code>${escapeMarkup(run.seed)}</code></dd><dt>Started</dt><dd>${run.startedAt}</dd><dt>Specs</dt><dd><code>${run.catalogDigest}</code></dd><dt>Run</dt><dd><code>${run.digest}</code></dd></dl>
${mend.length > 0 ? `<h2>To mend</h2>${mend.map(findingHtml).join("\n")}` : ""}
<h2>Checks</h2>${checks(report)}
${skipped.length > 0 ? `<h2>Skipped</h2><ul>${skipped.map((one) => `<li>${escapeMarkup(named(one))} (${one.reason}): ${escapeMarkup(one.message)}</li>`).join("\n")}</ul>` : ""}
<h2>Levels</h2><ul>${report.levels.map((one) => `<li>${escapeMarkup(one.title)}: ${one.reached ? "reached" : `not reached. ${escapeMarkup(one.missing.slice(0, 5).join(" "))}`}</li>`).join("\n")}</ul>
<h2>Timeline</h2>${timeline(report)}
</main></body></html>
`;
}
