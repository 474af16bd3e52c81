/**
 * What was typed and is not saved yet, kept on this machine so that nothing typed is ever lost. It belongs to the
 * person: on a shared machine the next one never sends it under another name.
 */
export interface Draft {
  text: string;
  kind: 'blank' | 'value' | 'not_applicable' | 'not_yet';
  remark: string;
  /** What the program held when typing began, to notice that somebody else wrote there since. */
  base?: string;
  /** What was sent of it and not answered: found in the program, it is one's own. */
  sent?: { text: string; kind: Draft['kind']; remark: string }[];
  /** When it was typed, by this machine's clock. */
  at?: string;
  /** The page it was typed in. */
  tab?: string;
}
export type Drafts = Record<string, Draft>;

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const name = (account: number, report: number) => `draft-${account}-${report}`;

export function load(shelf: Shelf, account: number, report: number): Drafts {
  try {
    return JSON.parse(shelf.getItem(name(account, report)) ?? '{}') as Drafts;
  } catch {
    return {};
  }
}

/** False when this machine keeps nothing (full, or forbidden): the page then holds the only copy. */
export const keep = (shelf: Shelf, account: number, report: number, indicator: string, draft: Draft): boolean =>
  keepAll(shelf, account, report, { [indicator]: draft });

/** Many lines in one go. */
export function keepAll(shelf: Shelf, account: number, report: number, lines: Drafts): boolean {
  try {
    shelf.setItem(name(account, report), JSON.stringify({ ...load(shelf, account, report), ...lines }));
    return true;
  } catch {
    return false;
  }
}

export const forget = (shelf: Shelf, account: number, report: number, indicator: string): void => forgetAll(shelf, account, report, [indicator]);

export function forgetAll(shelf: Shelf, account: number, report: number, lines: readonly string[]): void {
  try {
    const rest = load(shelf, account, report);
    for (const line of lines) delete rest[line];
    if (Object.keys(rest).length === 0) shelf.removeItem(name(account, report));
    else shelf.setItem(name(account, report), JSON.stringify(rest));
  } catch {
    // A shelf that cannot be written holds nothing to forget.
  }
}
