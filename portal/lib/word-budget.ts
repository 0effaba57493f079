import { firstSentence } from "./markdown.ts";

/** What the fields of one page may say together; documents that say more are published beside it. */
const MOST_CHARACTERS = 8000;

/** How much the texts of one page may still say: beyond it each is cut to its first sentence. */
export class WordBudget {
  #left: number;

  /** @param spent characters of texts that are shown whatever they say */
  constructor(spent = 0) {
    // Somebody who describes the whole at length still describes its parts.
    this.#left = Math.max(MOST_CHARACTERS - spent, MOST_CHARACTERS / 2);
  }

  /** The Markdown that is shown of a text. */
  take(text: string): string {
    if (text.length <= this.#left) {
      this.#left -= text.length;
      return text;
    }
    const first = firstSentence(text);
    this.#left = Math.max(0, this.#left - first.length);
    return first.length + 1 >= text.trim().length ? text : `${first} …`;
  }
}
