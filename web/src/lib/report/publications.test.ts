import { expect, test } from 'vitest';
import { cellsUnder, comparable, rowsOf, type FrozenContent, type Publication } from './publications';

const place = (id: number, parent: number | null) => ({ id, code: `${id}`, name: `Đơn vị ${id}`, parent, is_guest: false });
const total = (indicator: string, value: string) => ({ indicator, value, numerator: null, denominator: null, cells_counted: 1, cells_expected: 1, missing: [], excluded: [] });
const cell = (unit: number, indicator: string) => ({ unit, indicator, period: '2021', fact: unit, revision: 1, state: 'value', status: 'accepted', value: '1', remark: '', note: '', by: '', at: '' });
const content: FrozenContent = {
  title: '', unit: 1, period: '2021', on: '2021-12-31',
  indicators: [{ code: 'R', name: 'Tỷ lệ', measure_unit: '%', formula: '[A]/[B]', terms: [{ indicator: 'A' }, { indicator: 'B' }], is_illustrative: true }],
  places: [place(3, 2), place(2, 1), place(1, null), place(4, 1)],
  lines: [{ unit: 2, totals: [total('R', '5')] }, { unit: 1, totals: [total('R', '7'), total('S', '9')] }],
  cells: [cell(3, 'A'), cell(3, 'C'), cell(4, 'B'), cell(2, 'B')]
};

test('the publishing unit stands first, whatever the order of its text', () => {
  expect(rowsOf(content, 'R').map((row) => [row.place.id, row.total.value])).toEqual([[1, '7'], [2, '5']]);
  expect(rowsOf(content, 'S').map((row) => row.place.id)).toEqual([1]);
  expect(rowsOf(content, 'X')).toEqual([]);
});

test('a line’s cells are those of all units under it, of what the formula names', () => {
  expect(cellsUnder(content, 2, 'R').map((one) => [one.unit, one.indicator])).toEqual([[3, 'A'], [2, 'B']]);
  expect(cellsUnder(content, 1, 'R')).toHaveLength(3);
  expect(cellsUnder(content, 1, 'X')).toEqual([]);
});

test('versions of one publication are offered before other publications of the unit', () => {
  const made = (id: number, replaces: number | null, replaced_by: number | null, unit = 1) => ({ id, replaces, replaced_by, unit: { id: unit } }) as Publication;
  const all = [made(9, null, null), made(8, 5, null), made(7, null, null, 2), made(5, 2, 8), made(2, null, 5)];
  expect(comparable(all, all[4]!).map((one) => one.id)).toEqual([8, 5, 9]);
});
