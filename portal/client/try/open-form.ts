import { personasOf } from "../../../sandbox/browser.ts";
import { operationById, requireOperation } from "../../../specs/engine/catalog/lookup.ts";
import type { Operation } from "../../../specs/engine/catalog/types.ts";
import { reasonOf } from "../../../specs/engine/errors/reason.ts";
import { jsonOrText } from "../../../specs/engine/parse-json.ts";
import { html } from "../../lib/html.ts";
import type { TryField, TryForm } from "../../lib/try-form.ts";
import { url } from "../../lib/url.ts";
import { addCopyButtons } from "../copy.ts";
import { type Identity, identityOf } from "../sandbox/credentials.ts";
import { type LastingSandbox, lastingSandbox } from "../sandbox/lasting-sandbox.ts";
import { type PageRequest, send } from "../sandbox/send.ts";
import { answerHtml, type TryAnswer, violationsIn } from "./answer-html.ts";
import { type Actor, formHtml, inputName } from "./form-html.ts";
import { dropId, forgetIds, idsFor, keepActor, keepIds, keptActor } from "./ids.ts";
import { curlOf, httpOf, requestOf } from "./request.ts";

/** The form of the operation whose page this is, ready to be sent. */
export async function openForm(): Promise<HTMLElement> {
  const address = new URL("try.json", location.href).pathname;
  const [answer, page] = await Promise.all([fetch(address), lastingSandbox()]);
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}`);
  return new TryPanel((await answer.json()) as TryForm, page).element;
}

/** Nobody: what is sent has no credentials. */
const NOBODY = "";

class TryPanel {
  readonly element = document.createElement("div");
  readonly #form: TryForm;
  readonly #page: LastingSandbox;
  readonly #operation: Operation;
  readonly #html = document.createElement("form");
  readonly #shown = document.createElement("div");

  constructor(form: TryForm, page: LastingSandbox) {
    this.#form = form;
    this.#page = page;
    this.#operation = requireOperation(page.catalog, form.operationId);
    this.#html.className = "try-form";
    this.#html.noValidate = true;
    this.#html.setAttribute("aria-label", `Try ${this.#operation.summary || form.operationId}`);
    this.#html.innerHTML = formHtml(form, this.#actors()).html;
    this.#shown.className = "answered";
    this.#shown.setAttribute("aria-live", "polite");
    this.element.append(this.#html, this.#shown);
    this.#html.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send();
    });
    this.#html.addEventListener("change", (event) => this.#changed(event.target as HTMLInputElement));
    this.#html.querySelector("[data-reset]")?.addEventListener("click", () => void this.#startOver());
    this.#fillKeys();
    this.#fillParty();
    void this.#offerIds(true);
  }

  #actors(): readonly Actor[] {
    const { catalog } = this.#page;
    const { allowed } = this.#form;
    const names = new Map(catalog.ecosystem.parties.map(({ id, name }) => [id, name]));
    const known = personasOf(catalog).map(({ party }) => ({
      id: party,
      name: names.get(party) ?? party,
      allowed: allowed === undefined || allowed.includes(party),
    }));
    const open =
      this.#operation.security.length === 0 || this.#operation.security.some((one) => one.length === 0);
    const nobody = { id: NOBODY, name: "nobody, without credentials", allowed: open };
    if (known.length === 0)
      return open ? [] : [{ id: "anybody", name: "anybody, with credentials", allowed: true }, nobody];
    if (this.#operation.security.length === 0) return [];
    const example = JSON.stringify(this.#form.body?.content ?? {});
    const last = keptActor(catalog);
    // Readers stay who they were on the page before. Else whom the example is about sends it; who runs the ecosystem
    // comes last among those who may.
    const rank = ({ id, allowed }: Actor): number =>
      Number(!allowed) * 8 +
      Number(id !== last) * 4 +
      Number(id === catalog.ecosystem.orchestrator) * 2 +
      Number(!example.includes(`"${id}\\"`));
    return [...known, nobody].sort((a, b) => rank(a) - rank(b));
  }

  get #actor(): string {
    const chosen = this.#html.elements.namedItem("actor");
    return chosen instanceof HTMLSelectElement ? chosen.value : (this.#actors()[0]?.id ?? NOBODY);
  }

  async #identity(): Promise<Identity | undefined> {
    const actor = this.#actor;
    return actor === NOBODY ? undefined : identityOf(this.#page.sandbox, actor);
  }

  #input(field: Pick<TryField, "in" | "name">): HTMLInputElement | undefined {
    const input = this.#html.elements.namedItem(inputName(field));
    return input instanceof HTMLInputElement ? input : undefined;
  }

  #fillKeys(): void {
    for (const field of this.#form.fields.filter(({ fill }) => fill === "key")) {
      const input = this.#input(field);
      // One that the reader wrote is meant to be sent again.
      if (input === undefined || input.dataset["own"] !== undefined) continue;
      input.value = crypto.randomUUID();
    }
  }

  #fillParty(): void {
    const actor = this.#actor;
    const parties = this.#page.catalog.ecosystem.parties.map(({ id }) => id);
    for (const field of this.#form.fields.filter(({ fill }) => fill === "party")) {
      const input = this.#input(field);
      if (input === undefined) continue;
      if (parties.includes(actor) && input.dataset["own"] === undefined) input.value = actor;
      this.#offer(field, parties, false);
    }
  }

  /** @param first whether the first one is to be taken */
  async #offerIds(first: boolean): Promise<void> {
    const { catalog, sandbox } = this.#page;
    for (const field of this.#form.fields.filter(({ fill }) => fill === "id")) {
      const values = Object.fromEntries(
        this.#form.fields
          .filter((one) => one.in === "path")
          .map((one) => [one.name, this.#input(one)?.value ?? ""]),
      );
      const identity = await this.#identity().catch(() => undefined);
      const ids = await idsFor(field, catalog, values, async (operation, request) => {
        const { headers } = requestOf(
          { ...operation, path: "/" },
          emptyForm(operation),
          new FormData(),
          identity,
        );
        return send(sandbox, { ...request, headers });
      });
      this.#offer(field, ids, first);
    }
  }

  #offer(field: TryField, ids: readonly string[], first: boolean): void {
    const input = this.#input(field);
    if (input === undefined) return;
    input.list?.replaceChildren(...ids.map((id) => new Option(id, id)));
    if (first && ids[0] !== undefined && input.dataset["own"] === undefined) input.value = ids[0];
    const hint = [...this.#html.querySelectorAll<HTMLElement>("[data-ids]")].find(
      ({ dataset }) => dataset["ids"] === inputName(field),
    );
    if (hint === undefined) return;
    const maker = field.maker && operationById(this.#page.catalog, field.maker.operationId);
    const href = maker === undefined ? undefined : this.#page.operations[maker.id];
    const make =
      maker === undefined || href === undefined
        ? { html: "" }
        : html`: make one by <a href="${url(href)}">${maker.summary || maker.id}</a>`;
    hint.innerHTML =
      ids.length > 0
        ? html`${ids.length} to choose from in your sandbox`.html
        : html`None is in your sandbox yet${make}`.html;
  }

  #changed(target: HTMLInputElement): void {
    if (target.name === "example") {
      const body = this.#html.elements.namedItem("body");
      const example = this.#form.body?.examples[Number(target.value)];
      if (body instanceof HTMLTextAreaElement && example !== undefined) body.value = example.text;
    } else if (target.name === "actor") {
      this.#fillParty();
      void this.#offerIds(true);
    } else target.dataset["own"] = "";
  }

  async #send(): Promise<void> {
    const button = this.#html.querySelector<HTMLButtonElement>("[type=submit]");
    if (button !== null) button.disabled = true;
    try {
      const answer = await this.#call();
      this.#shown.innerHTML = answerHtml(answer).html;
      addCopyButtons(this.#shown);
      this.#mark(answer);
      this.#fillKeys();
      await this.#offerIds(false);
    } catch (error) {
      this.#shown.innerHTML = html`<p class="note">${reasonOf(error)}</p>`.html;
    }
    if (button !== null) button.disabled = false;
  }

  async #call(): Promise<TryAnswer> {
    const { sandbox, events: pages } = this.#page;
    const identity = await this.#identity();
    const request: PageRequest = requestOf(this.#operation, this.#form, new FormData(this.#html), identity);
    const before = await sandbox.control.events.list({ after: "now" });
    const startedAt = performance.now();
    const response = await send(sandbox, request);
    const text = await response.text();
    const tookMs = Math.max(1, Math.round(performance.now() - startedAt));
    const code = response.status >= 400 ? this.#page.lastCode() : undefined;
    keepActor(this.#page.catalog, this.#actor);
    await sandbox.settle();
    const after = await sandbox.control.events.list({ after: before.cursor });
    if (response.ok) this.#remember(jsonOrText(text));
    const fault = this.#page.fault();
    if (response.status >= 500 && fault !== undefined) console.warn(fault);
    return {
      curl: curlOf(request, this.#form.origin),
      http: httpOf(request, this.#form.origin),
      status: response.status,
      headers: [...response.headers],
      text,
      ...(code === undefined ? {} : { code }),
      events: after.items.map(({ type, body }) => ({
        type,
        body,
        ...(pages[type] === undefined ? {} : { href: pages[type] }),
      })),
      tookMs,
    };
  }

  /** What came to be is offered on the pages of what works with it; what is gone no more. */
  #remember(body: unknown): void {
    const { catalog } = this.#page;
    const { makes, operationId, fields } = this.#form;
    for (const path of makes) keepIds(catalog, { operationId, path }, body);
    const last = fields.findLast((field) => field.in === "path");
    if (this.#operation.method === "DELETE" && last?.maker !== undefined)
      dropId(catalog, last.maker, this.#input(last)?.value ?? "");
  }

  /** Tells at each field what the sandbox says of it. */
  #mark({ text }: TryAnswer): void {
    for (const place of this.#html.querySelectorAll<HTMLElement>(".wrong")) place.hidden = true;
    for (const control of this.#html.querySelectorAll("[aria-invalid]"))
      control.removeAttribute("aria-invalid");
    for (const { place, detail } of violationsIn(text)) {
      const [, where = "", name = ""] = /^\$request\.(path|query|header|cookie)\.(.+)$/u.exec(place) ?? [];
      const field = this.#form.fields.find(
        (one) => one.in === where && one.name.toLowerCase() === name.toLowerCase(),
      );
      const control = this.#html.elements.namedItem(field === undefined ? "body" : inputName(field));
      if (!(control instanceof HTMLElement)) continue;
      const words = document.getElementById(control.getAttribute("aria-describedby") ?? "");
      if (words === null) continue;
      const line =
        field === undefined ? html`<li><code>${place}</code> ${detail}</li>`.html : html`${detail}`.html;
      words.innerHTML = control.hasAttribute("aria-invalid") ? words.innerHTML + line : line;
      words.hidden = false;
      control.setAttribute("aria-invalid", "true");
    }
    this.#html.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }

  async #startOver(): Promise<void> {
    await this.#page.sandbox.control.reset();
    forgetIds(this.#page.catalog);
    this.#shown.innerHTML = html`<p>Your sandbox is as it was in the beginning.</p>`.html;
    await this.#offerIds(false);
  }
}

const emptyForm = ({ id }: Operation): TryForm => ({ operationId: id, origin: "", fields: [], makes: [] });
