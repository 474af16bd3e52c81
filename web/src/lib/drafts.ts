/** What was typed and is not saved yet, kept on this machine per report so that nothing typed is ever lost. */
export interface Draft {
  text: string;
  kind: 'blank' | 'value' | 'not_applicable' | 'not_yet';
  remark: string;
}
export type Drafts = Record<string, Draft>;

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const name = (report: number) => `draft-${report}`;

export function load(shelf: Shelf, report: number): Drafts {
  try {
    return JSON.parse(shelf.getItem(name(report)) ?? '{}') as Drafts;
  } catch {
    return {};
  }
}

export function keep(shelf: Shelf, report: number, indicator: string, draft: Draft): void {
  shelf.setItem(name(report), JSON.stringify({ ...load(shelf, report), [indicator]: draft }));
}

export function forget(shelf: Shelf, report: number, indicator: string): void {
  const { [indicator]: _, ...rest } = load(shelf, report);
  if (Object.keys(rest).length === 0) shelf.removeItem(name(report));
  else shelf.setItem(name(report), JSON.stringify(rest));
}
