import { errorRegistry } from "../../../specs/engine/errors/index.ts";
import { jsonOrText } from "../../../specs/engine/parse-json.ts";
import { html, type SafeHtml } from "../../lib/html.ts";
import { url } from "../../lib/url.ts";

/** What a call came to, as a reader sees it. */
export interface TryAnswer {
  readonly curl: string;
  readonly http: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  /** Of a refusal. */
  readonly code?: string;
  readonly events: readonly { readonly type: string; readonly href?: string; readonly body: string }[];
  readonly tookMs: number;
}

/** A block of code as the pages have it; folded where it says so. */
export function codeHtml(title: string, text: string, fold = false): SafeHtml {
  if (text === "") return { html: "" };
  const pre = html`<pre tabindex="0" aria-label="${title}"><code>${text}</code></pre>`;
  return fold
    ? html`<details class="code"><summary>${title}</summary>${pre}</details>`
    : html`<div class="code"><header><span>${title}</span></header>${pre}</div>`;
}

/** JSON with two spaces; any other text as it came. */
export function pretty(text: string): string {
  const value = jsonOrText(text);
  return typeof value === "string" ? text : JSON.stringify(value, null, 2);
}

export function answerHtml(answer: TryAnswer): SafeHtml {
  const { status, code, headers, text, events, curl, http, tookMs } = answer;
  const badge = status < 400 ? "strong" : "warn";
  const fix = code === undefined ? { html: "" } : problemHtml(code, text);
  const happened =
    events.length === 0
      ? { html: "" }
      : html`<h3>Events it caused</h3><ul class="plain">${events.map(
          ({ type, href, body }) =>
            html`<li>${
              href === undefined
                ? html`<code>${type}</code>`
                : html`<a href="${url(href)}"><code>${type}</code></a>`
            }${codeHtml("Payload", pretty(body), true)}</li>`,
        )}</ul>`;
  return html`<p class="verdict"><span class="badge ${badge}">${status}</span> ${status < 400 ? "Answered" : "Refused"} in ${tookMs} ms, in this page.</p>
${fix}${text === "" ? html`<p class="muted">Without a body.</p>` : codeHtml("Answer", pretty(text))}${happened}
<div class="stack">${codeHtml("Answer headers", headers.map(([name, value]) => `${name}: ${value}`).join("\n"), true)}${codeHtml("Request as curl", curl, true)}${codeHtml("Request over HTTP", http, true)}</div>`;
}

function problemHtml(code: string, text: string): SafeHtml {
  if (!Object.hasOwn(errorRegistry, code)) return { html: "" };
  const { fix } = errorRegistry[code as keyof typeof errorRegistry];
  const wrong = violationsIn(text).map(({ place, detail }) => html`<li><code>${place}</code> ${detail}</li>`);
  return html`<div class="note"><p><a href="${url(`/errors/${code}/`)}"><code>${code}</code></a> ${inCode(fix)}</p>${
    wrong.length === 0 ? "" : html`<ul>${wrong}</ul>`
  }</div>`;
}

/** What stands between backticks as code. */
export const inCode = (text: string): SafeHtml[] =>
  text.split("`").map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));

export interface PlacedViolation {
  /** `$request.query.limit`, or a pointer into the body with `#` before it. */
  readonly place: string;
  readonly detail: string;
}

/** What a problem says of single fields. */
export function violationsIn(text: string): readonly PlacedViolation[] {
  const body = jsonOrText(text);
  const errors = typeof body === "object" && body !== null && "errors" in body ? body.errors : undefined;
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null) return [];
    const { pointer, detail } = one as { pointer?: unknown; detail?: unknown };
    return typeof pointer === "string" && typeof detail === "string" ? [{ place: pointer, detail }] : [];
  });
}
