import type { components } from './api/schema';

/** What a returned workbook says and what a person takes of it. Pure. */
export type Reading = components['schemas']['WorkbookReading'];
export type ReturnedCell = components['schemas']['ReturnedCell'];

/** What is larger is no workbook of ours; the program says so too. */
export const MOST_BYTES = 4 * 1024 * 1024;

/** A cell's place among those chosen: code and kind, as the workbook knows it. */
export const keyOf = (cell: ReturnedCell): string => `${cell.indicator}|${cell.kind}`;

/** What is chosen of each cell: a value, or a state; none when it is left out. */
export type Chosen = Record<string, string>;

/** The ways one cell can be taken: its reading, or each reading of an ambiguous one. */
export function waysOf(cell: ReturnedCell): string[] {
  if (cell.verdict !== 'new' && cell.verdict !== 'doubtful') return [];
  if (cell.readings.length > 1) return cell.readings;
  if (cell.readings.length === 1) return [cell.readings[0]!];
  return [cell.state === 'value' ? (cell.value ?? '') : cell.state];
}

/** At first what is new and nobody need look at. */
export function atFirst(reading: Reading): Chosen {
  const chosen: Chosen = {};
  for (const cell of reading.cells) if (cell.verdict === 'new') chosen[keyOf(cell)] = waysOf(cell)[0] ?? '';
  return chosen;
}

/** Cells worth showing: those that differ, and those of which something is told; what waits for a person first. */
export function shown(reading: Reading): ReturnedCell[] {
  const order = ['refused', 'doubtful', 'new', 'same'];
  return reading.cells
    .filter((cell) => cell.verdict !== 'same' || cell.reasons.length > 0)
    .map((cell, i) => ({ cell, i }))
    .sort((a, b) => order.indexOf(a.cell.verdict) - order.indexOf(b.cell.verdict) || a.i - b.i)
    .map(({ cell }) => cell);
}

/** The chosen cells as the entry page sends cells. */
export function sent(reading: Reading, chosen: Chosen): Record<string, string>[] {
  const made: Record<string, string>[] = [];
  for (const cell of reading.cells) {
    const way = chosen[keyOf(cell)];
    if (way === undefined || !waysOf(cell).includes(way)) continue;
    const isState = way === 'blank' || way === 'not_applicable' || way === 'not_yet';
    const one: Record<string, string> = { indicator: cell.indicator, kind: cell.kind, state: isState ? way : 'value' };
    if (!isState) one.value = way;
    if (cell.remark !== null) one.remark = cell.remark;
    made.push(one);
  }
  return made;
}

/** One of many that came back. */
export type ReturnedFile = components['schemas']['ReturnedFile'];

/** The largest zip that can be sent, in bytes. */
export const MOST_ZIP_BYTES = 16 * 1024 * 1024;

/** What became of a file, or will: it waits for a person, cannot be read, is clear, changes nothing, was taken. */
export function standing(one: ReturnedFile): 'refused' | 'asks' | 'clear' | 'same' | 'taken' {
  if (one.is_taken) return 'taken';
  if (one.refusals.length > 0 || !one.is_read) return 'refused';
  if (!one.is_clear) return 'asks';
  return one.counts.new > 0 ? 'clear' : 'same';
}

/** What waits for a person first, then by name. */
export function weighed(files: readonly ReturnedFile[]): ReturnedFile[] {
  const order = ['refused', 'asks', 'clear', 'taken', 'same'];
  return [...files].sort((a, b) => order.indexOf(standing(a)) - order.indexOf(standing(b)) || (a.name < b.name ? -1 : 1));
}

/** The clear files of units one writes for: a report is entered by its own unit and nobody else. */
export const toTake = (files: readonly ReturnedFile[], own: ReadonlySet<number>): ReturnedFile[] =>
  files.filter((one) => standing(one) === 'clear' && one.unit !== null && own.has(one.unit.id));
