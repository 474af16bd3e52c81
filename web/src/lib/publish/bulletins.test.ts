import { expect, test } from 'vitest';
import { bodyOf, textOf, typedOf, wordsOf, type Bulletin } from './bulletins';

test('what is typed becomes paragraphs and headings, and the same text again', () => {
  const text = '## Kết quả\n\nĐoạn một.\n\nĐoạn <b>hai</b>.';
  const body = bodyOf(text);
  expect(body).toEqual([{ kind: 'heading', text: 'Kết quả' }, { kind: 'paragraph', text: 'Đoạn một.' }, { kind: 'paragraph', text: 'Đoạn <b>hai</b>.' }]);
  expect(textOf(body)).toBe(text);
});

test('no paragraph is empty, a heading needs words, lines of a paragraph are one', () => {
  expect(bodyOf(' \n\n\n')).toEqual([]);
  expect(bodyOf('## \nmột\nhai\n## Đề mục\nba')).toEqual([
    { kind: 'paragraph', text: '## một hai' }, { kind: 'heading', text: 'Đề mục' }, { kind: 'paragraph', text: 'ba' }
  ]);
});

const bulletin = {
  title: 'Tin', lead: '', dated_on: '2022-04-13', category: 'thong-bao', is_illustrative: true, body: [], source: { kind: 'session', id: 7, text: 'Buổi làm việc' },
  figures: [{ publication: 1, indicator: 'D02', unit: 2, label: 'Tỷ lệ', unit_name: 'Huyện', measure_unit: '%', period: '2021', value: '97.01' }]
} as unknown as Bulletin;

test('no value of a figure is sent, only where it stands', () => {
  expect(wordsOf(typedOf(bulletin)).figures).toEqual([{ publication: 1, indicator: 'D02', unit: 2 }]);
  expect(wordsOf(typedOf(bulletin)).source).toEqual({ kind: 'session', id: 7, text: 'Buổi làm việc' });
  expect(wordsOf({ ...typedOf(bulletin), source: { kind: '', id: '', text: 'bỏ' } }).source).toBeNull();
});
