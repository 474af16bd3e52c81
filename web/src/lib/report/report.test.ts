import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Cell, Indicator } from '$lib/api/client';
import { cellKey, groupsOf, placeOf } from './cells';
import { aboutLine, inOrder, placeOfDoubt, standingOf, type Doubt } from './doubts';
import { among, fullness, spent, spentAmong } from './burden';
import { offersOf, sentOf } from './far';
import { fitting } from './indicators';
import { lateBy, silentOf } from './late';
import { dueOf, exampleOf, folded, nextDue, nextPeriod, periodOn, windowOf, type Regime } from './regimes';
import { byDay } from './reminders';
import { lineOf, sectionOf, shifted } from './rows';
import { underLevel } from './underLevel';

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

test('figures are counted in the days the program counts them in', () => {
  assert.deepEqual(windowOf({ kind: 'decree_09' }, '2026-07'), { from: '2026-06-15', to: '2026-07-15' });
  assert.deepEqual(windowOf({ kind: 'decree_09' }, '2026'), { from: '2025-12-15', to: '2026-12-15' });
  assert.deepEqual(windowOf({ kind: 'decree_09' }, '2026-01'), { from: '2025-12-15', to: '2026-01-15' });
  assert.deepEqual(windowOf({ kind: 'decree_09' }, '2026-9M'), { from: '2025-12-15', to: '2026-09-15' });
  assert.deepEqual(windowOf({ kind: 'calendar' }, '2026-H2'), { from: '2026-07-01', to: '2027-01-01' });
  assert.deepEqual(windowOf({ kind: 'own', from_day: 20, from_months: -1, to_day: 31 }, '2026-02'), { from: '2026-01-20', to: '2026-03-01' });
  assert.deepEqual(windowOf({ kind: 'own', from_day: 1, from_months: 0, to_day: 20 }, '2026-Q1'), { from: '2026-01-01', to: '2026-03-21' });
  assert.equal(windowOf({ kind: 'calendar' }, '2026-13'), null);
});

test('a unit is due in working days after the window, by its level', () => {
  const july = windowOf({ kind: 'decree_09' }, '2026-07');
  assert.ok(july);
  const deadlines = [{ level: 3, working_days: 2 }, { level: 2, working_days: 5 }];
  assert.equal(dueOf(deadlines, 3, july), '2026-07-16'); // 14/7/2026 is a Tuesday
  assert.equal(dueOf(deadlines, 2, july), '2026-07-21', 'over the weekend');
  assert.equal(dueOf(deadlines, 1, july), '2026-07-21', 'a level that is not named has the longest');
  assert.equal(dueOf([], 3, july), null);
  assert.deepEqual(exampleOf({ kind: 'decree_09' }, deadlines, '2026-07'), {
    period: '2026-07', from: '2026-06-15', to: '2026-07-14', due: [{ level: 3, on: '2026-07-16' }, { level: 2, on: '2026-07-21' }]
  });
  assert.equal(exampleOf({ kind: 'own', from_day: 28, from_months: 0, to_day: 2 }, deadlines, '2026-07'), null, 'a window that ends before it begins');
});

test('periods follow each other, and the next one due is the first still open', () => {
  assert.equal(periodOn('2026-07-18', 'quarter'), '2026-Q3');
  assert.equal(periodOn('2026-07-18', 'year'), '2026');
  assert.equal(periodOn('2026-11-18', 'nine_months'), '2026-9M');
  assert.equal(nextPeriod('2026-12', 'month'), '2027-01');
  assert.equal(nextPeriod('2026-9M', 'nine_months'), '2027-9M');
  const regime = { frequency: 'month', window: { kind: 'decree_09' }, deadlines: [{ level: 3, working_days: 2 }], addressee_level: 3, from: '2022-01-01', to: null } as unknown as Regime;
  assert.deepEqual(nextDue(regime, '2026-07-16'), { period: '2026-07', due: '2026-07-16' });
  assert.deepEqual(nextDue(regime, '2026-07-17'), { period: '2026-08', due: '2026-08-18' });
  assert.equal(nextDue({ ...regime, to: '2026-07-01' }, '2026-07-17'), null);
  assert.equal(nextDue({ ...regime, from: '2027-01-01' }, '2026-07-17')?.period, '2027-01');
});

