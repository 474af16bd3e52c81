import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Cell } from '$lib/api/client';
import { cellKey, groupsOf, placeOf } from './cells';
import { aboutLine, inOrder, placeOfDoubt, standingOf, type Doubt } from './doubts';
import { offersOf, sentOf } from './far';

const cell = (code: string, more: object = {}): Cell =>
  ({ indicator: { code }, kind: 'actual', state: 'blank', value: null, remark: '', heading: '', is_locked: false, ...more }) as unknown as Cell;
const far = (typed: string, remark = '', kind: 'actual' | 'estimate' = 'actual') => ({ at: '2026-07-15T03:00:00Z', cells: [{ indicator: 'F05', kind, typed, remark }] });

test('an indicator as it happened and as it is reckoned are two lines', () => {
  const cells = [cell('F05', { heading: 'I. Dân số' }), cell('F05', { kind: 'estimate', heading: 'I. Dân số' }), cell('F06')];
  assert.deepEqual(cells.map(cellKey), ['F05', 'F05~estimate', 'F06']);
  assert.deepEqual(groupsOf(cells).map((group) => [group.heading, group.cells.map((one) => one.number)]), [['I. Dân số', [1, 2]], ['', [3]]]);
  assert.equal(placeOf('/cells/1/typed', cells), cells[1]);
  assert.equal(placeOf('/remark', cells), undefined);
  assert.equal(placeOf('/cells/9', cells), undefined);
});

test('the program is sent what is typed and unsaved, and what was offered and not decided on', () => {
  const row = (text: string, dirty: boolean, kind: 'value' | 'not_yet' | 'blank' = 'value') => ({ text, kind, remark: '', dirty });
  const cells = [cell('F05'), cell('F05', { kind: 'estimate' }), cell('F06'), cell('F07')];
  const rows = { F05: row('1.2.3', true), 'F05~estimate': row('', true, 'not_yet'), F06: row('7', false), F07: row('8', false) };
  const sent = sentOf(cells, rows, [{ key: 'F07', text: '99x', kind: 'value', remark: 'xem lại' }]);
  assert.deepEqual(sent, [
    { indicator: 'F05', kind: 'actual', typed: '1.2.3', remark: '' },
    { indicator: 'F05', kind: 'estimate', typed: 'chưa', remark: '' },
    { indicator: 'F07', kind: 'actual', typed: '99x', remark: 'xem lại' }
  ]);
  assert.deepEqual(sentOf(cells, { ...rows, F05: row('', true, 'blank') }, [])[0]?.typed, '', 'a cell that was emptied');
});

test('what the program kept is offered where this machine has nothing, or something older', () => {
  const cells = [cell('F05')];
  const offer = { key: 'F05', text: '1.2.3', kind: 'value', remark: '' };
  assert.deepEqual(offersOf(far('1.2.3'), {}, cells), [offer]);
  const here = (text: string, at?: string) => ({ F05: { text, kind: 'value' as const, remark: '', ...(at ? { at } : {}) } });
  assert.deepEqual(offersOf(far('1.2.3'), here('4', '2026-07-15T02:59:00Z'), cells), [offer], 'older here');
  assert.deepEqual(offersOf(far('1.2.3'), here('4', '2026-07-15T03:00:01Z'), cells), [], 'newer here');
  assert.deepEqual(offersOf(far('1.2.3'), here('4'), cells), [offer], 'kept before days were kept with it');
  assert.deepEqual(offersOf(far('1.2.3'), here('1.2.3', '2026-07-15T02:59:00Z'), cells), [], 'the same here');
  assert.deepEqual(offersOf(null, here('4'), cells), []);
});

test('nothing is offered that is saved already, cannot be entered, or stands on another line', () => {
  assert.deepEqual(offersOf(far('1.234'), {}, [cell('F05', { state: 'value', value: '1234' })]), []);
  assert.deepEqual(offersOf(far('1,234'), {}, [cell('F05', { state: 'value', value: '1234' })]), []);
  assert.equal(offersOf(far('1234', 'có danh sách'), {}, [cell('F05', { state: 'value', value: '1234' })]).length, 1, 'a remark that was not saved');
  assert.deepEqual(offersOf(far('12x'), {}, [cell('F05', { is_locked: true })]), []);
  assert.deepEqual(offersOf(far('12x'), {}, [cell('F06')]), []);
  assert.deepEqual(offersOf(far('12x', '', 'estimate'), {}, [cell('F05')]), []);
  assert.deepEqual(offersOf(far('12x', '', 'estimate'), {}, [cell('F05'), cell('F05', { kind: 'estimate' })])[0]?.key, 'F05~estimate');
  assert.deepEqual(offersOf(far('chưa'), {}, [cell('F05', { state: 'not_yet' })]), []);
  assert.deepEqual(offersOf(far('kad'), {}, [cell('F05')]), [{ key: 'F05', text: '', kind: 'not_applicable', remark: '' }]);
  assert.deepEqual(offersOf(far(''), {}, [cell('F05')]), [], 'an emptied cell that is empty');
});

test('doubts stand gravest first, at their lines, and an explained one no longer stops', () => {
  const doubt = (code: string, severity: Doubt['severity'], explanation: string | null = null, kind: 'actual' | 'estimate' = 'actual'): Doubt =>
    ({ code, severity, explanation, cells: [{ indicator: 'F05', kind }], words_vi: '', words_en: '', explained_by: null, explained_at: null });
  const all = [doubt('n', 'note'), doubt('e', 'explain', 'vì có danh sách'), doubt('b', 'blocks'), doubt('f', 'explain', null, 'estimate')];
  assert.deepEqual(inOrder(all).map((one) => one.code), ['b', 'e', 'f', 'n']);
  assert.deepEqual(inOrder(all).map(standingOf), ['blocks', 'explained', 'explain', 'note']);
  assert.deepEqual(aboutLine(all, 'F05~estimate').map((one) => one.code), ['f']);
  assert.equal(placeOfDoubt('parts:F05:Giới tính'), 'doubt-parts-F05-Giới-tính');
});
