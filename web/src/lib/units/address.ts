import { isDay } from './days';

/** What the address of the tree says; what it does not say, or says wrongly, is today, the government's line and the tree. */
export interface Question {
  day: string;
  line: string;
  unit: number;
  view: 'cay' | 'bando';
}

export function readAddress(params: URLSearchParams, today: string, home: number): Question {
  const asked = params.get('ngay') ?? '';
  const unit = Number(params.get('dv') ?? home);
  return {
    day: isDay(asked) ? asked : today,
    line: params.get('tuyen') || 'government',
    unit: Number.isSafeInteger(unit) && unit > 0 ? unit : 0,
    view: params.get('xem') === 'bando' ? 'bando' : 'cay'
  };
}

export function treeAddress({ day, line, unit, view }: Question): string {
  const params = new URLSearchParams({ ngay: day });
  if (line !== 'government') params.set('tuyen', line);
  if (unit > 0) params.set('dv', String(unit));
  if (view === 'bando') params.set('xem', view);
  return `/cay-don-vi?${params}`;
}

export const unitAddress = (id: number, day: string, line = 'government'): string =>
  `/don-vi/${id}?${new URLSearchParams(line === 'government' ? { ngay: day } : { ngay: day, tuyen: line })}`;
