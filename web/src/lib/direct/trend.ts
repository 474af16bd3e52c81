/** A small chart of a target's way: lines with gaps where nothing is known. Pure geometry; the table beside it is exact. */
export interface Point {
  period: string;
  actual: string | null;
  expected: string | null;
  year_before: string | null;
}
export type Series = 'actual' | 'expected' | 'year_before';

export interface Drawn {
  paths: Record<Series, string>;
  dots: Record<Series, { x: number; y: number; at: number }[]>;
  ticks: { y: number; value: number }[];
  columns: { x: number; period: string }[];
  targetY: number;
}

/** A round step so that about four lines cross the chart. */
export function step(most: number): number {
  if (!(most > 0)) return 1;
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 2.5, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
}

export const PLOT = { width: 640, height: 260, left: 62, right: 16, top: 14, bottom: 30 };

export function drawn(points: readonly Point[], target: string): Drawn {
  const numbers = (series: Series) => points.map((point) => (point[series] === null ? null : Number(point[series])));
  const all = [Number(target), ...(['actual', 'expected', 'year_before'] as const).flatMap((one) => numbers(one).filter((value) => value !== null))];
  const low = Math.min(0, ...all);
  const by = step(Math.max(...all) - low);
  const top = Math.ceil(Math.max(...all, low + by) / by) * by;
  const bottom = Math.floor(low / by) * by;
  const { width, height, left, right, top: above, bottom: below } = PLOT;
  const x = (i: number) => left + 14 + (points.length > 1 ? (i * (width - left - right - 28)) / (points.length - 1) : (width - left - right) / 2);
  const y = (value: number) => above + ((top - value) * (height - above - below)) / (top - bottom);
  const round = (value: number) => Math.round(value * 10) / 10;
  const dotsOf = (series: Series) => numbers(series).flatMap((value, i) => (value === null ? [] : [{ x: round(x(i)), y: round(y(value)), at: i }]));
  const pathOf = (dots: { x: number; y: number; at: number }[]) =>
    dots.map((dot, i) => `${i > 0 && dots[i - 1]?.at === dot.at - 1 ? 'L' : 'M'}${dot.x} ${dot.y}`).join('');
  const dots = { actual: dotsOf('actual'), expected: dotsOf('expected'), year_before: dotsOf('year_before') };
  const ticks = Array.from({ length: Math.round((top - bottom) / by) + 1 }, (_, i) => ({ y: round(y(bottom + i * by)), value: Number((bottom + i * by).toPrecision(12)) }));
  return {
    dots,
    paths: { actual: pathOf(dots.actual), expected: pathOf(dots.expected), year_before: pathOf(dots.year_before) },
    ticks,
    columns: points.map((point, i) => ({ x: round(x(i)), period: point.period })),
    targetY: round(y(Number(target)))
  };
}

export const SMALL = { width: 160, height: 48 };

/** One unit's way and the level of what it was given, small, on a scale shared with the others (`most` at the top). */
export function small(way: readonly (string | null)[], given: string | null, most: number): { path: string; last: { x: number; y: number } | null; givenY: number | null } {
  const { width, height } = SMALL;
  const tenth = (value: number) => Math.round(value * 10) / 10;
  const y = (value: number) => tenth(height - 4 - ((height - 10) * Math.max(0, value)) / most);
  const x = (i: number) => tenth(6 + (way.length > 1 ? (i * (width - 12)) / (way.length - 1) : (width - 12) / 2));
  const dots = way.flatMap((value, i) => (value === null ? [] : [{ x: x(i), y: y(Number(value)), at: i }]));
  const path = dots.map((dot, i) => `${i > 0 && dots[i - 1]?.at === dot.at - 1 ? 'L' : 'M'}${dot.x} ${dot.y}`).join('');
  const last = dots.at(-1);
  return { path, last: last ? { x: last.x, y: last.y } : null, givenY: given === null ? null : y(Number(given)) };
}
