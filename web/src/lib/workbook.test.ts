import { describe, expect, it } from 'vitest';
import { atFirst, keyOf, sent, shown, standing, toTake, waysOf, weighed, type Reading, type ReturnedCell, type ReturnedFile } from './workbook';

const cell = (indicator: string, over: Partial<ReturnedCell> = {}): ReturnedCell => ({
  indicator, kind: 'actual', name: indicator, measure_unit: 'người', verdict: 'new', place: 'H9', shown: '5', state: 'value', value: '5',
  readings: [], remark: null, now: { state: 'blank', value: null, remark: '' }, reasons: [], ...over
});
const told = { code: 'workbook.formula', field: 'H9', args: [], detail_vi: '', detail_en: '' };
const reading = (cells: ReturnedCell[]): Reading => ({
  report: 1, unit: { id: 1, code: '1', name: 'X' }, period: '2022-04', revision: 3, downloaded_revision: 3,
  counts: { same: 0, new: 0, doubtful: 0, refused: 0 }, told: [], cells
});

describe('a returned workbook', () => {
  const all = reading([
    cell('A'),
    cell('B', { verdict: 'same' }),
    cell('C', { verdict: 'same', reasons: [told] }),
    cell('D', { verdict: 'doubtful', readings: ['1234', '1.234'], reasons: [told] }),
    cell('E', { verdict: 'refused', reasons: [told] }),
    cell('F', { state: 'not_yet', value: null, remark: 'chờ sổ' }),
    cell('G', { verdict: 'doubtful', state: 'blank', value: null, reasons: [told] })
  ]);
  it('shows what waits for a person first and leaves out what is the same', () => {
    expect(shown(all).map((one) => one.indicator)).toEqual(['E', 'D', 'G', 'A', 'F', 'C']);
  });
  it('takes at first only what is new', () => {
    expect(sent(all, atFirst(all))).toEqual([
      { indicator: 'A', kind: 'actual', state: 'value', value: '5' },
      { indicator: 'F', kind: 'actual', state: 'not_yet', remark: 'chờ sổ' }
    ]);
  });
  it('takes a doubt only as one of its readings, and a refused cell never', () => {
    expect(sent(all, { 'D|actual': '1.234', 'E|actual': '5', 'G|actual': 'blank' })).toEqual([
      { indicator: 'D', kind: 'actual', state: 'value', value: '1.234' },
      { indicator: 'G', kind: 'actual', state: 'blank' }
    ]);
    expect(sent(all, { 'D|actual': '99' })).toEqual([]);
    expect(waysOf(cell('E', { verdict: 'refused' }))).toEqual([]);
    expect(keyOf(cell('A', { kind: 'estimate' }))).toBe('A|estimate');
  });
});

describe('many workbooks that came back', () => {
  const file = (name: string, over: Partial<ReturnedFile> = {}): ReturnedFile => ({
    name, report: 1, unit: { id: 7, code: '7', name: 'X' }, counts: { same: 0, new: 3, doubtful: 0, refused: 0 },
    is_read: true, is_clear: true, is_taken: false, told: [], told_more: 0, refusals: [], ...over
  });
  const files = [
    file('e', { is_taken: true }), file('d'), file('c', { counts: { same: 3, new: 0, doubtful: 0, refused: 0 } }),
    file('b', { is_clear: false, told: [told] }), file('a', { is_read: false, is_clear: false, report: null, unit: null, refusals: [told] })
  ];
  it('puts what waits for a person first', () => {
    expect(weighed(files).map((one) => [one.name, standing(one)])).toEqual([['a', 'refused'], ['b', 'asks'], ['d', 'clear'], ['e', 'taken'], ['c', 'same']]);
  });
  it('takes only clear files of units one writes for', () => {
    expect(toTake(files, new Set([7])).map((one) => one.name)).toEqual(['d']);
    expect(toTake(files, new Set([8]))).toEqual([]);
  });
});
