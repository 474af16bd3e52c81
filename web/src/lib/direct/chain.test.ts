import { describe, expect, it } from 'vitest';
import { cut, drawnChain, layersOf } from './chain';

const paper = (id: number, issued_on = '2021-01-01') => ({ id, number: `${id}-CTr/TU`, kind: 'CTr', kind_name: 'Chương trình', subject: `Văn bản ${id}`, issuer: 'TU', issued_on });
const link = (from: number, to: number, kind: 'makes_concrete' | 'amends' = 'makes_concrete') => ({ from, to, kind });
const ids = (layers: { id: number }[][]) => layers.map((layer) => layer.map((one) => one.id));

describe('the chain of papers', () => {
  it('stands in layers from the source down, whichever was asked for first', () => {
    const documents = [paper(3), paper(1), paper(2), paper(4, '2020-01-01')];
    expect(ids(layersOf({ documents, links: [link(2, 1), link(3, 2), link(4, 2)] }))).toEqual([[1], [2], [4, 3]]);
  });
  it('puts a paper under the lowest of those it speaks of', () => {
    expect(ids(layersOf({ documents: [paper(1), paper(2), paper(3)], links: [link(3, 1), link(3, 2), link(2, 1)] }))).toEqual([[1], [2], [3]]);
  });
  it('bears a ring and a link to what is not told', () => {
    const { boxes, strands } = drawnChain({ documents: [paper(1), paper(2)], links: [link(1, 2), link(2, 1, 'amends'), link(1, 9), link(1, 1)] });
    expect(boxes).toHaveLength(2);
    expect(strands).toHaveLength(2);
  });
  it('is wide enough for its widest layer and keeps every box inside', () => {
    const { boxes, width, height } = drawnChain({ documents: [paper(1), paper(2), paper(3), paper(4)], links: [link(2, 1), link(3, 1), link(4, 1)] });
    for (const box of boxes) expect(box.x >= 0 && box.x + 210 <= width && box.y + 58 <= height).toBe(true);
  });
  it('cuts words where they end', () => {
    expect([cut('ngắn', 10), cut('Chương trình của Thành ủy', 16)]).toEqual(['ngắn', 'Chương trình…']);
  });
});
