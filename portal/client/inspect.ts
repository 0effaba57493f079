import { takeFile } from "./take-file.ts";

const place = document.querySelector<HTMLElement>("[data-inspect]");
const shown = document.querySelector<HTMLElement>("[data-inspected]");

if (place !== null && shown !== null)
  takeFile(
    place,
    // What reads and shows is loaded for the first file.
    async (text) => (await import("./show-inspection.ts")).show(text, shown),
    () => shown.replaceChildren(),
  );
