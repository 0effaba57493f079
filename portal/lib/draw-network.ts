import { html, type SafeHtml } from "./html.ts";

/** Who pays whom, to be drawn. Links name parties by their ids. */
export interface Network {
  readonly title: string;
  readonly parties: readonly { readonly id: string; readonly name: string; readonly role: string }[];
  readonly links: readonly NetworkLink[];
}

interface NetworkLink {
  readonly from: string;
  readonly to: string;
  /** How much goes there, of the link with most: from 0 to 1. All links are alike where it is left out. */
  readonly share?: number;
}

interface Place {
  readonly column: number;
  readonly x: number;
  readonly y: number;
}

const WIDTH = 176;
const HEIGHT = 44;
const ACROSS = 72;
const DOWN = 18;
const EDGE = 12;
const TIP = 8;

/** From who pays first on the left to who is paid last on the right; the same network is the same drawing. */
export function drawNetwork({ title, parties, links }: Network): SafeHtml {
  const places = placesOf(parties.map(({ id }) => id).sort(), links);
  const all = [...places.values()];
  const width = Math.max(...all.map(({ x }) => x)) + WIDTH + EDGE + ACROSS / 2;
  const height = Math.max(...all.map(({ y }) => y)) + HEIGHT + EDGE;
  const lines = links.map(({ from, to, share }) => {
    const [start, end] = [places.get(from), places.get(to)];
    return start === undefined || end === undefined ? { html: "" } : drawLink(start, end, widthOf(share));
  });
  const boxes = parties.map(({ id, name, role }) => {
    const { x = 0, y = 0 } = places.get(id) ?? {};
    const middle = x + WIDTH / 2;
    return html`<rect class="box" x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="5"/><text class="who" x="${middle}" y="${y + 19}" text-anchor="middle">${clip(name, 24)}</text><text class="quiet" x="${middle}" y="${y + 35}" text-anchor="middle">${clip(role, 26)}</text>`;
  });
  return html`<svg role="img" aria-label="${title}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${lines}${boxes}</svg>`;
}

/** A column for each step from those whom nobody pays. */
function placesOf(ids: readonly string[], links: Network["links"]): ReadonlyMap<string, Place> {
  const columns = new Map<string, number>();
  const paid = new Set(links.map(({ to }) => to));
  const first = ids.filter((id) => !paid.has(id));
  let next = first.length > 0 ? first : ids.slice(0, 1);
  for (let column = 0; columns.size < ids.length; column += 1) {
    // Those who pay only each other begin a row of columns of their own.
    if (next.length === 0) next = ids.filter((id) => !columns.has(id)).slice(0, 1);
    for (const id of next) columns.set(id, column);
    next = ids.filter(
      (id) => !columns.has(id) && links.some(({ from, to }) => to === id && columns.has(from)),
    );
  }
  const members = Object.values(Object.groupBy(ids, (id) => columns.get(id) ?? 0));
  const tallest = Math.max(...members.map((column) => column?.length ?? 0));
  return new Map(
    members.flatMap((column = []) =>
      column.map((id, row): [string, Place] => {
        const at = columns.get(id) ?? 0;
        const above = ((tallest - column.length) * (HEIGHT + DOWN)) / 2;
        return [id, { column: at, x: EDGE + at * (WIDTH + ACROSS), y: EDGE + above + row * (HEIGHT + DOWN) }];
      }),
    ),
  );
}

/** Forwards from the right side of one box to the left side of another; within a column round its right, backwards from left to right. */
function drawLink(from: Place, to: Place, width: string): SafeHtml {
  const forwards = to.column > from.column;
  const within = to.column === from.column;
  const startX = from.x + (forwards || within ? WIDTH : 0);
  const way = forwards ? 1 : -1;
  const endX = to.x + (forwards ? 0 : WIDTH);
  const [startY, endY] = [from.y + HEIGHT / 2, to.y + HEIGHT / 2];
  const bend = ACROSS / 2;
  const leaving = startX + (forwards || within ? bend : -bend);
  const arriving = endX - way * bend;
  return html`<path class="call${width}" fill="none" d="M${startX} ${startY}C${leaving} ${startY} ${arriving} ${endY} ${endX - way * TIP} ${endY}"/><path class="tip" d="M${endX} ${endY}l${-TIP * way} -4v8z"/>`;
}

/** One of four widths; each is for links with a quarter of the one above it. */
function widthOf(share: number | undefined): string {
  if (share === undefined) return "";
  return ` w${1 + [1 / 64, 1 / 16, 1 / 4].filter((least) => share >= least).length}`;
}

const clip = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
