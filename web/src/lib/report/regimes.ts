import type { components } from '$lib/api/schema';
import { period, periodParts, type Language } from '$lib/format';

/** A regime as people read it: its periods, the days figures are counted in, the days they are due. Pure. */
type Schemas = components['schemas'];
export type Regime = Schemas['Regime'];
export type Frequency = Regime['frequency'];
export type DataWindow = Schemas['DataWindow'];
export type Deadline = Schemas['Deadline'];

/** Days [from, to), as the program gives them. */
export interface Days {
  from: string;
  to: string;
}

export const FREQUENCIES: Frequency[] = ['month', 'quarter', 'half', 'nine_months', 'year'];
const PARTS: Record<Frequency, string[]> = {
  month: Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0')),
  quarter: ['Q1', 'Q2', 'Q3', 'Q4'],
  half: ['H1', 'H2'],
  nine_months: ['9M'],
  year: ['']
};
/** First and last month of each part of the year. */
const MONTHS: Record<string, [number, number]> = { '': [1, 12], H1: [1, 6], H2: [7, 12], '9M': [1, 9], Q1: [1, 3], Q2: [4, 6], Q3: [7, 9], Q4: [10, 12] };

export const partsOf = (frequency: Frequency): string[] => PARTS[frequency];
export const periodText = (year: number | string, part: string): string => (part === '' ? `${year}` : `${year}-${part}`);

const text = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
const lengthOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A day of the month `months` after the given one; past the month's end, its last. */
function dayInMonth(year: number, month: number, months: number, day: number): string {
  const at = new Date(Date.UTC(year, month - 1 + months, 1));
  const [y, m] = [at.getUTCFullYear(), at.getUTCMonth() + 1];
  return text(y, m, Math.min(day, lengthOf(y, m)));
}

/** The period's own days; null when the text is no period. */
export function daysOf(of: string): Days | null {
  const parts = periodParts(of);
  if (!parts) return null;
  const year = Number(parts.year);
  const [first, last] = MONTHS[parts.part] ?? [Number(parts.part), Number(parts.part)];
  return { from: text(year, first, 1), to: text(year, last + 1, 1) };
}

const moved = (day: string, by: number) => new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);

/** The days figures of a period are counted in: the program's own rule, server/report/regime.cpp. */
export function windowOf(window: DataWindow, of: string): Days | null {
  const own = daysOf(of);
  if (!own) return null;
  const [year = 0, first = 0] = own.from.split('-').map(Number);
  const [lastYear = 0, last = 0] = moved(own.to, -1).split('-').map(Number);
  if (window.kind === 'calendar') return own;
  if (window.kind === 'decree_09') return { from: dayInMonth(year, first, -1, 15), to: dayInMonth(lastYear, last, 0, 15) };
  return { from: dayInMonth(year, first, window.from_months ?? 0, window.from_day ?? 1), to: moved(dayInMonth(lastYear, last, 0, window.to_day ?? 31), 1) };
}

/** The n-th day from Monday to Friday after a day. Holidays are the program's to know: it reckons them when it asks. */
export function workingDaysAfter(day: string, n: number): string {
  let at = day;
  for (let left = n; left > 0; ) {
    at = moved(at, 1);
    if (![0, 6].includes(new Date(`${at}T00:00:00Z`).getUTCDay())) left -= 1;
  }
  return at;
}

/** When units of a level are due; a level that is not named has the longest time. Null while there is no deadline. */
export function dueOf(deadlines: readonly Deadline[], level: number, window: Days): string | null {
  if (deadlines.length === 0) return null;
  const days = deadlines.find((one) => one.level === level)?.working_days ?? Math.max(...deadlines.map((one) => one.working_days));
  return workingDaysAfter(moved(window.to, -1), days);
}

/** The period of a frequency that a day lies in; of nine months the year's. */
export function periodOn(day: string, frequency: Frequency): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const part = partsOf(frequency).find((one) => { const [first, last] = MONTHS[one] ?? [Number(one), Number(one)]; return first <= month && month <= last; });
  return periodText(year, part ?? partsOf(frequency)[0] ?? '');
}

export function nextPeriod(of: string, frequency: Frequency): string {
  const { year = '0', part = '' } = periodParts(of) ?? {};
  const parts = partsOf(frequency);
  const at = parts.indexOf(part) + 1;
  return at < parts.length ? periodText(year, parts[at] ?? '') : periodText(Number(year) + 1, parts[0] ?? '');
}

/** Of those who report: the level that is named, else the first that has a deadline. */
export const levelOf = (regime: Pick<Regime, 'addressee_level' | 'deadlines'>): number => regime.addressee_level ?? regime.deadlines[0]?.level ?? 0;

/** The first period in force that is due on `today` or later, and when; null once it is over. */
export function nextDue(regime: Regime, today: string): { period: string; due: string } | null {
  const year = Number(today.slice(0, 4));
  const begin = today < regime.from ? regime.from : today;
  let at = periodText(Number(begin.slice(0, 4)) - (begin === today ? 1 : 0), partsOf(regime.frequency)[0] ?? '');
  for (let tried = 0; tried < 40 && Number(at.slice(0, 4)) <= Math.max(year, Number(begin.slice(0, 4))) + 2; tried += 1, at = nextPeriod(at, regime.frequency)) {
    const window = windowOf(regime.window, at);
    const own = daysOf(at);
    const due = window && dueOf(regime.deadlines, levelOf(regime), window);
    if (!own || !due || due < today) continue;
    const last = moved(own.to, -1);
    if (last < regime.from) continue;
    return regime.to !== null && last >= regime.to ? null : { period: at, due };
  }
  return null;
}

export interface Example {
  period: string;
  from: string;
  /** The last day counted. */
  to: string;
  due: { level: number; on: string }[];
}
/** The window and the due days of one period, to be said while the form is filled in; null while they make no sense. */
export function exampleOf(window: DataWindow, deadlines: readonly Deadline[], of: string): Example | null {
  const days = windowOf(window, of);
  if (!days || days.to <= days.from) return null;
  const due = deadlines.map((one) => ({ level: one.level, on: dueOf(deadlines, one.level, days) ?? '' }));
  return { period: of, from: days.from, to: moved(days.to, -1), due };
}

export const periodWords = (of: string, language: Language): string => { const words = period(of, language); return words.charAt(0).toLocaleUpperCase(language) + words.slice(1); };

/** "Đường sắt" and "duong sat" are the same to who searches. */
export const folded = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
