import { get, type Indicator } from '$lib/api/client';
import { folded } from './regimes';

let all: Promise<Indicator[]> | null = null;

/** The shared dictionary, asked for once a visit; a failure is asked for again. */
export function dictionary(): Promise<Indicator[]> {
  all ??= get<{ items: Indicator[] }>('/indicators').then((answer) => answer.items, (refused: unknown) => { all = null; throw refused; });
  return all;
}

/** Computed from others, so never asked. */
export const isDerived = (one: Indicator): boolean => one.numerator !== null || one.denominator !== null;

/** What fits the words, whole codes first; those computed from others are not there to be picked. */
export function fitting(items: readonly Indicator[], query: string, most = 12): Indicator[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const fits = items.filter((one) => !isDerived(one) && words.every((word) => folded(`${one.code} ${one.name}`).includes(word)));
  const exact = folded(query.trim());
  return fits.sort((a, b) => Number(folded(b.code) === exact) - Number(folded(a.code) === exact)).slice(0, most);
}
