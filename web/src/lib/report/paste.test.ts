import { expect, test } from 'vitest';
import { blockOf, placed, typedOf, type Line } from './paste';

const lines: Line[] = [
  { key: 'F01', code: 'F01', name: 'Số đảng viên kết nạp', isOpen: true },
  { key: 'F02', code: 'F02', name: 'Số hồ sơ đã giải quyết', isOpen: false },
  { key: 'F03', code: 'F03', name: 'Trong đó đúng hạn', isOpen: true }
];
const EXCEL_VI = '<table style=\'mso-displayed-decimal-separator:"\\,";mso-displayed-thousand-separator:"\\."\'>';
const EXCEL_EN = '<table style=\'mso-displayed-decimal-separator:"\\.";mso-displayed-thousand-separator:"\\,"\'>';
const put = (plain: string, from = 'F01', html = '') => {
  const block = blockOf(plain, html);
  return block && placed(block, lines, from);
};

test('one cell is ordinary typing, whatever ends its line', () => {
  expect(blockOf('1.234', '')).toBeNull();
  expect(blockOf('1.234\r\n', '')).toBeNull();
});

test('a column goes down from where it is pasted; a closed line keeps its place', () => {
  expect(put('5\r\n6\r\n7\r\n')).toEqual({ fills: [{ key: 'F01', text: '5' }, { key: 'F03', text: '7' }], closed: ['F02'], left: [], isByName: false });
  expect(put('7\n8\n9', 'F03')).toEqual({ fills: [{ key: 'F03', text: '7' }], closed: [], left: ['8', '9'], isByName: false });
});

test('an empty cell leaves its line as it is', () => {
  expect(put('5\n\n7')?.fills).toEqual([{ key: 'F01', text: '5' }, { key: 'F03', text: '7' }]);
});

test('the sheet says which sign is the decimal one, so nothing is asked', () => {
  expect(typedOf('1.234,5', ',')).toBe('1234,5');
  expect(typedOf('1,234.5', '.')).toBe('1234,5');
  expect(typedOf('1.234', '.')).toBe('1,234');
  expect(typedOf('1\u00a0234', ',')).toBe('1234');
  expect(typedOf(' 1.234 ', null)).toBe('1.234');
  expect(typedOf('không áp dụng', ',')).toBe('không áp dụng');
  expect(put('1.234\n1\n2.000,5', 'F01', EXCEL_VI)?.fills).toEqual([{ key: 'F01', text: '1234' }, { key: 'F03', text: '2000,5' }]);
  expect(put('1,234\n1\n2,000.5', 'F01', EXCEL_EN)?.fills).toEqual([{ key: 'F01', text: '1234' }, { key: 'F03', text: '2000,5' }]);
});

test('names or codes beside the figures find their lines in any order', () => {
  expect(put('STT\tChỉ tiêu\tTháng này\n1\tTrong đó đúng hạn\t40\n2\tsố đảng viên kết nạp\t3\n3\tSố không ai hỏi\t9')).toEqual({
    fills: [{ key: 'F03', text: '40' }, { key: 'F01', text: '3' }], closed: [], left: ['9'], isByName: true
  });
  expect(put('F02\t8\nF01\t3')).toEqual({ fills: [{ key: 'F01', text: '3' }], closed: ['F02'], left: [], isByName: true });
});

test('two columns of figures are not guessed between', () => {
  expect(put('5\t50\n6\t61\n7\t72')).toBeNull();
  expect(put('F01\t5\t50\nF03\t7\t71')).toBeNull();
});

test('cells in quotes may hold breaks, and ten thousand rows are soon placed', () => {
  expect(put('"Số đảng viên\nkết nạp"\t5\nTrong đó đúng hạn\t7')?.fills).toEqual([{ key: 'F01', text: '5' }, { key: 'F03', text: '7' }]);
  const many = put(Array.from({ length: 10_000 }, (_, i) => `${i}`).join('\n'));
  expect([many?.fills.length, many?.closed.length, many?.left.length]).toEqual([2, 1, 9997]);
});
