import { html, type SafeHtml } from "../../lib/html.ts";
import type { TryBody, TryField, TryForm } from "../../lib/try-form.ts";
import { segment } from "../../lib/url.ts";

/** Somebody to act as; `""` for nobody. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  /** Whether their role may call the operation. */
  readonly allowed: boolean;
}

const GROUPS = [
  ["path", "Path"],
  ["query", "Query"],
  ["header", "Headers"],
  ["cookie", "Cookies"],
] as const;

/** How a field is called in the form: parameters of two places may share a name. */
export const inputName = (field: Pick<TryField, "in" | "name">): string => `${field.in}.${field.name}`;

const idOf = (name: string): string => `try-${segment(name)}`;

/** The form of an operation, its controls named by `inputName`. */
export function formHtml(form: TryForm, actors: readonly Actor[]): SafeHtml {
  return html`${actorHtml(actors)}${GROUPS.map(([place, title]) => groupHtml(form, place, title))}${
    form.body === undefined ? "" : bodyHtml(form.body)
  }<p class="actions"><button class="button" type="submit">Send</button> <button class="button quiet" type="button" data-reset>Start over</button></p>
<p class="small muted">It goes to a sandbox of your own, which lives in this browser: no server, nothing leaves your machine. What you make here is there on the next page too, until you start over.</p>`;
}

function actorHtml(actors: readonly Actor[]): SafeHtml {
  if (actors.length < 2) return { html: "" };
  const options = (some: readonly Actor[]): SafeHtml[] =>
    some.map(({ id, name }) => html`<option value="${id}">${name}</option>`);
  const may = actors.filter(({ allowed }) => allowed);
  const mayNot = actors.filter(({ allowed }) => !allowed);
  const shown =
    may.length === 0 || mayNot.length === 0
      ? options(actors)
      : [
          html`<optgroup label="May call it">${options(may)}</optgroup>`,
          html`<optgroup label="Will be refused">${options(mayNot)}</optgroup>`,
        ];
  return html`<div class="form"><label>Act as<select name="actor">${shown}</select></label></div>`;
}

function groupHtml({ fields }: TryForm, place: TryField["in"], title: string): SafeHtml {
  const own = fields.filter((field) => field.in === place);
  if (own.length === 0) return { html: "" };
  return html`<fieldset><legend>${title}</legend><div class="form">${own.map(fieldHtml)}</div></fieldset>`;
}

function fieldHtml(field: TryField): SafeHtml {
  const { name, required, type, summary } = field;
  const id = idOf(inputName(field));
  const mark = required ? html`<span class="req">required</span>` : { html: "" };
  const hint = summary === "" ? { html: "" } : html`<span class="hint">${summary}</span>`;
  return html`<div class="try-field"><label for="${id}"><span class="field"><code>${name}</code><span class="type">${type}</span>${mark}</span>${hint}</label>${controlHtml(field, id)}<p class="wrong" id="${id}-wrong" hidden></p></div>`;
}

function controlHtml(field: TryField, id: string): SafeHtml {
  const { type, required, example, fill } = field;
  const name = inputName(field);
  const described = html`aria-describedby="${`${id}-wrong`}"`;
  const values = type === "boolean" ? ["true", "false"] : field.values;
  const initial = fill === "empty" ? "" : example;
  if (values.length > 0 && !/array|or /u.test(type)) {
    const options = values.map(
      (value) =>
        html`<option value="${value}"${{ html: value === initial ? " selected" : "" }}>${value}</option>`,
    );
    const none = required ? { html: "" } : html`<option value="">not sent</option>`;
    return html`<select id="${id}" name="${name}" ${described}>${none}${options}</select>`;
  }
  const list = fill === "id" || fill === "party" ? html`list="${`${id}-ids`}"` : { html: "" };
  const known =
    fill === "id" || fill === "party"
      ? html`<datalist id="${`${id}-ids`}"></datalist><p class="hint" data-ids="${name}"></p>`
      : { html: "" };
  const mode = /^(integer|number)$/u.test(type) ? html`inputmode="decimal"` : { html: "" };
  return html`<input id="${id}" name="${name}" value="${initial}" placeholder="${initial === "" ? example : ""}" autocomplete="off" spellcheck="false" ${list} ${mode} ${described}>${known}`;
}

function bodyHtml({ content, examples }: TryBody): SafeHtml {
  const legend = html`<legend>Body <span class="type">${content.mediaType}</span></legend>`;
  if (content.kind === "file")
    return html`<fieldset>${legend}<div class="form"><label>File<input type="file" name="file"></label></div></fieldset>`;
  if (content.kind === "multipart")
    return html`<fieldset>${legend}<div class="form">${content.fields.map(({ name, content: part }) =>
      "file" in part
        ? html`<label>${name}<input type="file" name="${`part.${name}`}"></label>`
        : html`<label>${name}<input name="${`part.${name}`}" value="${part.text}"></label>`,
    )}</div></fieldset>`;
  const text =
    content.kind === "text"
      ? content.text
      : content.fields
          .map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
          .join("&\n");
  const rows = Math.min(24, Math.max(3, text.split("\n").length + 1));
  const choice =
    examples.length < 2
      ? { html: "" }
      : html`<div class="form"><label>Example<select name="example">${examples.map(({ title }, index) => html`<option value="${index}">${title}</option>`)}</select></label></div>`;
  return html`<fieldset>${legend}${choice}<textarea aria-label="Body" name="body" rows="${rows}" spellcheck="false" aria-describedby="try-body-wrong">${text}</textarea><ul class="wrong" id="try-body-wrong" hidden></ul></fieldset>`;
}
