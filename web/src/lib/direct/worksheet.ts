import type { OneProblem } from '$lib/api/client';

/** The worksheet a programme is made of: its columns, an empty one to fill in, and its faults by row and column. Pure. */
export const COLUMNS = ['Loại', 'Mã', 'Nội dung', 'Mục tiêu', 'Chỉ số', 'Kỳ', 'Giá trị', 'ĐVT', 'Chủ trì', 'Phối hợp', 'Sản phẩm', 'Bắt đầu', 'Thời hạn'];

const EXAMPLE = [
  ['Mục tiêu', '1', 'Xây dựng tổ chức đảng'],
  ['Chỉ tiêu', '', '', '1', 'F03', '2022', '310', 'người'],
  ['Nhiệm vụ', '', 'Rà soát hương ước, quy ước', '1', '', '', '', '', '10198', '10183', '5 bản hương ước đã thông qua', '1/3/2022', '20/4/2022']
];

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A file to begin with, as an address that needs no server. Excel knows it is UTF-8 by its first mark. */
export function template(): string {
  const lines = [COLUMNS, ...EXAMPLE].map((row) => COLUMNS.map((_, i) => cell(row[i] ?? '')).join(','));
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${lines.join('\r\n')}\r\n`)}`;
}

export interface Placed {
  row: number | null;
  column: string;
  words: string;
}

/** What was said of the worksheet, by row, then as it came; what was said of the form's fields is not among it. */
export function placedFaults(problems: readonly OneProblem[], words: (one: OneProblem) => string): Placed[] {
  const made: Placed[] = [];
  for (const one of problems) {
    const found = /^(?:row|line) (\d+)(?:, column (.+))?$/.exec(one.field);
    if (found) made.push({ row: Number(found[1]), column: (found[2] ?? '').replace(/^./, (first) => first.toUpperCase()), words: words(one) });
    else if (one.code.startsWith('worksheet.')) made.push({ row: null, column: '', words: words(one) });
  }
  return made.map((one, i) => ({ one, i })).sort((a, b) => (a.one.row ?? 0) - (b.one.row ?? 0) || a.i - b.i).map(({ one }) => one);
}
