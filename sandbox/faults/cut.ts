/**
 * The answer that there is none: every host makes a network error of it. It is `Response.error()`, and an instance of the
 * global `Response` also where a host has put a class of its own in its place, since MSW asks for that.
 */
export function cutConnection(): Response {
  const answer = Response.error();
  if (answer instanceof Response) return answer;
  return Object.defineProperties(new Response(null), {
    type: { value: "error" },
    status: { value: 0 },
    ok: { value: false },
  });
}

const cutShort = new WeakSet<Response>();

/** Marks an answer whose body ends in an error, for hosts whose server would answer with the error itself. */
export function markCutShort(answer: Response): Response {
  cutShort.add(answer);
  return answer;
}

export const isCutShort = (answer: Response): boolean => cutShort.has(answer);

/** The bytes of an answer as far as they come, and the same answer to pass on: whole, cut short, or none at all. */
export async function readAnswer(
  answer: Response,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly answer: Response }> {
  const nothing = new Uint8Array(0);
  if (answer.status === 0 || answer.body === null) return { bytes: nothing, answer };
  if (!isCutShort(answer)) {
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { bytes, answer: new Response(bytes.length === 0 ? null : bytes, answer) };
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> = answer.body.getReader();
  for (;;) {
    const { value } = await reader.read().catch(() => ({ value: undefined }));
    if (value === undefined) break;
    chunks.push(value);
  }
  const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
  return { bytes, answer: markCutShort(new Response(endingInError(bytes), answer)) };
}

/** A body that breaks off after these bytes. */
function endingInError(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) return controller.error(new Error("A fault rule cut the connection."));
      sent = true;
      controller.enqueue(bytes);
    },
  });
}
