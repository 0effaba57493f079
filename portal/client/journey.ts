import { reasonOf } from "../../specs/engine/errors/reason.ts";

/** The button that runs a journey here. Sandbox and runner are loaded when it is pressed, not before. */
for (const box of document.querySelectorAll<HTMLElement>("[data-journey]")) {
  const button = box.querySelector<HTMLButtonElement>("button");
  const status = box.querySelector<HTMLElement>("[role=status]");
  const list = box.querySelector<HTMLElement>("ol");
  if (button === null || status === null || list === null) continue;
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = "Starting a sandbox in this page …";
    list.replaceChildren();
    try {
      const { runHere } = await import("./run-journey.ts");
      status.textContent = await runHere(box.dataset["journey"] ?? "", list);
    } catch (error) {
      status.textContent = `It can't be run here: ${reasonOf(error)}`;
    }
    button.disabled = false;
    button.textContent = "Run again";
  });
}
