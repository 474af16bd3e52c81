import { isEstimate, ratio } from './shares';

/** Predecessors ▸ unit ▸ successors laid out from left to right; a line is as wide as the share it carries. Pure. */
export interface KinUnit {
  id: number;
  code: string;
  name: string;
}
export interface Kin {
  unit: KinUnit;
  on: string;
  share: string;
}
export interface Box {
  unit: KinUnit;
  lines: string[];
  x: number;
  y: number;
  width: number;
  height: number;
  isHere: boolean;
}
export interface Strand {
  path: string;
  width: number;
  isEstimate: boolean;
}
export interface Diagram {
  width: number;
  height: number;
  boxes: Box[];
  strands: Strand[];
  /** How many at either side are told in the table only. */
  left: number;
}

const BOX = 138;
const GAP = 68;
const ROW = 48;
const HEIGHT = 40;
const WIDEST = 14;
const MOST = 12;
const LETTERS = 18;

/** A name in at most two lines; what does not fit ends in "…". */
export function wrapped(name: string, letters = LETTERS): string[] {
  const made = [''];
  for (const word of name.split(' ')) {
    const last = made[made.length - 1] ?? '';
    if (last === '') made[made.length - 1] = word;
    else if (last.length + 1 + word.length <= letters) made[made.length - 1] = `${last} ${word}`;
    else made.push(word);
  }
  const shown = made.slice(0, 2);
  if (made.length > 2) shown[1] = `${(shown[1] ?? '').slice(0, letters - 1)}…`;
  return shown.map((line) => (line.length > letters + 2 ? `${line.slice(0, letters)}…` : line));
}

export function layout(here: KinUnit, before: readonly Kin[], after: readonly Kin[]): Diagram {
  const sides = [before.slice(0, MOST), after.slice(0, MOST)] as const;
  const rows = Math.max(1, sides[0].length, sides[1].length);
  const height = rows * ROW + 8;
  const middle = height / 2;
  const x = sides[0].length ? BOX + GAP : 0;
  const box = (unit: KinUnit, left: number, centre: number, isHere: boolean): Box =>
    ({ unit, lines: wrapped(unit.name), x: left, y: centre - HEIGHT / 2, width: BOX, height: HEIGHT, isHere });
  const boxes = [box(here, x, middle, true)];
  const strands: Strand[] = [];
  sides.forEach((kin, side) => {
    const widths = kin.map((one) => Math.max(1.5, ratio(one.share) * WIDEST));
    const scale = Math.min(1, (HEIGHT - 8) / Math.max(1, widths.reduce((sum, one) => sum + one, 0)));
    let port = middle - (widths.reduce((sum, one) => sum + one, 0) * scale) / 2;
    kin.forEach((one, i) => {
      const centre = middle + (i - (kin.length - 1) / 2) * ROW;
      const width = widths[i] ?? 1;
      const at = port + (width * scale) / 2;
      port += width * scale;
      boxes.push(box(one.unit, side === 0 ? 0 : x + BOX + GAP, centre, false));
      const [x1, y1, x2, y2] = side === 0 ? [BOX, centre, x, at] : [x + BOX, at, x + BOX + GAP, centre];
      const bend = (x1 + x2) / 2;
      strands.push({
        path: `M${x1} ${round(y1)}C${bend} ${round(y1)} ${bend} ${round(y2)} ${x2} ${round(y2)}`,
        width: round(width),
        isEstimate: isEstimate(one.share)
      });
    });
  });
  const width = x + BOX + (sides[1].length ? GAP + BOX : 0);
  return { width, height, boxes, strands, left: before.length + after.length - sides[0].length - sides[1].length };
}

const round = (number: number) => Math.round(number * 10) / 10;
