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

/** "2022-04" → "tháng 4/2022". */
export function period(text: string, language: Language): string {
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month) return language === 'vi' ? `tháng ${Number(month[2])}/${month[1]}` : `${month[2]}/${month[1]}`;
  const part = /^(\d{4})-(Q\d|H\d|9M)$/.exec(text);
  if (!part) return language === 'vi' ? `năm ${text}` : text;
  const names: Record<string, string> = {
    Q1: 'quý I', Q2: 'quý II', Q3: 'quý III', Q4: 'quý IV', H1: '6 tháng đầu năm', H2: '6 tháng cuối năm', '9M': '9 tháng'
  };
  return language === 'vi' ? `${names[part[2] ?? '']} ${part[1]}` : text;
}

/** What a clerk means by typing a word instead of a figure. */
export function stateTyped(text: string): 'not_applicable' | 'not_yet' | 'blank' | null {
  const word = text.trim().toLowerCase();
  if (word === '') return 'blank';
  if (['kad', 'k', 'na'].includes(word)) return 'not_applicable';
  if (['chưa', 'chua', 'later'].includes(word)) return 'not_yet';
  return null;
}
