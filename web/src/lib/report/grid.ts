import { editable, type Language } from '$lib/format';
import type { Content } from './steps';

/** Walking through and choosing among the cells of a form, as in a spreadsheet. Pure. */
export type Field = 'cell' | 'remark';
export interface Spot {
  row: number;
  field: Field;
}
/** A range of lines; over both columns when its ends stand in different ones. */
export interface Span {
  from: Spot;
  to: Spot;
}
/** A line as one walks over it: whether it can be typed into, holds something, and was already known. */
export interface Way {
  key: string;
  isOpen: boolean;
  isFilled: boolean;
  isKnown: boolean;
}

const PAGE = 10;

/** The nearest line from `row` in the direction of `step` that `wanted` takes; `row` itself when there is none. */
function nearest(ways: readonly Way[], row: number, step: 1 | -1, wanted: (way: Way) => boolean): number {
  for (let at = row + step; at >= 0 && at < ways.length; at += step) {
    const way = ways[at];
    if (way && wanted(way)) return at;
  }
  return row;
}

export interface Key {
  key: string;
  ctrl: boolean;
  shift: boolean;
}

/** Where a key leads from `row` among lines that can be typed into; null when the key does not walk up or down. */
export function walked(ways: readonly Way[], row: number, { key, ctrl, shift }: Key): number | null {
  const isOpen = (way: Way) => way.isOpen;
  switch (key) {
    case 'Enter': // known figures count as done
      return nearest(ways, row, shift ? -1 : 1, (way) => way.isOpen && !(way.isKnown && way.isFilled));
    case 'ArrowDown':
    case 'ArrowUp': {
      const step = key === 'ArrowDown' ? 1 : -1;
      if (!ctrl) return nearest(ways, row, step, isOpen);
      const empty = nearest(ways, row, step, (way) => way.isOpen && !way.isFilled);
      return empty === row ? nearest(ways, step === 1 ? ways.length : -1, step === 1 ? -1 : 1, isOpen) : empty;
    }
    case 'PageDown':
    case 'PageUp': {
      let at = row;
      for (let i = 0; i < PAGE; i += 1) at = nearest(ways, at, key === 'PageDown' ? 1 : -1, isOpen);
      return at;
    }
    case 'Home':
      return ctrl ? nearest(ways, -1, 1, isOpen) : null;
    case 'End':
      return ctrl ? nearest(ways, ways.length, -1, isOpen) : null;
    default:
      return null;
  }
}

/** The range with its end moved by a key; it goes over lines that cannot be typed into, as copying reads them too. */
export function stretched(span: Span, { key, ctrl }: Key, length: number): Span {
  const { row, field } = span.to;
  const to = (at: number): Span => ({ from: span.from, to: { row: Math.min(Math.max(at, 0), length - 1), field } });
  switch (key) {
    case 'ArrowDown':
      return to(ctrl ? length - 1 : row + 1);
    case 'ArrowUp':
      return to(ctrl ? 0 : row - 1);
    case 'PageDown':
      return to(row + PAGE);
    case 'PageUp':
      return to(row - PAGE);
    case 'ArrowRight':
      return { from: span.from, to: { row, field: 'remark' } };
    case 'ArrowLeft':
      return { from: span.from, to: { row, field: 'cell' } };
    default:
      return span;
  }
}

export const first = (span: Span) => Math.min(span.from.row, span.to.row);
export const last = (span: Span) => Math.max(span.from.row, span.to.row);
export const fieldsOf = (span: Span): Field[] => (span.from.field === span.to.field ? [span.from.field] : ['cell', 'remark']);
export const holds = (span: Span | null, row: number, field: Field) =>
  span !== null && row >= first(span) && row <= last(span) && fieldsOf(span).includes(field);
export const countOf = (span: Span) => (last(span) - first(span) + 1) * fieldsOf(span).length;

/** A cell's figure as a spreadsheet of the same country reads it; a word where it is none. */
export function written(content: Content, value: string | null, language: Language): string {
  if (content.kind === 'not_applicable') return 'kad';
  if (content.kind === 'not_yet') return language === 'vi' ? 'chưa' : 'later';
  return value === null ? content.text : editable(value, language);
}

/** Tab-separated lines, as a spreadsheet takes them. */
export function tabbed(rows: readonly (readonly string[])[]): string {
  const quoted = (text: string) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quoted).join('\t')).join('\r\n');
}
