import { expect, test } from 'vitest';
import { board, byQuarter, spoken, standingOf, type FollowUp, type InspectionHead, type Step } from './inspections';

const step = (due_on: string | null, done_on: string | null) => ({ code: 's', stage: 'ending', name: '', paper: '', due_on, done_on }) as Step;

test('a step is late only on the day after it was due, and never once it is done', () => {
  expect(standingOf(step('2022-05-05', null), '2022-05-05')).toBe('due');
  expect(standingOf(step('2022-05-05', null), '2022-05-06')).toBe('late');
  expect(standingOf(step('2022-05-05', '2022-05-09'), '2022-06-01')).toBe('done');
  expect(standingOf(step(null, null), '2022-06-01')).toBe('coming');
});

test('the board shows what is overdue first and leaves empty columns out', () => {
  const all = [{ id: 1, state: 'closed' }, { id: 2, state: 'overdue' }, { id: 3, state: 'closed' }] as FollowUp[];
  expect(board(all).map((column) => [column.state, column.items.map((one) => one.id)])).toEqual([['overdue', [2]], ['closed', [1, 3]]]);
  expect(board([])).toEqual([]);
});

test('a plan has four quarters, empty ones too', () => {
  expect(byQuarter([{ id: 7, quarter: 2 }] as InspectionHead[]).map((one) => one.items.length)).toEqual([0, 1, 0, 0]);
});

test('a line of a session in which nothing is said is not sent', () => {
  const line = (speaker: string, text: string) => ({ kind: 'statement' as const, side: 'team' as const, speaker, title: '', text });
  expect(spoken([line(' ', ''), line(' Trưởng đoàn ', ' Nghiêm túc. ')])).toEqual([line('Trưởng đoàn', 'Nghiêm túc.')]);
});
