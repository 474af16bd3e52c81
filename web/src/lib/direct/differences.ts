import { figure, type Language } from '$lib/format';
import type { Key } from '$lib/words.svelte';

type Words = (key: Key, ...args: (string | number)[]) => string;

/** "Đã giao 318 trên 310 người, vượt chỉ tiêu 8." What cannot be added says so. */
export function differenceWords(allocated: string | null, value: string, difference: string | null, unit: string, language: Language, t: Words): string {
  if (difference === null) return t('allocate.notadded');
  const [given, all, gap] = [figure(allocated ?? '0', language), `${figure(value, language)} ${unit}`, figure(difference.replace('-', ''), language)];
  if (difference === '0') return t('allocate.exact', given, all);
  return difference.startsWith('-') ? t('allocate.left', given, all, gap) : t('allocate.over', given, all, gap);
}
