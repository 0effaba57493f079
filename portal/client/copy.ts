/** How long the button says what became of the press. */
const SAID_MS = 1500;

/** Gives every block of code a button that copies it: in the bar above the code where there is one, else in its corner. */
export function addCopyButtons(page: ParentNode): void {
  for (const code of page.querySelectorAll<HTMLElement>(".code > pre, .prose pre, .run pre")) {
    const bar = code.parentElement?.querySelector(":scope > header") ?? frameOf(code);
    bar.append(copyButton(code));
  }
}

function frameOf(code: HTMLElement): HTMLElement {
  const frame = document.createElement("div");
  frame.className = "framed";
  code.replaceWith(frame);
  frame.append(code);
  return frame;
}

function copyButton(code: HTMLElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  const title = code.getAttribute("aria-label");
  // What is copied, for a reader who meets the button without the code around it.
  if (title !== null) button.title = `Copy: ${title}`;
  button.addEventListener("click", async () => {
    button.textContent = await copied(code);
    setTimeout(() => {
      button.textContent = "Copy";
    }, SAID_MS);
  });
  return button;
}

// The clipboard may be closed to a page; what is selected can still be copied by hand.
async function copied(code: HTMLElement): Promise<string> {
  try {
    await navigator.clipboard.writeText(textOf(code));
    return "Copied";
  } catch {
    getSelection()?.selectAllChildren(code);
    return "Selected: press Ctrl+C";
  }
}

/** What a reader wants in the terminal: of a session on a console the commands, without their prompt and their output. */
function textOf(code: HTMLElement): string {
  const text = code.textContent ?? "";
  if (code.querySelector(".language-console") === null) return text;
  const commands = [...text.matchAll(/^\$ (.*)$/gmu)].map(([, command]) => command);
  return commands.length === 0 ? text : `${commands.join("\n")}\n`;
}
