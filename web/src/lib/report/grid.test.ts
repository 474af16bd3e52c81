import assert from 'node:assert/strict';
import { test } from 'vitest';
import { countOf, fieldsOf, holds, stretched, tabbed, walked, written, type Span, type Way } from './grid';

const way = (key: string, how: Partial<Way> = {}): Way => ({ key, isOpen: true, isFilled: false, isKnown: false, ...how });
const pressed = (key: string, how: { ctrl?: boolean; shift?: boolean } = {}) => ({ key, ctrl: false, shift: false, ...how });

test('arrows stop at the edges and pass over closed lines; Enter also passes over what is known already', () => {
  const ways = [way('a'), way('b', { isOpen: false }), way('c', { isKnown: true, isFilled: true }), way('d')];
  assert.equal(walked(ways, 0, pressed('ArrowDown')), 2);
  assert.equal(walked(ways, 0, pressed('Enter')), 3);
  assert.equal(walked(ways, 3, pressed('Enter', { shift: true })), 0);
  assert.equal(walked(ways, 0, pressed('ArrowUp')), 0);
  assert.equal(walked(ways, 3, pressed('ArrowDown')), 3);
  assert.equal(walked(ways, 0, pressed('a')), null);
});

test('Ctrl and an arrow go to the next empty line, or to the last; pages and ends', () => {
  const ways = [way('a'), way('b', { isFilled: true }), way('c'), ...Array.from({ length: 20 }, (_, i) => way(`x${i}`, { isFilled: true }))];
  assert.equal(walked(ways, 0, pressed('ArrowDown', { ctrl: true })), 2);
  assert.equal(walked(ways, 2, pressed('ArrowDown', { ctrl: true })), 22);
  assert.equal(walked(ways, 1, pressed('PageDown')), 11);
  assert.equal(walked(ways, 3, pressed('Home', { ctrl: true })), 0);
  assert.equal(walked(ways, 3, pressed('End', { ctrl: true })), 22);
  assert.equal(walked(ways, 3, pressed('End')), null);
});

test('a range grows and shrinks from where it began, over one column or both', () => {
  let span: Span = { from: { row: 2, field: 'cell' }, to: { row: 2, field: 'cell' } };
  span = stretched(span, pressed('ArrowDown'), 4);
  span = stretched(span, pressed('ArrowDown'), 4);
  assert.deepEqual([countOf(span), span.to.row], [2, 3]);
  span = stretched(span, pressed('ArrowUp', { ctrl: true }), 4);
  assert.equal(countOf(span), 3);
  assert.ok(holds(span, 0, 'cell') && !holds(span, 3, 'cell') && !holds(span, 0, 'remark'));
  span = stretched(span, pressed('ArrowRight'), 4);
  assert.deepEqual([fieldsOf(span), countOf(span)], [['cell', 'remark'], 6]);
});

test('what is copied reads the same in a spreadsheet, and when it is pasted back', () => {
  const content = { text: '1234,5', kind: 'value' as const, remark: '' };
  assert.equal(written(content, '1234.5', 'vi'), '1234,5');
  assert.equal(written({ ...content, kind: 'not_applicable' }, null, 'vi'), 'kad');
  assert.equal(written({ ...content, text: '12.34.5' }, null, 'vi'), '12.34.5');
  assert.equal(tabbed([['1', 'có "danh sách"'], ['2', '']]), '1\t"có ""danh sách"""\r\n2\t');
});
