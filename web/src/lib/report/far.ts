import type { Cell } from '$lib/api/client';
import type { Draft, Drafts } from '$lib/drafts';
import { editable, figure, stateTyped, type Language } from '$lib/format';
import { cellKey, keyOf, type Kind } from './cells';

/** What is typed and not saved, kept by the program beside this machine: it outlives the machine. Pure. */
export interface FarCell {
  indicator: string;
  kind: Kind;
  typed: string;
  remark: string;
}
export interface FarDraft {
  at: string;
  cells: FarCell[];
}
/** Something the program kept that this machine does not have. */
export interface Offer {
  key: string;
  text: string;
  kind: Draft['kind'];
  remark: string;
}

const WORDS: Record<Draft['kind'], string | null> = { value: null, blank: '', not_applicable: 'kad', not_yet: 'chưa' };
const LONGEST_TEXT = 200;
const LONGEST_REMARK = 1000;

/** The lines with something unsaved, and what was offered and is not decided on: an offer is no reason to lose it. */
export function sentOf(cells: readonly Cell[], rows: Record<string, Omit<Offer, 'key'> & { dirty: boolean }>, offers: readonly Offer[]): FarCell[] {
  const made: FarCell[] = [];
  for (const cell of cells) {
    const key = cellKey(cell);
    const row = rows[key];
    const typed = row?.dirty ? row : offers.find((one) => one.key === key);
    if (!typed) continue;
    const text = WORDS[typed.kind] ?? typed.text;
    made.push({ indicator: cell.indicator.code, kind: cell.kind ?? 'actual', typed: text.slice(0, LONGEST_TEXT), remark: typed.remark.slice(0, LONGEST_REMARK) });
  }
  return made;
}

const same = (one: Omit<Offer, 'key'>, other: Omit<Offer, 'key'>) =>
  one.kind === other.kind && one.remark === other.remark && (one.kind !== 'value' || one.text.trim() === other.text.trim());

/** Whether `typed` says what the cell holds already, in either language's writing. */
function isSaved(typed: Offer, cell: Cell): boolean {
  if (typed.kind !== cell.state || typed.remark !== cell.remark) return false;
  const readings = (['vi', 'en'] as Language[]).flatMap((one) => [editable(cell.value, one), figure(cell.value, one)]);
  return typed.kind !== 'value' || readings.includes(typed.text.trim());
}

/**
 * What is worth offering of the program's draft: lines that can still be entered, whose typed text is neither saved
 * nor on this machine, and where this machine has nothing newer.
 */
export function offersOf(far: FarDraft | null, local: Drafts, cells: readonly Cell[]): Offer[] {
  const made: Offer[] = [];
  for (const one of far?.cells ?? []) {
    const key = keyOf(one.indicator, one.kind);
    const cell = cells.find((other) => cellKey(other) === key);
    if (!far || !cell || cell.is_locked) continue;
    const offer: Offer = { key, text: one.typed, kind: stateTyped(one.typed) ?? 'value', remark: one.remark };
    if (offer.kind !== 'value') offer.text = '';
    const here = local[key];
    if (isSaved(offer, cell)) continue;
    if (here && (same(offer, here) || (here.at ?? '') >= far.at)) continue;
    made.push(offer);
  }
  return made;
}
