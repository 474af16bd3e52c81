import assert from 'node:assert/strict';
import { test } from 'vitest';
import { day, editable, figure, period, periodParts, stateTyped, time } from './format';

test('figures keep every digit and group by language', () => {
  assert.equal(figure('1234567.50', 'vi'), '1.234.567,50');
  assert.equal(figure('1234567.50', 'en'), '1,234,567.50');
  assert.equal(figure('-999', 'vi'), '−999');
  assert.equal(figure('9007199254740993', 'vi'), '9.007.199.254.740.993');
  assert.equal(figure(null, 'vi'), '–');
});

test('a figure in an input has no groups', () => {
  assert.equal(editable('1234.5', 'vi'), '1234,5');
  assert.equal(editable('1234.5', 'en'), '1234.5');
  assert.equal(editable(null, 'vi'), '');
});

test('days, times and periods read as people write them', () => {
  assert.equal(day('2022-04-04'), '4/4/2022');
  assert.equal(time('2022-04-13T18:30:00.000000Z'), '14/4/2022 01:30');
  assert.equal(period('2022-04', 'vi'), 'tháng 4/2022');
  assert.equal(period('2021-Q3', 'vi'), 'quý III 2021');
  assert.equal(period('2021', 'vi'), 'năm 2021');
  assert.equal(period('2022-04', 'en'), 'April 2022');
  assert.equal(period('2021-9M', 'en'), 'nine months 2021');
});

test('words stand for the kinds of emptiness', () => {
  assert.equal(stateTyped('KAD'), 'not_applicable');
  assert.equal(stateTyped(' chưa '), 'not_yet');
  assert.equal(stateTyped(''), 'blank');
  assert.equal(stateTyped('12'), null);
});

test('a period is a year and its part, and nothing else', () => {
  assert.deepEqual(periodParts('2021'), { year: '2021', part: '' });
  assert.deepEqual(periodParts('2021-07'), { year: '2021', part: '07' });
  for (const wrong of ['2021-', '2021-13', '2021-Q5', '21-07', '2021-7', '']) assert.equal(periodParts(wrong), null, wrong);
});
