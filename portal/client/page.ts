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
if (opener !== null) {
  const open = async (): Promise<void> => {
    const { openSearch } = await import("./search.ts");
    openSearch(opener.dataset["search"] ?? "/");
  };
  opener.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const typing =
      event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      void open();
    }
  });
}
