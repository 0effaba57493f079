import { firstSentence } from "./markdown.ts";

/** What the fields of one page may come to together; documents that say more are published beside it. */
const MOST_CHARACTERS = 12_000;

/** What a field comes to beside its description: its name, its type, its rules. */
const OF_A_FIELD = 150;

/** How much the fields of one page may still say: beyond it texts are cut to their first sentence. */
export class WordBudget {
  #left: number;

  /** @param spent characters of texts that are shown whatever they say */
  constructor(spent = 0) {
    // Somebody who describes the whole at length still describes its parts.
    this.#left = Math.max(MOST_CHARACTERS - spent, MOST_CHARACTERS / 2);
  }

  /** The Markdown that is shown of a field's description. */
  take(text: string): string {
    this.#left -= OF_A_FIELD;
    const first = text.length <= this.#left ? text : firstSentence(text);
    this.#left -= first.length;
    // An ellipsis in place of one full stop would say that there is more.
    return first.length + 1 >= text.trim().length ? text : `${first} …`;
  }

  /** Whether so many fields more can be described. */
  affords(fields: number): boolean {
    return fields * OF_A_FIELD <= this.#left;
  }
}
