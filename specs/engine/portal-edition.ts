/**
 * What the process that makes the pages of one edition of a portal, and whoever serves them, say to each other. An edition
 * is the portal of the documents as they were at one moment; a file is named as in a built portal: `api/index.html`.
 */
export type EditionNews =
  /** Everything that there will be; from now on files can be asked for. */
  | { readonly kind: "ready"; readonly files: readonly string[] }
  /** The answer to an ask. */
  | { readonly kind: "made"; readonly ask: number; readonly content: Uint8Array }
  /** All files are in the edition's folder. */
  | { readonly kind: "written" };

/** Asks for a file before it is written. */
export interface EditionAsk {
  readonly ask: number;
  readonly file: string;
}
