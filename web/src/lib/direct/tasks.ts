import type { components } from '$lib/api/schema';

/** Tasks as lists and months show them. Pure. */
export type Task = components['schemas']['Task'];
export type Standing = Task['standing'];

export const STANDING_SHAPES: Record<Standing, string> = { overdue: '▼', due_soon: '◐', open: '○', done: '●', done_late: '●', cancelled: '–' };

/** How long is left, as a key of the messages and its number. */
export function leftOf(task: { standing: Standing; working_days_left: number | null }): { key: 'task.left' | 'task.today' | 'task.late' | 'task.lateday' | 'task.none'; days: number } {
  const days = task.working_days_left;
  if (days === null) return { key: 'task.none', days: 0 };
  if (task.standing === 'overdue') return days < 0 ? { key: 'task.late', days: -days } : { key: 'task.lateday', days: 0 };
  return days > 0 ? { key: 'task.left', days } : { key: 'task.today', days: 0 };
}

const ORDER: Standing[] = ['overdue', 'due_soon', 'open', 'done_late', 'done', 'cancelled'];

/** Overdue first, then by due day; what is finished comes last. */
export function inOrder<T extends { standing: Standing; due: string; id: number }>(tasks: readonly T[]): T[] {
  const place = (task: T) => (task.standing === 'due_soon' ? 1 : ORDER.indexOf(task.standing));
  return [...tasks].sort((a, b) => place(a) - place(b) || (a.due < b.due ? -1 : a.due > b.due ? 1 : a.id - b.id));
}

const iso = (at: Date) => at.toISOString().slice(0, 10);

/** The weeks of a month, Monday first; days of other months are null. */
export function weeksOf(month: string): (string | null)[][] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const lead = (first.getUTCDay() + 6) % 7;
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const days: (string | null)[] = [...Array<null>(lead).fill(null), ...Array.from({ length: last }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`)];
  while (days.length % 7) days.push(null);
  return Array.from({ length: days.length / 7 }, (_, w) => days.slice(w * 7, w * 7 + 7));
}

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

export function monthAfter(month: string, by: number): string {
  const [year = 2000, number = 1] = month.split('-').map(Number);
  return iso(new Date(Date.UTC(year, number - 1 + by, 1))).slice(0, 7);
}

/** What the address of the list asks for. */
export interface TaskQuestion {
  state: 'open' | 'done' | 'cancelled' | 'overdue' | '';
  lead: number;
  view: 'bang' | 'lich';
  month: string;
}

const STATES = ['open', 'done', 'cancelled', 'overdue', ''] as const;

export function readTasks(params: URLSearchParams, today: string): TaskQuestion {
  const state = params.get('tinh-trang') ?? 'open';
  const lead = Number(params.get('chu-tri') ?? 0);
  const month = params.get('thang') ?? '';
  return {
    state: STATES.find((one) => one === state || (one === '' && state === 'tat-ca')) ?? 'open',
    lead: Number.isSafeInteger(lead) && lead > 0 ? lead : 0,
    view: params.get('xem') === 'lich' ? 'lich' : 'bang',
    month: isMonth(month) ? month : today.slice(0, 7)
  };
}

export function tasksAddress({ state, lead, view, month }: TaskQuestion): string {
  const params = new URLSearchParams();
  if (state !== 'open') params.set('tinh-trang', state || 'tat-ca');
  if (lead > 0) params.set('chu-tri', String(lead));
  if (view === 'lich') {
    params.set('xem', view);
    params.set('thang', month);
  }
  const text = params.toString();
  return `/chi-dao/nhiem-vu${text ? `?${text}` : ''}`;
}

/** The same question put to the program. Overdue are the open ones that were due before today. */
export function tasksQuery(asked: TaskQuestion, today: string): URLSearchParams {
  const params = new URLSearchParams();
  if (asked.state === 'overdue') params.set('state', 'open');
  else if (asked.state) params.set('state', asked.state);
  if (asked.lead > 0) params.set('lead', String(asked.lead));
  if (asked.view === 'lich') {
    params.set('due_from', `${asked.month}-01`);
    params.set('due_to', `${monthAfter(asked.month, 1)}-01`);
  }
  if (asked.state === 'overdue') params.set('due_to', asked.view === 'lich' && `${monthAfter(asked.month, 1)}-01` < today ? `${monthAfter(asked.month, 1)}-01` : today);
  return params;
}
