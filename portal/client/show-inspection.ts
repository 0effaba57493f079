import { minorUnits, readableMinor } from "../../sandbox/rating/currency.ts";
import { count } from "../lib/words.ts";
import { type Balance, type Inspection, inspect, type TimelineEntry } from "./inspection.ts";

/** Entries that are made at once: a long session comes in parts. */
const AT_ONCE = 200;

/** What is shown of one body: no page can show megabytes of text. */
const MOST_CHARACTERS = 100_000;

/** Reads a file and shows it in `place`; gives what to say of it. Texts of the file are only ever text. */
export function show(text: string, place: HTMLElement): string {
  const inspection = inspect(text);
  place.replaceChildren(...sections(inspection));
  const { entries, balances } = inspection;
  return `${inspection.title}: ${count(entries.length, "entry", "entries")}, ${count(balances.length, "balance")}.`;
}

function sections({ title, facts, failure, entries, balances, log }: Inspection): HTMLElement[] {
  const shown = [section(title, [list(facts)])];
  if (failure !== undefined) shown.unshift(section("Failure", [code("What failed", failure.message)]));
  if (entries.length > 0) shown.push(section("Timeline", timeline(entries)));
  if (balances.length > 0)
    shown.push(section("Balances at the end", [table(balances, "Balances at the end")]));
  if (log.length > 0) shown.push(section("Log", [code("Lines", log.join("\n"))]));
  return shown;
}

function timeline(entries: readonly TimelineEntry[]): HTMLElement[] {
  const steps = element("ol", { class: "steps run inspected" });
  const more = element("button", { class: "button quiet", type: "button" });
  let at = 0;
  const next = (): void => {
    steps.append(...entries.slice(at, at + AT_ONCE).map(item));
    at += AT_ONCE;
    if (at >= entries.length) more.remove();
    else more.textContent = `Show ${Math.min(AT_ONCE, entries.length - at)} more`;
  };
  more.addEventListener("click", next);
  const shown = [steps, more];
  next();
  return at >= entries.length ? [steps] : shown;
}

function item({ at, who, what, outcome, failed, events, postings, details }: TimelineEntry): HTMLElement {
  const inner = element("div");
  const head = element("p", { class: "mono small" }, `${at}  ${who}  `);
  head.append(element("strong", {}, what));
  if (outcome !== "") head.append(" ", element("span", { class: failed ? "badge warn" : "badge" }, outcome));
  inner.append(head);
  if (events.length > 0) {
    const rules = element("ul", { class: "rules", "aria-label": "Events" });
    rules.append(...events.map(({ type, subject }) => element("li", {}, `${type} ${subject}`)));
    inner.append(rules);
  }
  if (postings.length > 0) inner.append(folded("Booked", [table(postings, "Booked")]));
  inner.append(bytes(details));
  const entry = element("li", { class: failed ? "failed" : "passed" });
  entry.append(inner);
  return entry;
}

/** Made when it is opened for the first time. */
function bytes(details: TimelineEntry["details"]): HTMLElement {
  const made = folded("Bytes", []);
  made.addEventListener(
    "toggle",
    () => {
      const all = details();
      if (all.length === 0) made.append(element("p", { class: "muted small" }, "There are none."));
      made.append(...all.map(([title, text]) => code(title, text)));
    },
    { once: true },
  );
  return made;
}

function section(title: string, content: readonly HTMLElement[]): HTMLElement {
  const made = element("section");
  made.append(element("h2", {}, title), ...content);
  return made;
}

function list(facts: Inspection["facts"]): HTMLElement {
  const made = element("dl", { class: "facts small" });
  for (const [name, value] of facts) made.append(element("dt", {}, name), element("dd", {}, value));
  return made;
}

function table(balances: readonly Balance[], label: string): HTMLElement {
  const scroll = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label });
  const made = element("table");
  const head = element("tr");
  head.append(element("th", { scope: "col" }, "Account"));
  head.append(element("th", { scope: "col", class: "num" }, "Amount"));
  const heads = element("thead");
  heads.append(head);
  const body = element("tbody");
  for (const { account, currency, amountMinor } of balances) {
    const row = element("tr");
    row.append(element("td", { class: "mono" }, account));
    row.append(
      element("td", { class: "num" }, `${readableMinor(amountMinor, minorUnits(currency))} ${currency}`),
    );
    body.append(row);
  }
  made.append(heads, body);
  scroll.append(made);
  return scroll;
}

function folded(title: string, content: readonly HTMLElement[]): HTMLElement {
  const made = element("details", { class: "inner" });
  made.append(element("summary", {}, title), ...content);
  return made;
}

function code(title: string, text: string): HTMLElement {
  const made = element("div", { class: "code" });
  const head = element("header");
  head.append(element("span", {}, title));
  const body = element("pre", { tabindex: "0", role: "region", "aria-label": title });
  body.append(element("code", {}, text.slice(0, MOST_CHARACTERS)));
  made.append(head, body);
  if (text.length > MOST_CHARACTERS) {
    const more = (text.length - MOST_CHARACTERS).toLocaleString("en");
    made.append(element("p", { class: "rest small muted" }, `… ${more} more characters`));
  }
  return made;
}

function element(name: string, attributes: Readonly<Record<string, string>> = {}, text = ""): HTMLElement {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  if (text !== "") made.textContent = text;
  return made;
}
