/** What every page does with JavaScript on: theme, copy buttons, search. The page is whole without it. */
import { addCopyButtons } from "./copy.ts";

const root = document.documentElement;

function isDark(): boolean {
  const chosen = root.dataset["theme"];
  return chosen === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-theme-switch]")) {
  const show = (): void => button.setAttribute("aria-pressed", String(isDark()));
  show();
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    root.dataset["theme"] = theme;
    try {
      localStorage.setItem("portal-theme", theme);
    } catch {
      // Storage may be switched off; the choice then holds for this page.
    }
    show();
  });
}

addCopyButtons(document);

// A place that has a name can be linked to.
for (const place of document.querySelectorAll<HTMLElement>("main :is(h2, h3, .fields > li)[id]")) {
  const link = document.createElement("a");
  link.className = "anchor";
  link.href = `#${place.id}`;
  link.textContent = "#";
  link.setAttribute("aria-label", "Link to this place");
  (place.querySelector(":scope > .field") ?? place).append(link);
}

// On a narrow screen the section that the reader is in may lie beyond the edge.
const sections = document.querySelector<HTMLElement>(".nav");
const here = sections?.querySelector<HTMLElement>("[aria-current]");
if (sections && here) sections.scrollLeft = here.offsetLeft - sections.offsetLeft - 40;

// What is opened on a press is loaded then.
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-opens]"))
  button.addEventListener("click", () =>
    import("./open-tool.ts").then(
      ({ openTool }) => openTool(button),
      () => {
        button.textContent = "It can't be loaded: try again";
      },
    ),
  );

const opener = document.querySelector<HTMLButtonElement>("[data-search]");
const dialog = document.querySelector<HTMLDialogElement>("dialog.search");
const status = dialog?.querySelector("[role=status]");
if (opener !== null && dialog !== null && status != null) {
  let isStarted = false;
  const open = async (): Promise<void> => {
    // At once, so that the field takes every key from now on. What finds is loaded behind it, and reads the field then.
    dialog.showModal();
    dialog.querySelector("input")?.select();
    if (isStarted) return;
    isStarted = true;
    status.textContent = "Loading the search …";
    try {
      const { startSearch } = await import("./search.ts");
      startSearch(dialog, opener.dataset["search"] ?? "/");
    } catch {
      isStarted = false;
      status.textContent = "The search can't be loaded. Load this page again to try once more.";
    }
  };
  opener.addEventListener("click", open);
  dialog.querySelector("button")?.addEventListener("click", () => dialog.close());
  document.addEventListener("keydown", (event) => {
    const typing =
      event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    const withModifier = event.ctrlKey || event.metaKey;
    const slash = event.key === "/" && !typing && !withModifier && !event.altKey;
    // What most portals answer to as well; it types nothing, so it may come from a field.
    const letter = event.key.toLowerCase() === "k" && withModifier && !event.altKey && !event.shiftKey;
    if ((slash || letter) && !dialog.open) {
      event.preventDefault();
      void open();
    }
  });
}
