/** What every page does with JavaScript on: theme, copy buttons, search. The page is whole without it. */
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

for (const frame of document.querySelectorAll<HTMLElement>(".code[data-copy]")) {
  const code = frame.querySelector("pre");
  const bar = frame.querySelector("header");
  if (code === null || bar === null) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent ?? "");
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 1500);
  });
  bar.append(button);
}

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
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      void open();
    }
  });
}
