import { paint } from "./color.ts";

/** How much of the input has been read; the total is unknown for a pipe. */
export interface Extent {
  readonly done: number;
  readonly total: number | undefined;
}

export interface Progress {
  /** `count` things are done; `extent` says how far that is. */
  update(count: number, extent?: Extent): void;
  /** Removes the bar, or prints the last plain line. */
  stop(): void;
}

const PLAIN_EVERY_MS = 2_000;
const REDRAW_EVERY_MS = 80;
const BAR_WIDTH = 20;

/**
 * Shows how far a long command is: a line redrawn in place where stderr is a terminal, a plain line every two seconds
 * elsewhere. The first output comes at once, so that nobody wonders whether it started.
 */
export function createProgress(stream: NodeJS.WriteStream, label: string): Progress {
  return stream.isTTY && process.env["TERM"] !== "dumb"
    ? liveProgress(stream, label)
    : plainProgress(stream, label);
}

/** Where it gets narrow, the label is cut and not the figures. */
function describe(
  label: string,
  count: number,
  extent: Extent | undefined,
  width = Number.POSITIVE_INFINITY,
): string {
  const share = shareOf(extent);
  const percent = share === undefined ? "" : ` (${Math.floor(share * 100)} %)`;
  const figures = `: ${count.toLocaleString("en")}${percent}`;
  const room = Math.max(1, width - figures.length);
  return `${label.length > room ? `${label.slice(0, room - 1)}…` : label}${figures}`;
}

function shareOf(extent: Extent | undefined): number | undefined {
  if (extent?.total === undefined || extent.total === 0) return undefined;
  return Math.min(1, extent.done / extent.total);
}

function plainProgress(stream: NodeJS.WriteStream, label: string): Progress {
  let printedAt = performance.now();
  stream.write(`${label} …\n`);
  return {
    update(count, extent) {
      if (performance.now() - printedAt < PLAIN_EVERY_MS) return;
      printedAt = performance.now();
      stream.write(`${describe(label, count, extent)}\n`);
    },
    stop() {},
  };
}

function liveProgress(stream: NodeJS.WriteStream, label: string): Progress {
  let drawnAt = 0;
  const draw = (text: string): void => {
    drawnAt = performance.now();
    stream.write(`\r\u001b[2K${text}`);
  };
  draw(paint(stream, "cyan", `${label} …`));
  return {
    update(count, extent) {
      if (performance.now() - drawnAt < REDRAW_EVERY_MS) return;
      const share = shareOf(extent);
      // A terminal that doesn't know its width says 0.
      const width = (stream.columns || 80) - 1 - (share === undefined ? 0 : BAR_WIDTH + 1);
      draw(bar(stream, share) + describe(label, count, extent, width));
    },
    stop() {
      stream.write("\r\u001b[2K");
    },
  };
}

function bar(stream: NodeJS.WriteStream, share: number | undefined): string {
  if (share === undefined) return "";
  const filled = Math.round(share * BAR_WIDTH);
  return `${paint(stream, "cyan", "━".repeat(filled))}${paint(stream, "dim", "━".repeat(BAR_WIDTH - filled))} `;
}
