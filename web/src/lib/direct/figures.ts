/** Exact decimals for allocations: text in, text out, whole numbers between. */
export function scaled(value: string, decimals: number): bigint {
  const minus = value.startsWith('-');
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.');
  const amount = BigInt(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
  return minus ? -amount : amount;
}

export function canonical(amount: bigint, decimals: number): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return (amount < 0n ? '-' : '') + whole + (decimals > 0 && fraction ? `.${fraction}` : '');
}

/** A figure as people type it, when it can be read in one way only; null when it cannot, or has more decimals than it may. */
export function readFigure(text: string, decimals: number): string | null {
  const typed = text.trim().replace(/[\s\u00a0]/g, '').replace('−', '-');
  const marks = typed.match(/[.,]/g) ?? [];
  const last = typed.search(/[.,](?=\d*$)/);
  let plain: string | null = null;
  if (marks.length === 0) plain = /^-?\d+$/.test(typed) ? typed : null;
  else if (marks.length === 1) {
    const isEither = /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(typed); // thousands, or three decimals
    plain = !isEither && /^-?\d+[.,]\d+$/.test(typed) ? typed.replace(',', '.') : null;
  } else if (new Set(marks).size === 1) plain = /^-?\d{1,3}([.,]\d{3})+$/.test(typed) ? typed.replace(/[.,]/g, '') : null;
  else {
    const [whole, fraction] = [typed.slice(0, last), typed.slice(last + 1)];
    const isGrouped = /^-?\d{1,3}(\.\d{3})+$|^-?\d{1,3}(,\d{3})+$/.test(whole) && !whole.includes(typed[last] ?? '');
    plain = isGrouped && /^\d+$/.test(fraction) ? `${whole.replace(/[.,]/g, '')}.${fraction}` : null;
  }
  if (plain === null) return null;
  const fraction = (plain.split('.')[1] ?? '').replace(/0+$/, '');
  return fraction.length > decimals ? null : canonical(scaled(plain, decimals), decimals);
}

export interface Sum {
  allocated: string;
  /** What was given beyond the target; negative when some is left. */
  difference: string;
}

export function sumOf(values: readonly string[], target: string, decimals: number): Sum {
  const total = values.reduce((sum, one) => sum + scaled(one, decimals), 0n);
  return { allocated: canonical(total, decimals), difference: canonical(total - scaled(target, decimals), decimals) };
}

/** How much of `whole` a part is, for the length of a bar only: 0 to 1. */
export function shareOf(part: string | null, whole: string | null): number {
  const [a, b] = [Number(part ?? 0), Number(whole ?? 0)];
  return b > 0 && a > 0 ? Math.min(1, a / b) : 0;
}
