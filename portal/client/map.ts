import { reasonOf } from "../../specs/engine/errors/reason.ts";
import { takeFile } from "./take-file.ts";

/** The reader's own map. What reads, sums and draws is loaded when it is asked for. */
const place = document.querySelector<HTMLElement>("[data-own-map]");
const shown = document.querySelector<HTMLElement>("[data-drawn]");
const status = place?.querySelector("[role=status]");
const button = place?.querySelector("button");

if (place !== null && shown !== null) {
  takeFile(
    place,
    async (text) => (await import("./map/own-map.ts")).showFile(text, shown),
    () => shown.replaceChildren(),
  );
  button?.addEventListener("click", async () => {
    if (status == null) return;
    button.disabled = true;
    status.textContent = "Reading the sandbox in this browser …";
    try {
      status.textContent = await (await import("./map/own-map.ts")).showSandbox(shown);
    } catch (error) {
      status.textContent = `It can't be drawn: ${reasonOf(error)}`;
    }
    button.disabled = false;
  });
}
