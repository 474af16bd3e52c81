import { expect, test } from 'vitest';
import { candidates, kindsIn, keptPercent, told, wholeTyped, withLines, type MovementFigure, type PlanLine } from './movements';

const of = (kind: MovementFigure['kind'], pledged: string, received: string): MovementFigure => ({ kind, pledged, received, pledges: pledged === '0' ? 0 : 1, receipts: received === '0' ? 0 : 2 });

test('a quantity is typed with or without marks between its thousands', () => {
  expect(['20.000.000', '20 000 000', '20,000', '500', '1.5', 'nhiều'].map(wholeTyped)).toEqual(['20000000', '20000000', '20000', '500', '1.5', 'nhiều']);
});

test('kinds that nobody told are left out, in one order', () => {
  expect(kindsIn([[of('households', '0', '2')], [of('money', '5', '0'), of('land_m2', '0', '0')]])).toEqual(['money', 'households']);
});

test('what was told, and how much of a pledge has come', () => {
  expect(told(of('money', '20000000', '0'), 'pledged', 'vi')).toBe('20.000.000');
  expect(told(of('money', '20000000', '0'), 'received', 'vi')).toBe('–');
  expect(keptPercent(of('money', '9007199254740993', '9007199254740992'))).toBe(99);
  expect(keptPercent(of('money', '0', '5'))).toBeNull();
});

test('the question names each candidate', () => {
  const asked = [{ code: 'contribution.may_be_same', args: ['7', 'Công ty A'], detail_vi: 'Có thể', detail_en: 'May be' }, { code: 'json.missing', args: [], detail_vi: '', detail_en: '' }];
  expect(candidates(asked, 'vi')).toEqual([{ id: 7, words: 'Có thể' }]);
});

test('one body’s lines change, the others stay', () => {
  const unit = (id: number) => ({ id, code: `${id}`, name: `${id}` });
  const plan: PlanLine[] = [1, 2].map((id) => ({ carrier: unit(id), lead: unit(id), text: `việc ${id}`, due_on: '2022-06-30' }));
  expect(withLines(plan, 2, [{ lead: 2, text: ' mới ', due_on: '2022-07-01' }, { lead: 2, text: '', due_on: '' }])).toEqual([
    { carrier: 1, lead: 1, text: 'việc 1', due_on: '2022-06-30' },
    { carrier: 2, lead: 2, text: 'mới', due_on: '2022-07-01' }
  ]);
});
