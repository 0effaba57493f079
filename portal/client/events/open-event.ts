import type { WebhookRequest } from "../../../sandbox/events/sender.ts";
import { EcoError } from "../../../specs/engine/errors/eco-error.ts";
import { reasonOf } from "../../../specs/engine/errors/reason.ts";
import { overrides } from "../../../specs/engine/messages/overrides.ts";
import { html } from "../../lib/html.ts";
import { addCopyButtons } from "../copy.ts";
import { type LastingSandbox, lastingSandbox } from "../sandbox/lasting-sandbox.ts";
import { codeHtml, inCode, pretty } from "../try/answer-html.ts";
import { judgeSignature, type SignedMessage } from "./judge-signature.ts";

/** A receiver that there isn't: what is sent to it stays in the page. */
const RECEIVER = "https://receiver.example/webhooks";

/** Lets the reader trigger a message in the sandbox of this browser, and verify it or another one. */
export async function openEvent(button: HTMLElement): Promise<HTMLElement> {
  const type = button.dataset["type"] ?? "";
  const page = await lastingSandbox();
  return new EventPanel(type, page).element;
}

class EventPanel {
  readonly element = document.createElement("div");
  readonly #type: string;
  readonly #page: LastingSandbox;
  readonly #shown = document.createElement("div");
  readonly #form = document.createElement("form");
  readonly #verifier = document.createElement("form");
  #endpoint: Promise<string> | undefined;
  #delivered: SignedMessage | undefined;

  constructor(type: string, page: LastingSandbox) {
    this.#type = type;
    this.#page = page;
    this.#form.className = "try-form";
    this.#form.innerHTML = FORM.html;
    this.#verifier.className = "try-form";
    this.#verifier.innerHTML = VERIFIER.html;
    this.#shown.className = "answered";
    this.#shown.setAttribute("aria-live", "polite");
    this.element.className = "flow";
    this.element.append(this.#form, this.#shown, this.#verifier);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#trigger();
    });
    this.#verifier.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#verify();
    });
  }

  async #trigger(): Promise<void> {
    const button = this.#form.querySelector<HTMLButtonElement>("[type=submit]");
    if (button !== null) button.disabled = true;
    try {
      const lines = this.#field(this.#form, "set").value.split("\n");
      const set = overrides(lines.map((line) => line.trim()).filter((line) => line !== ""));
      this.#show(await this.#deliver(set));
    } catch (error) {
      const fix = error instanceof EcoError && error.code === "ECO_USAGE" ? ` ${error.fix}` : "";
      this.#shown.innerHTML = html`<p class="note">${inCode(`${reasonOf(error)}${fix}`)}</p>`.html;
    }
    if (button !== null) button.disabled = false;
  }

  /** Sends the message as if it had happened, and gives what its receiver would have got. */
  async #deliver(set: Readonly<Record<string, unknown>>): Promise<SignedMessage> {
    const { sandbox } = this.#page;
    const party = partyOf(this.#page);
    this.#endpoint ??= this.#register(party);
    const secret = await this.#endpoint;
    const came: WebhookRequest[] = [];
    this.#page.receive((request) => came.push(request));
    const { id } = await sandbox.control.events.trigger({ message: this.#type, set, party });
    await sandbox.settle();
    const request = came.find(({ url, headers }) => url === RECEIVER && headers["webhook-id"] === id);
    if (request === undefined) throw new Error("The sandbox sent nothing: try again.");
    const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
    return { headers: headers.join("\n"), body: request.body, secret };
  }

  /** The endpoint of this page, in the place of the one that a former page had. */
  async #register(party: string): Promise<string> {
    const { endpoints } = this.#page.sandbox.control;
    for (const { id, url } of await endpoints.list()) if (url === RECEIVER) await endpoints.remove(id);
    const { secret } = await endpoints.register({ party, url: RECEIVER, types: [this.#type] });
    return secret;
  }

  #show(message: SignedMessage): void {
    this.#delivered = message;
    this.#shown.innerHTML =
      html`<p class="verdict"><span class="badge strong">POST</span> Delivered to a receiver in this page.</p>
${codeHtml("Headers", message.headers)}${codeHtml("Body, laid out", pretty(message.body))}`.html;
    addCopyButtons(this.#shown);
    for (const name of ["headers", "body", "secret"] as const)
      this.#field(this.#verifier, name).value = message[name];
    this.#verify();
  }

  #verify(): void {
    const [headers = "", body = "", secret = ""] = ["headers", "body", "secret"].map(
      (name) => this.#field(this.#verifier, name).value,
    );
    const { holds, words } = judgeSignature(
      { headers, body, secret },
      { nowMs: Date.now(), delivered: this.#delivered },
    );
    const outcome = this.#verifier.querySelector<HTMLElement>("[role=status]");
    if (outcome === null) return;
    outcome.className = "verdict";
    outcome.innerHTML =
      html`<span class="badge ${holds ? "strong" : "warn"}">${holds ? "holds" : "refused"}</span> ${inCode(words)}`.html;
  }

  #field(form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) return field;
    throw new Error(`There is no field ${name}.`);
  }
}

/** Whose endpoint it is: any company will do, since whoever is asked for gets it. */
const partyOf = ({ catalog }: LastingSandbox): string =>
  catalog.ecosystem.parties.find(({ id }) => id !== catalog.ecosystem.orchestrator)?.id ??
  catalog.ecosystem.orchestrator;

const FORM = html`<label>Other values <span class="hint">Optional: one a line, the place in the payload and what to put there.</span><textarea name="set" rows="2" spellcheck="false" placeholder="/data/reason=Too late"></textarea></label>
<p class="actions"><button class="button" type="submit">Trigger it</button></p>
<p class="small muted">It is made from the message's example, or from its schema, and signed by the sandbox that lives in this browser. Nothing leaves your machine.</p>`;

const VERIFIER = html`<fieldset><legend>Verify a signature</legend>
<p class="small muted">Of the message above, or of one that your receiver got. Change something, and see what the check says.</p>
<label>Headers<textarea name="headers" rows="5" spellcheck="false"></textarea></label>
<label>Body, as it came<textarea name="body" rows="4" spellcheck="false"></textarea></label>
<div class="form"><label>Secret of the endpoint<input name="secret" autocomplete="off" spellcheck="false" placeholder="whsec_…"></label></div>
</fieldset><p class="actions"><button class="button quiet" type="submit">Verify</button></p><p role="status"></p>`;
