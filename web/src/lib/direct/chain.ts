import type { components } from '$lib/api/schema';

/** Papers in layers, from the centre's down to the commune's: what makes concrete, implements, amends, replaces or answers stands under what it speaks of. Pure. */
export type Chain = Pick<components['schemas']['DocumentChain'], 'documents' | 'links'>;
export type Cited = Chain['documents'][number];

export interface Box {
  document: Cited;
  x: number;
  y: number;
}
export interface Strand {
  from: Box;
  to: Box;
  kind: string;
  path: string;
}

export const BOX = { width: 210, height: 58, gapX: 20, gapY: 54 };

/** The layer of each paper: one under the lowest it speaks of. Papers that speak of each other in a ring stay where they are reached first. */
export function layersOf(chain: Chain): Cited[][] {
  const known = new Map(chain.documents.map((one) => [one.id, one]));
  const above = new Map<number, number[]>();
  for (const { from, to } of chain.links) if (known.has(from) && known.has(to) && from !== to) above.set(from, [...(above.get(from) ?? []), to]);
  const depth = new Map<number, number>();
  const depthOf = (id: number, path: ReadonlySet<number>): number => {
    const found = depth.get(id);
    if (found !== undefined) return found;
    const under = (above.get(id) ?? []).filter((one) => !path.has(one));
    const made = under.length ? 1 + Math.max(...under.map((one) => depthOf(one, new Set([...path, id])))) : 0;
    depth.set(id, made);
    return made;
  };
  const layers: Cited[][] = [];
  for (const one of chain.documents) {
    const at = depthOf(one.id, new Set([one.id]));
    (layers[at] ??= []).push(one);
  }
  return layers
    .filter((layer) => layer !== undefined)
    .map((layer) => [...layer].sort((a, b) => (a.issued_on < b.issued_on ? -1 : a.issued_on > b.issued_on ? 1 : a.id - b.id)));
}

export function drawnChain(chain: Chain): { boxes: Box[]; strands: Strand[]; width: number; height: number } {
  const layers = layersOf(chain);
  const widest = Math.max(1, ...layers.map((layer) => layer.length));
  const width = widest * BOX.width + (widest - 1) * BOX.gapX + 8;
  const boxes = layers.flatMap((layer, l) => {
    const left = (width - layer.length * BOX.width - (layer.length - 1) * BOX.gapX) / 2;
    return layer.map((document, i) => ({ document, x: left + i * (BOX.width + BOX.gapX), y: 4 + l * (BOX.height + BOX.gapY) }));
  });
  const at = new Map(boxes.map((box) => [box.document.id, box]));
  const strands = chain.links.flatMap(({ from, to, kind }) => {
    const [low, high] = [at.get(from), at.get(to)];
    if (!low || !high || low === high) return [];
    const [x1, y1, x2, y2] = [low.x + BOX.width / 2, low.y, high.x + BOX.width / 2, high.y + BOX.height];
    const middle = (y1 + y2) / 2;
    return [{ from: low, to: high, kind, path: `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}` }];
  });
  return { boxes, strands, width, height: layers.length * BOX.height + (layers.length - 1) * BOX.gapY + 8 };
}

/** What fits into a box, cut at a word. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const short = text.slice(0, most);
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), most / 2))}…`;
}
