/**
 * A text as one word of a POSIX shell: people paste the commands that they are shown, and what stands in them comes from
 * documents, recordings and answers. Within single quotes nothing is run or filled in.
 */
export const shellWord = (text: string): string =>
  /^[A-Za-z]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** The option of curl that sends a text as the body: after most of them an `@` would name a file of the reader's. */
export const curlData = (body: string, option: "-d" | "--data-binary"): string =>
  `${body.startsWith("@") ? "--data-raw" : option} ${shellWord(body)}`;
