import type { Indicator } from '$lib/api/client';
import type { Kind } from './cells';

/** Lines of a form and headings of an outline while they are put together. Pure. */
export interface LineRow {
  indicator: string;
  name: string;
  measure: string;
  frequency: string;
  kind: Kind;
  whole_year: boolean;
  heading: string;
}
export interface SectionRow {
  code: string;
  title: string;
  guidance: string;
  is_required: boolean;
}

export function lineOf(indicator: Indicator, rows: readonly LineRow[]): LineRow {
  const isThere = rows.some((one) => one.indicator === indicator.code && one.kind === 'actual');
  return {
    indicator: indicator.code, name: indicator.name, measure: indicator.measure_unit, frequency: indicator.frequency ?? '',
    kind: isThere ? 'estimate' : 'actual', whole_year: false, heading: rows.at(-1)?.heading ?? ''
  };
}

/** The next number that no heading has yet. */
export function sectionOf(rows: readonly SectionRow[]): SectionRow {
  let number = rows.length + 1;
  while (rows.some((one) => one.code === `${number}`)) number += 1;
  return { code: `${number}`, title: '', guidance: '', is_required: true };
}

/** The rows with the one at `from` moved by `by`; the same when it cannot go further. */
export function shifted<T>(rows: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  const made = [...rows];
  const [row] = made.splice(from, 1);
  if (row === undefined || to < 0 || to >= rows.length) return [...rows];
  made.splice(to, 0, row);
  return made;
}
