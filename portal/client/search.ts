/** The search dialog: loaded when the reader opens it, with Pagefind's index from this site. */
interface Hit {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
}
interface Pagefind {
  options(options: { baseUrl: string; ranking?: Record<string, number> }): Promise<void>;
  debouncedSearch(
    term: string,
    options?: object,
    delayMs?: number,
  ): Promise<{ results: readonly { data(): Promise<Hit> }[] } | null>;
}

const MOST = 12;
let dialog: HTMLDialogElement | undefined;

/** Opens the dialog. `base` is the portal's base path with its slashes, `/docs/`. */
export function openSearch(base: string): void {
  dialog ??= build(base);
  dialog.showModal();
  dialog.querySelector("input")?.select();
}

function build(base: string): HTMLDialogElement {
  const box = document.createElement("dialog");
  box.className = "search";
  box.setAttribute("aria-label", "Search");
  const form = document.createElement("form");
  form.method = "dialog";
  const input = document.createElement("input");
  // Not of type search: there the first Escape empties the field, and only the second closes the dialog.
  input.type = "text";
  input.enterKeyHint = "search";
  input.placeholder = "Operation, field, event, error code …";
  input.setAttribute("aria-label", "Search the portal");
  input.autocomplete = "off";
  const close = document.createElement("button");
  close.className = "copy";
  close.textContent = "Close";
  form.append(input, close);
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.textContent = "Type a name: an operation, a field, an event, an error code.";
  const results = document.createElement("ol");
  box.append(form, status, results);
  document.body.append(box);
  let engine: Promise<Pagefind> | undefined;
  form.addEventListener("submit", (event) => {
    if (event.submitter === close) return;
    event.preventDefault();
    results.querySelector("a")?.click();
  });
  input.addEventListener("input", async () => {
    engine ??= load(base);
    await search(engine, input, status, results);
  });
  box.addEventListener("keydown", (event) => moveThrough(event, input, results));
  return box;
}

async function load(base: string): Promise<Pagefind> {
  const address = `${base}pagefind/pagefind.js`;
  const engine = (await import(/* @vite-ignore */ address)) as Pagefind;
  await engine.options({ baseUrl: base });
  return engine;
}

async function search(
  engine: Promise<Pagefind>,
  input: HTMLInputElement,
  status: HTMLElement,
  results: HTMLElement,
): Promise<void> {
  const term = input.value;
  if (term.trim() === "") {
    results.replaceChildren();
    status.textContent = "";
    return;
  }
  try {
    const found = await (await engine).debouncedSearch(term, {}, 120);
    if (found === null) return;
    const hits = await Promise.all(found.results.slice(0, MOST * 2).map((result) => result.data()));
    // The reader may have typed on while these were fetched.
    if (input.value !== term) return;
    const shown = exactFirst(hits, term).slice(0, MOST);
    results.replaceChildren(...shown.map(row));
    status.textContent =
      found.results.length === 0
        ? `Nothing found for “${term}”.`
        : `${found.results.length} ${found.results.length === 1 ? "page" : "pages"}`;
  } catch {
    status.textContent = "The search index can't be loaded. The lists of each section name every page.";
  }
}

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
  const excerpt = document.createElement("span");
  // Pagefind escapes the text of its excerpts and adds nothing but <mark>.
  for (const part of hit.excerpt.split(/(<mark>.*?<\/mark>)/u)) {
    const marked = /^<mark>(.*)<\/mark>$/u.exec(part);
    const node = document.createElement(marked === null ? "span" : "mark");
    node.textContent = unescaped(marked?.[1] ?? part);
    excerpt.append(node);
  }
  link.append(title, excerpt);
  item.append(link);
  return item;
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
