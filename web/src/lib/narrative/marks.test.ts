import assert from 'node:assert/strict';
import { test } from 'vitest';
import { markBefore, paragraphs, partsOf, preview } from './marks';

const cell = (code: string, value: string | null, unit = 'hồ sơ') =>
  ({ indicator: { code, measure_unit: unit }, value, state: value === null ? 'blank' : 'value', previous: '7', year_before: null }) as never;

test('a text is cut into words and marks, and joins again', () => {
  const text = 'Nhận {{F05}}, kỳ trước {{ 01.02 :previous +unit}}; {{10183!F05@2021-04}} {{sai';
  const parts = partsOf(text);
  assert.equal(parts.map((part) => part.text).join(''), text);
  assert.deepEqual(parts.filter((part) => part.kind).map((part) => [part.code, part.kind, part.withUnit]),
    [['F05', 'actual', false], ['01.02', 'previous', true], ['', 'actual', false]]);
});

test('what is typed reads with its figures; what this report does not hold stays a mark', () => {
  const cells = [cell('F05', '1234'), cell('D02', '98.5', '%'), cell('F08', null)];
  const read = (text: string) => preview(text, cells, 'vi', 'chưa có số liệu').map((one) => one.text).join('');
  assert.equal(read('{{F05+unit}}, {{D02+unit}}, {{F08}}, {{F05:previous}}'), '1.234 hồ sơ, 98,5%, chưa có số liệu, 7');
  assert.equal(read('{{F05:total}} {{F99}} {{10183!F05}}'), '{{F05:total}} {{F99}} {{10183!F05}}');
});

test('a mark before the caret is found whole', () => {
  assert.equal(markBefore('Nhận {{F05}} hồ sơ', 12), 5);
  assert.equal(markBefore('Nhận {{F05}} hồ sơ', 11), -1);
  assert.equal(markBefore('}}', 2), -1);
});

test('empty lines are no paragraphs', () => assert.deepEqual(paragraphs(' một \n\n hai\n'), ['một', 'hai']));
