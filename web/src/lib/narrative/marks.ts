import type { components } from '$lib/api/schema';
import { figure, type Language } from '$lib/format';

/** Figures in text: docs/formats/figures-in-text.md. */
export type Block = components['schemas']['Block'];
export type Span = components['schemas']['Span'];
type Cell = Pick<components['schemas']['Cell'], 'indicator' | 'kind' | 'value' | 'state' | 'previous' | 'year_before'>;

export interface Part {
  text: string;
  /** The indicator's code; empty for plain words. */
  code: string;
  kind: string;
  withUnit: boolean;
}

const MARK = /\{\{\s*(?:([^{}!+]+)!)?\s*([^{}@:!+]+?)\s*(?:@\s*([0-9A-Z-]+))?\s*(?::\s*([a-z_]+))?\s*(\+unit)?\s*\}\}/g;

export function partsOf(text: string): Part[] {
  const made: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(MARK)) {
    if (match.index > from) made.push({ text: text.slice(from, match.index), code: '', kind: '', withUnit: false });
    const isOwn = match[1] === undefined && match[3] === undefined;
    made.push({ text: match[0], code: isOwn ? (match[2] ?? '') : '', kind: match[4] ?? 'actual', withUnit: match[5] !== undefined });
    from = match.index + match[0].length;
  }
  if (from < text.length) made.push({ text: text.slice(from), code: '', kind: '', withUnit: false });
  return made;
}

export interface Shown {
  text: string;
  isFigure: boolean;
}

/** What is typed as it will read, as far as the report's own cells tell; other marks stay as they are until saved. */
export function preview(text: string, cells: Cell[], language: Language, none: string): Shown[] {
  return partsOf(text).map((part) => {
    const lines = cells.filter((one) => one.indicator.code === part.code);
    const cell = lines.find((one) => one.kind !== 'estimate') ?? lines[0];
    const values: Record<string, string | null> | null = cell ? { actual: cell.kind === 'estimate' ? null : cell.value, estimate: lines.find((one) => one.kind === 'estimate')?.value ?? null, previous: cell.previous, year_before: cell.year_before } : null;
    if (!cell || !values || !(part.kind in values)) return { text: part.text, isFigure: part.text.startsWith('{{') };
    const value = values[part.kind] ?? null;
    if (value === null) return { text: none, isFigure: true };
    const unit = part.withUnit ? (cell.indicator.measure_unit === '%' ? '%' : ` ${cell.indicator.measure_unit}`) : '';
    return { text: figure(value, language) + unit, isFigure: true };
  });
}

/** The paragraphs of what is typed, one a line. */
export const paragraphs = (text: string) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

export const textOf = (blocks: { text: string }[]) => blocks.map((block) => block.text).join('\n');

/** Where a mark ends at the caret: its first place, so that it goes as one; -1 for none. */
export function markBefore(text: string, caret: number): number {
  if (!text.slice(0, caret).endsWith('}}')) return -1;
  const begin = text.lastIndexOf('{{', caret - 2);
  return begin >= 0 && partsOf(text.slice(begin, caret)).length === 1 ? begin : -1;
}
