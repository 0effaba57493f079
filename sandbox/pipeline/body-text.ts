/** The text of a body; a long one in pieces, in their order, so that nobody has to make or send it at once. */
export type BodyText = string | readonly string[];

export const wholeText = (text: BodyText): string => (typeof text === "string" ? text : text.join(""));

/** In characters. */
export const lengthOf = (text: BodyText): number =>
  typeof text === "string" ? text.length : text.reduce((sum, piece) => sum + piece.length, 0);

/** The bytes of pieces, each made when it is read. */
export function streamOfPieces(pieces: readonly string[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = pieces[next++];
      if (piece === undefined) controller.close();
      else controller.enqueue(encoder.encode(piece));
    },
  });
}
