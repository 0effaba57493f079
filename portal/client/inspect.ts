import { reasonOf } from "../../specs/engine/errors/reason.ts";

const place = document.querySelector<HTMLElement>("[data-inspect]");
const input = place?.querySelector<HTMLInputElement>("input[type=file]");
const status = place?.querySelector<HTMLElement>("[role=status]");
const shown = document.querySelector<HTMLElement>("[data-inspected]");

async function open(file: File | undefined): Promise<void> {
  if (file === undefined || status == null || shown === null) return;
  status.textContent = `Reading ${file.name} …`;
  try {
    // What reads and shows is loaded for the first file.
    const { show } = await import("./show-inspection.ts");
    status.textContent = show(await file.text(), shown);
  } catch (error) {
    shown.replaceChildren();
    status.textContent = `${file.name} can't be shown. ${reasonOf(error)}`;
  }
}

input?.addEventListener("change", () => void open(input.files?.[0]));

place?.addEventListener("dragover", (event) => {
  event.preventDefault();
  place.classList.add("over");
});
place?.addEventListener("dragleave", () => place.classList.remove("over"));
place?.addEventListener("drop", (event) => {
  event.preventDefault();
  place.classList.remove("over");
  void open(event.dataTransfer?.files[0]);
});
