import type { Language } from '$lib/format';
import type { Key, t } from '$lib/words.svelte';

/** A part of a unit, "2/3": exact, never a float where it is shown as a figure. */
export interface Part {
  numerator: bigint;
  denominator: bigint;
}

export function readShare(text: string): Part {
  const [, numerator = '1', denominator = '1'] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  return BigInt(denominator) === 0n ? { numerator: 1n, denominator: 1n } : { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

/** Whether only a part belongs there, so that what it gives is an estimate. */
export function isEstimate(share: string): boolean {
  const { numerator, denominator } = readShare(share);
  return numerator !== denominator;
}

/** From 0 to 1, for drawing only. */
export function ratio(share: string): number {
  const { numerator, denominator } = readShare(share);
  return Number((numerator * 10_000n) / denominator) / 10_000;
}

/** "62/100" → "62 %" (its blank never breaks), "1/3" → "33,3 %"; rounded half up to a tenth. */
export function percent(share: string, language: Language): string {
  const { numerator, denominator } = readShare(share);
  const tenths = (numerator * 2000n + denominator) / (denominator * 2n);
  const [whole, rest] = [tenths / 10n, tenths % 10n];
  return `${whole}${rest === 0n ? '' : `${language === 'vi' ? ',' : '.'}${rest}`}${language === 'vi' ? '\u00a0%' : '%'}`;
}

/** "ước theo dân số 62 %, tính cho Xã C"; a whole is no estimate. */
export function shareWords(share: { share: string; basis: string; name: string }, language: Language, say: typeof t): string {
  if (!isEstimate(share.share)) return say('share.whole', share.name);
  return say(`share.${share.basis === 'whole' ? 'stated' : share.basis}` as Key, percent(share.share, language), share.name);
}

interface Restated {
  units: number;
  estimates: { name: string; share: string; basis: string }[];
  undivided: number;
}

/** What was done to earlier figures so that they are of this unit's extent. */
export function restatedWords({ units, estimates, undivided }: Restated, language: Language, say: typeof t): string {
  const parts = [say('restated.units', units)];
  if (estimates.length) parts.push(say('restated.estimates', estimates.map((one) => `${one.name} ${percent(one.share, language)}`).join(', ')));
  if (undivided > 0) parts.push(say('restated.undivided', undivided));
  return parts.join(' ');
}
