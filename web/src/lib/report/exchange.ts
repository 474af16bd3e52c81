/** Files that go to and come from other systems. Pure, but for `loaded`. */
export type Form = 'json' | 'xml' | 'csv' | 'adx';
export const endings: Record<Form, string> = { json: 'json', xml: 'xml', csv: 'csv', adx: 'adx.xml' };

/** The media type the program knows a file by: its ending, and of XML its root. */
export function typeOf(name: string, text: string): string {
  const ending = name.toLowerCase().split('.').at(-1);
  if (ending === 'csv') return 'text/csv';
  if (ending === 'adx') return 'application/adx+xml';
  if (ending === 'xml') return /<(\w+:)?adx[\s>]/.test(text.slice(0, 2000)) ? 'application/adx+xml' : 'application/xml';
  return 'application/json';
}

/** "2022-03, 2022-Q1" → both. */
export const periodsOf = (typed: string): string[] => typed.split(/[\s,;]+/).filter(Boolean);

/** What has to be said to be given a packet of the kind; null for one that is not asked for here. */
export function packetAsk(kind: string): { unit?: true; periods?: 'period' | 'year'; request?: true } | null {
  switch (kind) {
    case 'indicator_data': return { unit: true, periods: 'period' };
    case 'period_catalogue': return { periods: 'year' };
    case 'indicator_catalogue': return {};
    case 'form':
    case 'report_status': return { request: true };
    default: return null;
  }
}

/** A text as a file of the reader's. */
export function loaded(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
