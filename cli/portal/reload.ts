/**
 * Tells pages that are open that there is a newer edition. Only those that are in sight listen: a browser has few
 * connections to one server, and a page that comes into sight again hears at once whether it is old.
 */
export class Reload {
  readonly #listeners = new Set<ReadableStreamDefaultController<string>>();
  #edition = "";

  /** From now on pages are of this edition; those of another load themselves anew. */
  tell(edition: string): void {
    this.#edition = edition;
    for (const listener of this.#listeners) listener.enqueue(this.#message());
  }

  /** A stream of server-sent events, whose data is the edition: the one that is shown, then each that takes its place. */
  listen(signal: AbortSignal): Response {
    let own: ReadableStreamDefaultController<string>;
    const leave = (): void => void this.#listeners.delete(own);
    const stream = new ReadableStream<string>({
      start: (controller) => {
        own = controller;
        this.#listeners.add(controller);
        controller.enqueue(`retry: 500\n${this.#message()}`);
      },
      cancel: leave,
    });
    signal.addEventListener("abort", leave);
    const headers = { "content-type": "text/event-stream", "cache-control": "no-store" };
    return new Response(stream.pipeThrough(new TextEncoderStream()), { headers });
  }

  /** A page with what makes it listen; a file of its own, since the policy of our pages lets no script stand in them. */
  addTo(page: string, place: string): string {
    return page.replace(
      "</head>",
      `<script async src="${place}" data-edition="${this.#edition}"></script></head>`,
    );
  }

  #message(): string {
    return `data: ${this.#edition}\n\n`;
  }
}

/** The script, which finds its stream beside itself. */
export const LISTENER = `const { src, dataset } = document.currentScript;
let source;
function listen() {
  source?.close();
  if (document.hidden) return;
  source = new EventSource(new URL("editions", src));
  source.onmessage = ({ data }) => {
    if (data === dataset.edition) return;
    source.close();
    location.reload();
  };
}
document.addEventListener("visibilitychange", listen);
listen();
`;
