import { html, type SafeHtml } from "./html.ts";

/** One arrow of a sequence diagram. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly note?: string;
  readonly kind: "call" | "answer" | "event";
}

export interface Sequence {
  readonly title: string;
  /** Names over the lifelines, left to right. */
  readonly lanes: readonly string[];
  readonly arrows: readonly Arrow[];
}

/** Lanes stand wide apart while there are few, closer when there are many. */
const WIDEST = 420;
const NARROWEST = 210;
const ROOM = 700;
const LEFT = 100;
const HEAD = 54;
const ROW = 42;

/** A sequence diagram as inline SVG: classes only, since the page's policy allows no inline style. */
export function drawSequence({ title, lanes, arrows }: Sequence): SafeHtml {
  const gap = Math.max(NARROWEST, Math.min(WIDEST, Math.floor(ROOM / Math.max(1, lanes.length - 1))));
  const width = LEFT * 2 + gap * (lanes.length - 1);
  const height = HEAD + ROW * arrows.length + 30;
  const x = (lane: number): number => LEFT + lane * gap;
  const heads = lanes.map(
    (name, lane) =>
      html`<line class="life" x1="${x(lane)}" x2="${x(lane)}" y1="40" y2="${height - 8}"/><rect class="box" x="${x(lane) - 96}" y="6" width="192" height="34" rx="5"/><text class="who" x="${x(lane)}" y="28" text-anchor="middle">${clip(name, 27)}</text>`,
  );
  const rows = arrows.map((arrow, row) => drawArrow(arrow, x, HEAD + 22 + row * ROW));
  return html`<svg role="img" aria-label="${title}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${heads}${rows}</svg>`;
}

function drawArrow(arrow: Arrow, x: (lane: number) => number, y: number): SafeHtml {
  const tip = arrow.kind === "call" ? "tip" : arrow.kind === "answer" ? "tip2" : "tip3";
  const from = x(arrow.from);
  if (arrow.from === arrow.to) {
    const path = `M${from} ${y - 6}h34v14h-28`;
    return html`<path class="${arrow.kind}" d="${path}" fill="none"/><path class="${tip}" d="M${from} ${y + 8}l7 -4v8z"/><text x="${from + 42}" y="${y + 4}">${clip(arrow.label, 34)}</text>`;
  }
  const to = x(arrow.to);
  const way = to > from ? 1 : -1;
  const middle = (from + to) / 2;
  const room = Math.floor(Math.abs(to - from) / 7) + 2;
  const note =
    arrow.note === undefined
      ? ""
      : html`<text class="quiet" x="${middle}" y="${y + 13}" text-anchor="middle">${clip(arrow.note, room)}</text>`;
  return html`<line class="${arrow.kind}" x1="${from}" x2="${to - way * 7}" y1="${y}" y2="${y}"/><path class="${tip}" d="M${to} ${y}l${-8 * way} -4v8z"/><text x="${middle}" y="${y - 6}" text-anchor="middle"${arrow.kind === "answer" ? html` class="quiet"` : ""}>${clip(arrow.label, room)}</text>${note}`;
}

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}
