import { expect, test } from 'vitest';
import { asked, bodyOf, calledAs, daysBetween, keyOf, thread, waitsFor, type Step } from './petitions';

const city = { id: 1, code: '01', name: 'Thành phố Hà Nội' };

test('a body is one choice, also with a colon in its name', () => {
  for (const body of ['', 'Ban Tổ chức Trung ương', 'Vụ 2: tổng hợp']) {
    expect(bodyOf(keyOf({ unit: city, body }))).toEqual(body ? { unit: 1, body } : { unit: 1 });
  }
  expect(bodyOf('')).toBeNull();
  expect(calledAs({ unit: city, body: '' })).toBe('Thành phố Hà Nội');
  expect(calledAs({ unit: city, body: 'Bộ Nội vụ' })).toBe('Bộ Nội vụ (Thành phố Hà Nội)');
});

test('days are whole, over months', () => {
  expect(daysBetween('2022-02-27', '2022-03-02')).toBe(3);
  expect(daysBetween('2022-04-14', '2022-04-14')).toBe(0);
});

test('who is waited for', () => {
  expect(['held', 'asked', 'returned', 'answered', 'merged', 'withdrawn'].map((state) => waitsFor({ state: state as 'held' }))).toEqual([
    'holder', 'raiser', 'raiser', 'nobody', 'nobody', 'nobody'
  ]);
});

test('a petition that was sent to two bodies is one step of its thread', () => {
  const step = (id: number, kind: string, body: string, to: typeof city | null): Step => ({ id, part: id, kind, unit: { id: 2, code: '279', name: 'Huyện' }, to, body, text: '', on: '2022-04-14', by: 'Hà' });
  const told = thread([step(1, 'raised', '', city), step(2, 'raised', 'Bộ Nội vụ', city), step(3, 'dispatch', 'Bộ Nội vụ', null)]);
  expect(told.map((one) => [one.kind, one.to])).toEqual([
    ['raised', ['Thành phố Hà Nội', 'Bộ Nội vụ (Thành phố Hà Nội)']],
    ['dispatch', ['Bộ Nội vụ']]
  ]);
});

test('a query holds only what was asked', () => {
  expect(asked({ state: 'open', q: 'đất & nước', unit: undefined, overdue: false, subject: '' })).toBe('&state=open&q=%C4%91%E1%BA%A5t%20%26%20n%C6%B0%E1%BB%9Bc');
});
