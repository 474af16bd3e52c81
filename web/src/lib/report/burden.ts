import type { components } from '$lib/api/schema';

/** What a request costs, in words. Minutes are reckoned, never measured. Pure. */
export type Burden = components['schemas']['Burden'];
type Says = (key: 'time.minutes' | 'time.hours' | 'time.both' | 'burden.range', ...args: (string | number)[]) => string;

/** "34 phút", "16 giờ", "16 giờ 26 phút". */
export function spent(minutes: number, says: Says): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return says('time.minutes', rest);
  return rest === 0 ? says('time.hours', hours) : says('time.both', hours, rest);
}

/** The one figure of all units, or from the least to the most. */
export function among(values: readonly number[], says: Says): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.length === 0 ? '0' : least === most ? `${least}` : says('burden.range', least, most);
}

export function spentAmong(values: readonly number[], says: Says): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return values.length === 0 || least === most ? spent(values[0] ?? 0, says) : says('burden.range', least, spent(most, says));
}

/** How full a year's budget is, in whole hundredths; above 100 when it is exceeded. */
export const fullness = (minutes: number, budget: number): number => Math.round((minutes * 100) / budget);
