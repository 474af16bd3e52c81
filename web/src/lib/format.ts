/** Figures, days and times as people write them. Figures come as exact decimal text and are never made into floats. */
export type Language = 'vi' | 'en';

/** "1234.5" → "1.234,5" (vi) or "1,234.5" (en). */
export function figure(value: string | null | undefined, language: Language): string {
  if (value === null || value === undefined) return '–';
  const minus = value.startsWith('-') ? '−' : '';
  const [whole = '', fraction] = value.replace('-', '').split('.');
  const [group, decimal] = language === 'vi' ? ['.', ','] : [',', '.'];
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, group);
  return minus + grouped + (fraction === undefined ? '' : decimal + fraction);
}

/** A figure as it stands in an input: no grouping, so that typing over it is never ambiguous. */
export function editable(value: string | null, language: Language): string {
  if (value === null) return '';
  return language === 'vi' ? value.replace('.', ',') : value;
}

/** "2022-04-14" → "14/4/2022". */
export function day(text: string): string {
  const [year, month, date] = text.split('-');
  return `${Number(date)}/${Number(month)}/${year}`;
}

/** An instant as the clock on the wall at +07:00: "14/4/2022 16:20". */
export function time(text: string | null): string {
  if (!text) return '–';
  const local = new Date(new Date(text).getTime() + 7 * 3600 * 1000).toISOString();
  return `${day(local.slice(0, 10))} ${local.slice(11, 16)}`;
}

export function clock(now: Date): string {
  return now.toTimeString().slice(0, 8);
}

const NAMES: Record<Language, Record<string, string>> = {
  vi: {
    Q1: 'quý I', Q2: 'quý II', Q3: 'quý III', Q4: 'quý IV', H1: '6 tháng đầu năm', H2: '6 tháng cuối năm', '9M': '9 tháng'
  },
  en: {
    Q1: 'first quarter', Q2: 'second quarter', Q3: 'third quarter', Q4: 'fourth quarter', H1: 'first half', H2: 'second half',
    '9M': 'nine months'
  }
};
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'
];

/** "2022-04" → "tháng 4/2022", "April 2022". */
export function period(text: string, language: Language): string {
  const asked = periodParts(text);
  if (!asked) return text;
  const { year, part } = asked;
  if (part === '') return language === 'vi' ? `năm ${year}` : year;
  const month = language === 'vi' && /^\d\d$/.test(part);
  return month ? `${partName(part, language)}/${year}` : `${partName(part, language)} ${year}`;
}

/** What a clerk means by typing a word instead of a figure. */
export function stateTyped(text: string): 'not_applicable' | 'not_yet' | 'blank' | null {
  const word = text.trim().toLowerCase();
  if (word === '') return 'blank';
  if (['kad', 'k', 'na'].includes(word)) return 'not_applicable';
  if (['chưa', 'chua', 'later'].includes(word)) return 'not_yet';
  return null;
}

export const PARTS = ['', 'H1', 'H2', '9M', 'Q1', 'Q2', 'Q3', 'Q4', ...Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'))];

/** "2021-Q3" → { year: "2021", part: "Q3" }; a whole year has no part; null when it is no period. */
export function periodParts(text: string): { year: string; part: string } | null {
  const [, year = '', part = ''] = /^(\d{4})(?:-(.+))?$/.exec(text) ?? [];
  return year !== '' && PARTS.includes(part) && !text.endsWith('-') ? { year, part } : null;
}

/** What a part of the year is called: "quý III", "tháng 7", "cả năm". */
export function partName(part: string, language: Language): string {
  if (part === '') return language === 'vi' ? 'cả năm' : 'whole year';
  if (/^\d\d$/.test(part)) return language === 'vi' ? `tháng ${Number(part)}` : (MONTHS[Number(part) - 1] ?? part);
  return NAMES[language][part] ?? part;
}
