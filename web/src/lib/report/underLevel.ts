import type { Row } from '$lib/units/tree';

/** Units of a level anywhere under one, in the tree's order. Rows come parents before children. */
export function underLevel(rows: readonly Row[], top: number, level: number): number[] {
  const within = new Set([top]);
  const made: number[] = [];
  for (const [id, parent, , , , at] of rows) {
    if (id === top || !within.has(parent)) continue;
    within.add(id);
    if (at === level) made.push(id);
  }
  return made;
}
