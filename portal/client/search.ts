import { reasonOf } from "../../specs/engine/errors/reason.ts";
import type { SearchName } from "../lib/search-names.ts";
import { nearNames } from "./near-names.ts";
import { type Hit, searchIndex } from "./search-index.ts";

/** How many pages are listed, and among how many the one is looked for whose own name was typed. */
const LISTED = 12;
const WEIGHED = 24;
/** How long after a key the search begins; how long it may then last before the reader is told so, and told more. */
const PAUSE_MS = 120;
const SHORT_MS = 400;
const LONG_MS = 5_000;

const INVITATION = "Type a name: an operation, a field, an event, an error code.";
const OTHERWISE = "The lists of each section name every page.";

/** The parts of the dialog. */
interface Parts {
  readonly input: HTMLInputElement;
  readonly status: Element;
  readonly results: HTMLElement;
}

/** Makes the dialog find, beginning with what its field holds by now. `base` is the portal's base path, `/docs/`. */
export function startSearch(dialog: HTMLDialogElement, base: string): void {
  const input = dialog.querySelector("input");
  const status = dialog.querySelector("[role=status]");
  const results = dialog.querySelector("ol");
  if (input === null || status === null || results === null) return;
  const { look, openFirst } = searching({ input, status, results }, base);
  input.addEventListener("input", look);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") openFirst();
  });
  dialog.addEventListener("keydown", (event) => moveThrough(event, input, results));
  look();
}

/** A search at every change of the field, of which the newest alone shows anything; and Enter, at whatever moment. */
function searching({ input, status, results }: Parts, base: string): { look(): void; openFirst(): void } {
  const index = searchIndex(base);
  const names = loadNames(base);
  let newest = 0;
  let state: "listed" | "looking" | "failed" = "listed";
  /** Whether the first page is to be opened as soon as it is found. */
  let isAwaited = false;
  let notices: readonly ReturnType<typeof setTimeout>[] = [];

  function show(now: typeof state, words: string, hits: readonly Hit[]): void {
    for (const notice of notices) clearTimeout(notice);
    state = now;
    status.textContent = words;
    results.replaceChildren(...hits.map(row));
    if (isAwaited) results.querySelector("a")?.click();
  }

  function look(): void {
    const term = input.value.trim();
    newest += 1;
    isAwaited = false;
    if (term === "") {
      show("listed", INVITATION, []);
      return;
    }
    for (const notice of notices) clearTimeout(notice);
    state = "looking";
    const sayAfter = (delayMs: number, words: string) =>
      setTimeout(() => {
        status.textContent = words;
      }, delayMs);
    notices = [
      // A list of what was typed before stays until there is a better one: most often that comes before any words.
      sayAfter(results.childElementCount === 0 ? 0 : SHORT_MS, `Looking for “${term}” …`),
      sayAfter(
        LONG_MS,
        `Looking for “${term}” …, which takes long: the search index is still loading. ${OTHERWISE}`,
      ),
    ];
    void find(term, newest);
  }

  async function find(term: string, mine: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (mine !== newest) return;
    try {
      const { hits, total } = await index.find(term, WEIGHED);
      const near = hits.some((hit) => holds(hit, term)) ? [] : nearNames(term, await names).map(hitOf);
      const all = [...near, ...exactFirst(hits, term)];
      if (mine === newest) show("listed", countWords(term, total, near.length), all.slice(0, LISTED));
    } catch (error) {
      const reason = reasonOf(error);
      const words = `The search index can't be loaded: ${reason}. Press Enter to try again. ${OTHERWISE}`;
      if (mine === newest) show("failed", words, []);
    }
  }

  function openFirst(): void {
    if (state === "failed") look();
    if (state === "listed") results.querySelector("a")?.click();
    else isAwaited = true;
  }

  return { look, openFirst };
}

