import { html, type SafeHtml } from "./html.ts";

/** A value of one month; a gap where there was nothing to measure. */
export interface Point {
  readonly label: string;
  readonly value?: number;
}

interface PlotOptions {
  readonly title: string;
  /** As a person says a value: `95 %`. */
  readonly words: (value: number) => string;
  readonly target?: number | undefined;
}

const [WIDTH, HEIGHT, TOP, BOTTOM, LEFT, RIGHT] = [320, 110, 12, 20, 6, 6];

/** A line over the months with its target, drawn in proportion from zero; the figures stand in a table beside it. */
export function plot(points: readonly Point[], { title, words, target }: PlotOptions): SafeHtml {
  const known = points.filter((point): point is Required<Point> => point.value !== undefined);
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined) return { html: "" };
  const most = Math.max(...known.map(({ value }) => value), target ?? 0) || 1;
  const x = (place: number): number =>
    points.length === 1 ? WIDTH / 2 : LEFT + (place * (WIDTH - LEFT - RIGHT)) / (points.length - 1);
  const y = (value: number): number => TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM);
  const at = (value: number): string => String(Math.round(value * 10) / 10);
  const dots = points.flatMap(({ value }, place) =>
    value === undefined ? [] : [html`<circle cx="${at(x(place))}" cy="${at(y(value))}" r="3.2"/>`],
  );
  const lines = runsOf(points).map(
    (run) =>
      html`<polyline points="${run.map(({ place, value }) => `${at(x(place))},${at(y(value))}`).join(" ")}"/>`,
  );
  const goal =
    target === undefined
      ? { html: "" }
      : html`<line class="goal" x1="0" x2="${WIDTH}" y1="${at(y(target))}" y2="${at(y(target))}"/>`;
  const said = `${title}: ${words(first.value)} in ${first.label}, ${words(last.value)} in ${last.label}${target === undefined ? "" : `; target ${words(target)}`}.`;
  return html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${said}"><line class="base" x1="0" x2="${WIDTH}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}"/>${goal}${lines}${dots}<text x="${LEFT}" y="${HEIGHT - 5}">${points[0]?.label ?? ""}</text>${points.length > 1 ? html`<text class="end" x="${WIDTH - RIGHT}" y="${HEIGHT - 5}">${points.at(-1)?.label ?? ""}</text>` : { html: "" }}</svg>`;
}

/** Neighbours are joined; a month without a figure breaks the line. */
function runsOf(points: readonly Point[]): readonly (readonly { place: number; value: number }[])[] {
  const runs: { place: number; value: number }[][] = [];
  let open: { place: number; value: number }[] | undefined;
  for (const [place, { value }] of points.entries()) {
    if (value === undefined) open = undefined;
    else if (open !== undefined) open.push({ place, value });
    else {
      open = [{ place, value }];
      runs.push(open);
    }
  }
  return runs.filter((run) => run.length > 1);
}
