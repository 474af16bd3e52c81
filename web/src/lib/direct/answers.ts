import type { OneProblem } from '$lib/api/client';
import type { components } from '$lib/api/schema';

/** Programmes and targets that wait for the unit's word, as rows to be ticked, and what is sent of them. Pure. */
type Duties = components['schemas']['Duties'];
type Sent = components['schemas']['Answers']['items'][number];

export interface Row {
  key: string;
  programme: Duties['programmes'][number]['programme'];
  target: Duties['targets'][number] | null;
  state: 'adopted' | 'declined' | 'silent';
  reason: string;
}

/** The silent first, programmes before their targets. A target that nobody above gave is not answered. */
export function rowsOf(duties: Duties): Row[] {
  const rows: Row[] = duties.programmes.map((one) => ({ key: `p${one.programme.id}`, programme: one.programme, target: null, state: one.state, reason: one.reason }));
  for (const one of duties.targets) {
    if (one.parent !== null) rows.push({ key: `t${one.parent}`, programme: one.programme, target: one, state: one.state, reason: one.reason });
  }
  const place = (row: Row) => (row.state === 'silent' ? 0 : 1);
  return rows.map((row, i) => ({ row, i })).sort((a, b) => place(a.row) - place(b.row) || a.i - b.i).map(({ row }) => row);
}

export function sentOf(rows: readonly Row[], state: 'adopted' | 'declined', reason: string): Sent[] {
  return rows.map((row) => ({
    ...(row.target ? { target: row.target.parent } : { programme: row.programme.id }),
    state,
    ...(state === 'declined' ? { reason: reason.trim() } : {})
  }));
}

/** The faults by the row they were said of; what was said of none stands above. */
export function faultsOf(problems: readonly OneProblem[], rows: readonly Row[], words: (one: OneProblem) => string): { rows: Record<string, string>; rest: string } {
  const made: Record<string, string> = {};
  const rest: string[] = [];
  for (const one of problems) {
    const [, at = ''] = /^\/items\/(\d+)/.exec(one.field) ?? [];
    const row = at === '' ? undefined : rows[Number(at)];
    if (row) made[row.key] = [made[row.key], words(one)].filter(Boolean).join(' ');
    else rest.push(words(one));
  }
  return { rows: made, rest: [...new Set(rest)].join(' ') };
}
