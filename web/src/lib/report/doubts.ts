import type { Report } from '$lib/api/client';
import { keyOf } from './cells';

/** What is doubtful in a report, as people are told of it. Pure. */
export type Doubt = Report['doubts'][number];
export type Standing = 'blocks' | 'explain' | 'explained' | 'note';

/** Shapes beside the words, so that colour never speaks alone. */
export const MARKS: Record<Standing, string> = { blocks: '✕', explain: '⚠', explained: '✓', note: '△' };
const ORDER: Standing[] = ['blocks', 'explain', 'note'];

export const standingOf = (doubt: Doubt): Standing => (doubt.severity === 'explain' && doubt.explanation !== null ? 'explained' : doubt.severity);

/** What stops the report first; explaining one does not move it away under the reader. */
export const inOrder = (doubts: readonly Doubt[]): Doubt[] =>
  doubts.map((doubt, i) => ({ doubt, i })).sort((a, b) => ORDER.indexOf(a.doubt.severity) - ORDER.indexOf(b.doubt.severity) || a.i - b.i).map(({ doubt }) => doubt);

export const isOpen = (doubt: Doubt): boolean => ['blocks', 'explain'].includes(standingOf(doubt));

export const keysOf = (doubt: Doubt): string[] => doubt.cells.map((cell) => keyOf(cell.indicator, cell.kind));

/** The doubts about one line of the form, the gravest first. */
export const aboutLine = (doubts: readonly Doubt[], key: string): Doubt[] => inOrder(doubts).filter((doubt) => keysOf(doubt).includes(key));

/** An id for the page: codes hold colons and spaces. */
export const placeOfDoubt = (code: string): string => `doubt-${code.replace(/[^\p{L}\p{N}]+/gu, '-')}`;
