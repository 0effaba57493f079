import { reasonOf } from "../../specs/engine/errors/reason.ts";

/** The calculators of a rate card. Engine, documents and what shows a receipt are loaded when a reader first calculates. */
for (const box of document.querySelectorAll<HTMLElement>(".calculator")) {
  const form = box.querySelector("form");
  if (form === null) continue;
  const run = async (): Promise<void> => {
    try {
      const { calculate } = await import("./run-calculator.ts");
      await calculate(box, form);
    } catch (error) {
      const place = box.querySelector("[data-receipt]");
      if (place !== null) place.textContent = `The calculator can't be loaded: ${reasonOf(error)}`;
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run();
  });
  form.addEventListener("change", run);
}
