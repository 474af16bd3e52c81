import { cellKey, groupsOf } from './cells';

/** A form cut into pieces that are drawn as they come into sight. Pure. */
export interface Piece<T> {
  /** Only at the first piece under a heading. */
  heading: string;
  cells: { cell: T; number: number }[];
}

const MOST = 20;

export function piecesOf<T extends { indicator: { code: string } }>(cells: readonly T[]): Piece<T>[] {
  return groupsOf(cells).flatMap((group) =>
    Array.from({ length: Math.ceil(group.cells.length / MOST) }, (_, i) => ({
      heading: i === 0 ? group.heading : '',
      cells: group.cells.slice(i * MOST, (i + 1) * MOST)
    }))
  );
}

/** Which piece holds the line; -1 when none does. */
export const holding = <T extends { indicator: { code: string } }>(pieces: readonly Piece<T>[], code: string) =>
  pieces.findIndex((piece) => piece.cells.some(({ cell }) => cellKey(cell) === code));
