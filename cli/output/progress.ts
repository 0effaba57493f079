import { paint } from "./color.ts";

export interface Progress {
  /** `done` of `total`, in the unit of the label. */
  update(done: number, total?: number): void;
  /** Removes the bar, or prints the last plain line. */
  stop(): void;
}

const PLAIN_EVERY_MS = 2_000;
const REDRAW_EVERY_MS = 80;

/**
 * Shows how far a long command is: a line redrawn in place where stderr is a terminal, a plain line every two seconds elsewhere.
 * The first output comes at once, so that nobody wonders whether it started.
 */
export function createProgress(stream: NodeJS.WriteStream, label: string): Progress {
  return stream.isTTY && process.env["TERM"] !== "dumb"
    ? liveProgress(stream, label)
    : plainProgress(stream, label);
}

function describe(label: string, done: number, total: number | undefined): string {
  if (total === undefined) return `${label}: ${done.toLocaleString("en")}`;
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  return `${label}: ${done.toLocaleString("en")} of ${total.toLocaleString("en")} (${percent} %)`;
}

function plainProgress(stream: NodeJS.WriteStream, label: string): Progress {
  let printedAt = performance.now();
  let last: string | undefined;
  let printed: string | undefined;
  stream.write(`${label} …\n`);
  return {
    update(done, total) {
      last = describe(label, done, total);
      if (performance.now() - printedAt < PLAIN_EVERY_MS) return;
      printedAt = performance.now();
      printed = last;
      stream.write(`${last}\n`);
    },
    stop() {
      if (last !== undefined && last !== printed) stream.write(`${last}\n`);
    },
  };
}

function liveProgress(stream: NodeJS.WriteStream, label: string): Progress {
  let drawnAt = 0;
  let pending: string | undefined;
  const draw = (text: string): void => {
    drawnAt = performance.now();
    stream.write(`\r\u001b[2K${text.slice(0, Math.max(10, stream.columns - 1))}`);
  };
  draw(paint(stream, "cyan", `${label} …`));
  return {
    update(done, total) {
      pending = withBar(stream, describe(label, done, total), done, total);
      if (performance.now() - drawnAt >= REDRAW_EVERY_MS) draw(pending);
    },
    stop() {
      stream.write("\r\u001b[2K");
    },
  };
}

function withBar(stream: NodeJS.WriteStream, text: string, done: number, total: number | undefined): string {
  if (total === undefined || total === 0) return text;
  const width = 20;
  const filled = Math.round((Math.min(done, total) / total) * width);
  return `${paint(stream, "cyan", "━".repeat(filled))}${paint(stream, "dim", "━".repeat(width - filled))} ${text}`;
}
