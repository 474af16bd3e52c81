import { day } from '$lib/format';
import type { t } from '$lib/words.svelte';
import { dayBefore, OPEN } from './days';

/** A half-open span as people say it: "từ 1/7/2025", "đến hết 30/6/2025", "từ … đến hết …". */
export function spanWords(from: string, to: string, say: typeof t): string {
  const begins = from > '1901-01-01';
  const ends = to !== OPEN;
  if (begins && ends) return say('span.both', day(from), day(dayBefore(to)));
  if (begins) return say('span.from', day(from));
  if (ends) return say('span.to', day(dayBefore(to)));
  return say('span.always');
}
