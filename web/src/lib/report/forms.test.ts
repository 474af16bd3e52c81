import { expect, test } from 'vitest';
import { letters, weighed, withColumn, withRow, type Mapping, type Reading } from './forms';

test('columns are typed as one likes', () => {
  expect(letters('o, p')).toEqual(['O', 'P']);
  expect(letters('H')).toEqual(['H']);
  expect(letters(' – ')).toEqual([]);
});

test('one column or row is decided, the rest stays', () => {
  const mapping: Mapping = { sheet: '66', columns: [{ code: 'a', columns: ['C'], head: 'Tổng', score: 100 }], rows: [{ row: 9, kind: 'total' }] };
  expect(withColumn(mapping, 'a', 'd').columns).toEqual([{ code: 'a', columns: ['D'] }]);
  expect(withColumn(mapping, 'b', 'e f').columns).toEqual([...mapping.columns!, { code: 'b', columns: ['E', 'F'] }]);
  expect(withRow(mapping, 4, 'ignored').rows).toEqual([{ row: 4, kind: 'ignored' }, { row: 9, kind: 'total' }]);
  expect(withRow(mapping, 9, null).rows).toEqual([]);
});

test('rounding is not a difference to look at first', () => {
  const one = (kind: 'differs' | 'rounding') => ({ kind, cell: 'C9' }) as Reading['differences'][number];
  const told = weighed({ differences: [one('rounding'), one('differs')] } as Reading);
  expect([told.differs.length, told.slight.length]).toEqual([1, 1]);
});