test('a cost is said in words', () => {
  const says = (key: string, ...args: (string | number)[]) => `${key}(${args.join()})`;
  assert.equal(spent(34, says), 'time.minutes(34)');
  assert.equal(spent(120, says), 'time.hours(2)');
  assert.equal(spent(986, says), 'time.both(16,26)');
  assert.equal(among([4, 4], says), '4');
  assert.equal(among([4, 2, 7], says), 'burden.range(2,7)');
  assert.equal(among([], says), '0');
  assert.equal(spentAmong([10, 34], says), 'burden.range(10,time.minutes(34))');
  assert.equal(spentAmong([], says), 'time.minutes(0)');
  assert.equal(fullness(615, 600), 103);
  assert.equal(folded('Đường sắt Hoà Bình'), 'duong sat hoa binh');
});

test('a form is put together: lines, headings and who is asked', () => {
  const indicator = (code: string, more: object = {}) => ({ id: 1, code, name: `Số hồ sơ ${code}`, measure_unit: 'hồ sơ', frequency: 'month', numerator: null, denominator: null, ...more }) as unknown as Indicator;
  const first = lineOf(indicator('F05'), []);
  assert.deepEqual([first.kind, first.heading], ['actual', '']);
  const second = lineOf(indicator('F05'), [{ ...first, heading: 'I. Hành chính' }]);
  assert.deepEqual([second.kind, second.heading], ['estimate', 'I. Hành chính'], 'the second of an indicator is its estimate, under the same heading');
  assert.equal(sectionOf([{ code: '2', title: '', guidance: '', is_required: true }]).code, '3');
  assert.deepEqual([shifted(['a', 'b', 'c'], 0, 1), shifted(['a', 'b'], 1, 1), shifted(['a', 'b'], 1, -1)], [['b', 'a', 'c'], ['a', 'b'], ['b', 'a']]);
  const all = [indicator('F05'), indicator('F050'), indicator('D02', { numerator: 'F06', denominator: 'F05' })];
  assert.deepEqual(fitting(all, 'ho so f05').map((one) => one.code), ['F05', 'F050']);
  assert.deepEqual(fitting([...all].reverse(), 'F05').map((one) => one.code), ['F05', 'F050'], 'the whole code first');
  assert.deepEqual(fitting(all, 'D02'), [], 'what is computed is not asked');
  assert.deepEqual(fitting(all, '  '), []);
  const rows = [[1, 0, '', '', '', 1], [2, 1, '', '', '', 2], [3, 2, '', '', '', 3], [4, 1, '', '', '', 3], [9, 0, '', '', '', 3]] as const;
  assert.deepEqual([underLevel(rows, 1, 3), underLevel(rows, 2, 3), underLevel(rows, 2, 2)], [[3, 4], [3], []]);
});

test('a report is late by days of the wall, and the silent are those who can still hand in', () => {
  assert.equal(lateBy({ due_on: '2026-07-16', submitted_at: null }, '2026-07-16'), 0);
  assert.equal(lateBy({ due_on: '2026-07-16', submitted_at: null }, '2026-07-19'), 3);
  assert.equal(lateBy({ due_on: '2026-07-16', submitted_at: '2026-07-16T16:59:00Z' }, '2026-07-19'), 0, 'one minute before midnight');
  assert.equal(lateBy({ due_on: '2026-07-16', submitted_at: '2026-07-16T17:00:00Z' }, '2026-07-19'), 1);
  const all = [{ state: 'accepted', due_on: '1' }, { state: 'returned', due_on: '3' }, { state: 'draft', due_on: '2' }, { state: 'submitted', due_on: '1' }];
  assert.deepEqual(silentOf(all).map((one) => one.state), ['draft', 'returned']);
});

test('reminders of tasks and reports are one list by day', () => {
  const task = (id: number, on: string) => ({ id, on }) as never;
  const report = (id: number, on: string) => ({ id, on }) as never;
  const all = byDay([task(1, '2026-07-10'), task(2, '2026-07-12')], [report(3, '2026-07-10'), report(4, '2026-07-11')]);
  assert.deepEqual(all.map((one) => one.task?.id ?? one.report?.id), [2, 4, 3, 1]);
});
