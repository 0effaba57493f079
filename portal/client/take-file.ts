import { reasonOf } from "../../specs/engine/errors/reason.ts";

/** A browser's longest text is about 540 million characters. */
const MOST_BYTES = 500_000_000;

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
    // A large file keeps the page busy: this has to be on the screen before.
    await new Promise((resolve) => setTimeout(resolve, 50));
    try {
      if (file.size > MOST_BYTES)
        throw new Error(
          `It has ${Math.round(file.size / 1e6)} MB, and a page reads ${MOST_BYTES / 1e6} at most.`,
        );
      status.textContent = await open(await file.text(), file);
    } catch (error) {
      failed();
      status.textContent = `${file.name} can't be shown. ${reasonOf(error)}${fixOf(error)}`;
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

/** What an EcoError says there is to do: its class would bring all codes into the page before any file is chosen. */
const fixOf = (error: unknown): string =>
  error instanceof Error && "fix" in error && typeof error.fix === "string" ? ` ${error.fix}` : "";