/** The names of pages; none where they can't be loaded, for they only help where a name is misspelt. */
async function loadNames(base: string): Promise<readonly SearchName[]> {
  try {
    const answer = await fetch(`${base}search-names.json`);
    return answer.ok ? ((await answer.json()) as readonly SearchName[]) : [];
  } catch {
    return [];
  }
}

function hitOf([name, title, href]: SearchName): Hit {
  return { url: href, excerpt: "", meta: { title, names: name } };
}

/** Whether the page has the term as it was typed, and not only words that begin alike. */
function holds(hit: Hit, term: string): boolean {
  const text = `${hit.meta["title"] ?? ""} ${hit.meta["names"] ?? ""} ${hit.excerpt.replace(/<\/?mark>/gu, "")}`;
  return text.toLowerCase().includes(term.toLowerCase());
}

function countWords(term: string, total: number, near: number): string {
  if (near > 0) return `Nothing is called “${term}”: the nearest name comes first.`;
  if (total === 0) return `Nothing found for “${term}”. Try a name, or fewer words.`;
  return `${total} ${total === 1 ? "page" : "pages"}`;
}

/** What a page is about, by its place in the portal. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\/api\/[^/]+\/[^/]+\//u, "Operation"],
  [/\/api\//u, "API"],
  [/\/events\/./u, "Event"],
  [/\/errors\/./u, "Error"],
  [/\/schemas\/./u, "Data type"],
  [/\/journeys\/./u, "Journey"],
  [/\/guides\/./u, "Guide"],
  [/\/rate-cards\/./u, "Rate card"],
  [/\/agreements\/./u, "Agreement"],
  [/\/certify\/./u, "Certification"],
  [/\/cli\/./u, "Command"],
  [/\/roles\/./u, "Role"],
  [/\/decisions\/./u, "Decision"],
];

/** A page whose own name is the term comes first; the order of relevance stays otherwise. */
function exactFirst(hits: readonly Hit[], term: string): readonly Hit[] {
  const wanted = term.trim().toLowerCase();
  const rank = (hit: Hit): number => {
    const names = `${hit.meta["names"] ?? ""} ${hit.meta["title"] ?? ""}`.toLowerCase().split(/\s+/u);
    return names.includes(wanted) ? 0 : 1;
  };
  const once = new Map(hits.map((hit) => [hit.url, hit]));
  return [...once.values()].sort((a, b) => rank(a) - rank(b));
}

function row(hit: Hit): HTMLLIElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = hit.url;
  const title = document.createElement("strong");
  title.textContent = hit.meta["title"] ?? hit.url;
  const kind = KINDS.find(([place]) => place.test(hit.url))?.[1];
  if (kind !== undefined) {
    const mark = document.createElement("small");
    mark.textContent = kind;
    title.append(" ", mark);
  }
  const excerpt = document.createElement("span");
  // Pagefind escapes the text of its excerpts and adds nothing but <mark>.
  for (const part of excerptOf(hit).split(/(<mark>.*?<\/mark>)/u)) {
    const marked = /^<mark>(.*)<\/mark>$/u.exec(part);
    const node = document.createElement(marked === null ? "span" : "mark");
    node.textContent = unescaped(marked?.[1] ?? part);
    excerpt.append(node);
  }
  link.append(title, excerpt);
  item.append(link);
  return item;
}

// A page's names lead its text, so that they weigh; to a reader they only repeat the title.
function excerptOf({ excerpt, meta }: Hit): string {
  const names = (meta["names"] ?? "").split(/\s+/u);
  const words = excerpt.split(" ");
  const plain = (word: string): string => word.replace(/<\/?mark>/gu, "");
  return names.every((name, index) => plain(words[index] ?? "") === name)
    ? words.slice(names.length).join(" ")
    : excerpt;
}

function unescaped(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

function moveThrough(event: KeyboardEvent, input: HTMLInputElement, results: HTMLElement): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops: HTMLElement[] = [input, ...results.querySelectorAll("a")];
  const here = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[(here + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length];
  event.preventDefault();
  next?.focus();
}
