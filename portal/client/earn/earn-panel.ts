import type { RatingDocuments } from "../../../sandbox/rating/index.ts";
import { createEarnings, type Earnings, type Scenario } from "../../../sandbox/simulation/index.ts";
import { reasonOf } from "../../../specs/engine/errors/reason.ts";
import { pause } from "../../../specs/engine/pause.ts";
import {
  type Choice,
  type ChosenService,
  type EarningRole,
  type EarnModel,
  placesOf,
  scenarioOf,
} from "../../lib/earn/model.ts";
import { statementHtml } from "../../lib/earn/statement.ts";
import { html, type SafeHtml } from "../../lib/html.ts";
import { addCopyButtons } from "../copy.ts";
import type { LoadedRating } from "../load-rating.ts";
import { formHtml, servicesHtml } from "./form-html.ts";

/** A form, and what it comes to: worked out anew with every change, by the simulation that `eco simulate` runs. */
export class EarnPanel {
  readonly element = document.createElement("div");
  readonly #model: EarnModel;
  readonly #terms: { readonly rating: LoadedRating["rating"]; readonly documents: RatingDocuments };
  readonly #form = document.createElement("form");
  readonly #status = document.createElement("p");
  readonly #shown = document.createElement("div");
  /** Counts up with every change: what was begun before is given up. */
  #turn = 0;

  /** @param wished `role` and `product` of the address, which are chosen to begin with */
  constructor(model: EarnModel, { rating, documents }: LoadedRating, wished: URLSearchParams) {
    this.#model = model;
    this.#terms = { rating, documents };
    const product = wished.get("product") ?? "";
    const role = roleFor(model, wished.get("role") ?? "", product);
    this.#form.className = "form";
    this.#form.setAttribute("aria-label", "What you expect");
    this.#form.innerHTML = formHtml(model, role?.id ?? "").html;
    this.#status.setAttribute("role", "status");
    this.#status.className = "muted small";
    this.#shown.className = "earned";
    this.element.className = "earn";
    this.element.append(this.#form, this.#status, this.#shown);
    this.#offerServices(product);
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("change", (event) => {
      if ((event.target as HTMLInputElement).name === "role") this.#offerServices("");
      void this.#work();
    });
    void this.#work();
  }

  get #role(): EarningRole | undefined {
    const value = String(new FormData(this.#form).get("role"));
    return this.#model.roles.find(({ id }) => id === value);
  }

  /** @param wished product that is ticked; where the role has no part in it, the first service in which it is paid something */
  #offerServices(wished: string): void {
    const fieldset = this.#form.querySelector("fieldset");
    const role = this.#role;
    if (fieldset === null || role === undefined) return;
    const ticked = role.services.find(({ product }) => product === wished) ?? firstOf(role);
    fieldset.innerHTML = servicesHtml(role, this.#model, (service) => service === ticked).html;
  }

  #choice(): Choice {
    const data = new FormData(this.#form);
    const services = data.getAll("service").map(
      (product): ChosenService => ({
        product: String(product),
        party: String(data.get(`party.${product}`)),
        volume: Number(data.get(`volume.${product}`)),
      }),
    );
    return {
      role: String(data.get("role")),
      services,
      late: Number(data.get("late")) / 100,
      start: String(data.get("start")),
      months: Number(data.get("months")),
    };
  }

  async #work(): Promise<void> {
    const turn = ++this.#turn;
    if (!this.#form.reportValidity()) {
      this.#status.textContent = "One of the fields can't be worked with.";
      return;
    }
    const choice = this.#choice();
    if (choice.services.length === 0) {
      this.#status.textContent = "Tick at least one service.";
      this.#shown.replaceChildren();
      return;
    }
    try {
      const scenario = scenarioOf(this.#model, choice);
      const earnings = createEarnings(
        { scenario, from: this.#terms, members: this.#model.members },
        placesOf(choice),
      );
      for (let done = 1; earnings.step(); done++) {
        // Other events have their turn between two months.
        await pause(0);
        if (turn !== this.#turn) return;
        this.#status.textContent = `Working it out: ${Math.round((100 * done) / earnings.steps)} %`;
      }
      this.#show(choice, scenario, earnings);
    } catch (error) {
      this.#status.textContent = `It can't be worked out: ${reasonOf(error)}`;
    }
  }

  #show(choice: Choice, scenario: Scenario, earnings: Earnings): void {
    const titles = Object.fromEntries(
      this.#model.roles.flatMap(({ services }) => services.map(({ product, title }) => [product, title])),
    );
    const context = { names: this.#model.names, links: this.#model.links, titles, runs: scenario.runs };
    const statements = earnings.statements(placesOf(choice)).map((each) => statementHtml(each, context));
    const unrated = earnings
      .unrated()
      .map(
        ({ product, detail, fix }) =>
          html`<p class="note"><strong>${titles[product] ?? product}: ${detail}</strong> ${fix}</p>`,
      );
    const nothing =
      statements.length + unrated.length > 0
        ? { html: "" }
        : html`<p class="note">Nothing is paid for these deliveries.</p>`;
    // All of it is made by the `html` tag, which escapes every value that it is given.
    this.#shown.innerHTML = html`${unrated}${statements}${nothing}${onward(choice)}`.html;
    addCopyButtons(this.#shown);
    this.#shown.querySelector("[data-save]")?.addEventListener("click", () => save(scenario));
    this.#status.textContent = `${earnings.deliveries.toLocaleString("en")} deliveries were made up and rated in this page.`;
  }
}

function roleFor({ roles }: EarnModel, wished: string, product: string): EarningRole | undefined {
  const has = ({ services }: EarningRole): boolean => services.some((service) => service.product === product);
  const named = roles.find(({ id }) => id === wished);
  const open = (role: EarningRole): boolean => openOf(role) !== undefined;
  return named ?? roles.find((role) => has(role) && open(role)) ?? roles.find(open) ?? roles[0];
}

/** What a newcomer of the role is paid for. */
const openOf = ({ services }: EarningRole) =>
  services.find(({ places }) => places.some(({ isOpen, position }) => isOpen && position !== "customer"));

const firstOf = (role: EarningRole) => openOf(role) ?? role.services[0];

const FILE = "expected.json";

function onward({ services }: Choice): SafeHtml {
  const parties = new Set(services.map(({ party }) => party));
  const party = parties.size === 1 ? ` --party ${services[0]?.party ?? ""}` : "";
  return html`<div class="stack"><p class="small muted">Take these expectations along, change them in more ways, and compare a draft of other prices:</p>
<p><button class="button quiet" type="button" data-save>Save the scenario</button></p>
<div class="code"><header><span>Simulate it</span></header><pre tabindex="0"><code>eco simulate --scenario ${FILE}${party}</code></pre></div></div>`;
}

function save(scenario: Scenario): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(
    new Blob([`${JSON.stringify(scenario, null, 2)}\n`], { type: "application/json" }),
  );
  link.download = FILE;
  link.click();
  URL.revokeObjectURL(link.href);
}
