import { reasonOf } from "../../specs/engine/errors/reason.ts";
import liveStyles from "../styles/live.css?url";
import tryStyles from "../styles/try.css?url";

interface Tool {
  /** What is said until it is there. */
  readonly opening: string;
  load(): Promise<(button: HTMLElement) => Promise<HTMLElement>>;
}

const OPENING_SANDBOX = "Opening your sandbox in this page …";

/** What a button on a page opens in its place. */
const TOOLS: Readonly<Record<string, Tool>> = {
  try: {
    opening: OPENING_SANDBOX,
    load: async () => (await import("./try/open-form.ts")).openForm,
  },
  event: {
    opening: OPENING_SANDBOX,
    load: async () => (await import("./events/open-event.ts")).openEvent,
  },
  provoke: {
    opening: OPENING_SANDBOX,
    load: async () => (await import("./provoke/open-provocation.ts")).openProvocation,
  },
  earn: {
    opening: "Loading the engine …",
    load: async () => (await import("./earn/open-earn.ts")).openEarn,
  },
};

/** Loads what a button stands for, with all that it needs, and puts it there. */
export async function openTool(button: HTMLButtonElement): Promise<void> {
  const place = document.createElement("div");
  place.className = "live";
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  place.append(status);
  button.after(place);
  button.disabled = true;
  const known = TOOLS[button.dataset["opens"] ?? ""];
  status.textContent = known?.opening ?? "";
  try {
    addStyles();
    const open = await known?.load();
    const tool = await open?.(button);
    if (tool === undefined) throw new Error("the portal doesn't know it");
    status.remove();
    place.append(tool);
    button.remove();
    tool.querySelector<HTMLElement>("select, input, textarea, button")?.focus();
  } catch (error) {
    status.textContent = `It can't be opened here: ${reasonOf(error)}`;
    button.disabled = false;
    button.addEventListener("click", () => place.remove(), { once: true });
  }
}

// Only those who open it need them, so no page carries them.
function addStyles(): void {
  for (const href of [liveStyles, tryStyles]) {
    if (document.querySelector(`link[href="${href}"]`) !== null) continue;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    document.head.append(link);
  }
}
