import { reasonOf } from "../../specs/engine/errors/reason.ts";

/**
 * Lets a reader choose a file in a place's input, or drop it on the place.
 * @param open gives what to say of it; what it throws is said with the file's name, after `failed`
 */
export function takeFile(
  place: HTMLElement,
  open: (text: string, file: File) => Promise<string>,
  failed: () => void,
): void {
  const input = place.querySelector<HTMLInputElement>("input[type=file]");
  const status = place.querySelector<HTMLElement>("[role=status]");
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined || status === null) return;
    status.textContent = `Reading ${file.name} …`;
    try {
      status.textContent = await open(await file.text(), file);
    } catch (error) {
      failed();
      status.textContent = `${file.name} can't be shown. ${reasonOf(error)}`;
    }
  };
  input?.addEventListener("change", () => void take(input.files?.[0]));
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    void take(event.dataTransfer?.files[0]);
  });
}
