import type { components } from '$lib/api/schema';
import { dictionary } from './indicators';
import type { Frequency, Regime } from './regimes';
import type { LineRow, SectionRow } from './rows';

/** What stands in the form of a regime, and what is sent of it. */
type Picked = { id: number; code: string; name: string };
export interface Typed {
  unit: number;
  code: string;
  name: string;
  content: string;
  method: string;
  line: string;
  frequency: Frequency;
  window: 'decree_09' | 'calendar' | 'own';
  from_day: string;
  from_months: '-1' | '0';
  to_day: string;
  guidance: string;
  basis: string;
  by: 'level' | 'units';
  level: string;
  addressees: Picked[];
  deadlines: { level: string; working_days: string }[];
  cells: LineRow[];
  sections: SectionRow[];
  from: string;
  to: string;
  is_illustrative: boolean;
}

export const FIELDS = ['code', 'name', 'content', 'method', 'line', 'frequency', 'window', 'guidance', 'basis', 'addressee_level', 'addressees', 'deadlines', 'cells', 'sections', 'from', 'to'] as const;

export function fresh(unit: number, level: number, today: string, method: string): Typed {
  const below = `${level + 1}`;
  return {
    unit, code: '', name: '', content: '', method, line: 'government', frequency: 'month', window: 'decree_09', from_day: '1', from_months: '0', to_day: '31', guidance: '', basis: '',
    by: 'level', level: below, addressees: [], deadlines: [{ level: below, working_days: '2' }], cells: [], sections: [], from: today, to: '', is_illustrative: false
  };
}

/** A regime as it stands, with the names of its indicators. */
export async function typedOf(regime: Regime): Promise<Typed> {
  const known = new Map((await dictionary().catch(() => [])).map((one) => [one.code, one]));
  return {
    unit: regime.unit.id, code: regime.code, name: regime.name, content: regime.content, method: regime.method, line: regime.line, frequency: regime.frequency,
    window: regime.window.kind, from_day: `${regime.window.from_day ?? 1}`, from_months: regime.window.from_months === -1 ? '-1' : '0', to_day: `${regime.window.to_day ?? 31}`,
    guidance: regime.guidance, basis: regime.basis, by: regime.addressee_level === null ? 'units' : 'level', level: `${regime.addressee_level ?? regime.deadlines[0]?.level ?? 3}`,
    addressees: regime.addressees.map(({ id, code, name }) => ({ id, code, name })),
    deadlines: regime.deadlines.map((one) => ({ level: `${one.level}`, working_days: `${one.working_days}` })),
    cells: regime.cells.map((one) => ({ ...one, name: known.get(one.indicator)?.name ?? one.indicator, measure: known.get(one.indicator)?.measure_unit ?? '', frequency: known.get(one.indicator)?.frequency ?? '' })),
    sections: regime.sections.map((one) => ({ ...one })), from: regime.from, to: regime.to ?? '', is_illustrative: regime.is_illustrative
  };
}

/** A number as it is sent: text that is none goes as it is, for the program to refuse at its place. */
const number = (text: string): number => (/^-?\d+$/.test(text.trim()) ? Number(text) : (text as unknown as number));

export function windowTyped(typed: Pick<Typed, 'window' | 'from_day' | 'from_months' | 'to_day'>): components['schemas']['DataWindow'] {
  if (typed.window !== 'own') return { kind: typed.window };
  return { kind: 'own', from_day: number(typed.from_day), from_months: Number(typed.from_months), to_day: number(typed.to_day) };
}

export const deadlinesTyped = (typed: Pick<Typed, 'deadlines'>): components['schemas']['Deadline'][] =>
  typed.deadlines.map((one) => ({ level: number(one.level), working_days: number(one.working_days) }));

export function textOf(typed: Typed): components['schemas']['RegimeText'] {
  return {
    name: typed.name, content: typed.content, method: typed.method, line: typed.line, frequency: typed.frequency, window: windowTyped(typed), guidance: typed.guidance || null, basis: typed.basis || null,
    ...(typed.by === 'level' ? { addressee_level: number(typed.level) } : { addressees: typed.addressees.map((one) => one.id) }),
    deadlines: deadlinesTyped(typed),
    cells: typed.cells.map(({ indicator, kind, whole_year, heading }) => ({ indicator, kind, whole_year, heading: heading.trim() || null })),
    sections: typed.sections.map((one) => ({ ...one, guidance: one.guidance.trim() || null })),
    from: typed.from, to: typed.to || null, is_illustrative: typed.is_illustrative
  };
}
