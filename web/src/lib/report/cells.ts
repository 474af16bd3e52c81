/** Lines of a form. An indicator may stand there twice: as it happened, and as it is reckoned. Pure. */
export type Kind = 'actual' | 'estimate';

interface Line {
  indicator: { code: string };
  kind?: Kind;
  heading?: string;
}

/** Names a line within its form, in the page and in what is kept on this machine. */
export function keyOf(indicator: string, kind: Kind | null | undefined): string {
  return kind === 'estimate' ? `${indicator}~estimate` : indicator;
}

export const cellKey = (cell: Line): string => keyOf(cell.indicator.code, cell.kind);

export interface Group<T> {
  heading: string;
  cells: { cell: T; number: number }[];
}

/** Lines under their headings, in the order of the form, numbered through. */
export function groupsOf<T extends Line>(cells: readonly T[]): Group<T>[] {
  const made: Group<T>[] = [];
  cells.forEach((cell, i) => {
    const heading = cell.heading ?? '';
    if (made.at(-1)?.heading !== heading) made.push({ heading, cells: [] });
    made.at(-1)?.cells.push({ cell, number: i + 1 });
  });
  return made;
}

/** The line a fault of the whole report is about: "/cells/2" or deeper; none when it names no line. */
export function placeOf<T>(field: string, cells: readonly T[]): T | undefined {
  const [, at = ''] = /^\/cells\/(\d+)/.exec(field) ?? [];
  return at === '' ? undefined : cells[Number(at)];
}
