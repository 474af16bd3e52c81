import assert from 'node:assert/strict';
import { test } from 'vitest';
import { around, dayBefore, isDay, stops } from './days';
import { layout, wrapped } from './kin';
import { draw, stretch } from './map';
import { isEstimate, percent, ratio } from './shares';
import { bare, fold, lines, plant, step, superiors, typed, type Row } from './tree';

const ROWS: Row[] = [
  [1, 0, '01', 'Thành phố Hà Nội', 'Thành phố Trung ương', 1],
  [2, 1, '279', 'Huyện Thường Tín', 'Huyện', 2],
  [3, 1, '280', 'Huyện Phú Xuyên', 'Huyện', 2],
  [4, 2, '10183', 'Thị trấn Thường Tín', 'Thị trấn', 3],
  [5, 2, '10198', 'Xã Hòa Bình', 'Xã', 3],
  [6, 9, '99999', 'Xã lẻ', 'Xã', 3]
];

test('days are stepped and checked as civil days', () => {
  assert.equal(dayBefore('2025-07-01'), '2025-06-30');
  assert.equal(dayBefore('2024-03-01'), '2024-02-29');
  for (const good of ['2024-02-29', '0999-01-01']) assert.ok(isDay(good));
  for (const wrong of ['2025-02-29', '2025-13-01', '1/7/2025', '', '2025-7-1']) assert.ok(!isDay(wrong), wrong);
});

test('the slider stands on eves, changes, today and the day shown, each once', () => {
  const marks = ['2025-01-01', '2025-07-01'];
  assert.deepEqual(stops(marks, '2022-04-14', '2025-06-30'), ['2022-04-14', '2024-12-31', '2025-01-01', '2025-06-30', '2025-07-01']);
  assert.deepEqual(around(marks, '2025-07-01'), { back: '2025-06-30', on: null });
  assert.deepEqual(around(marks, '2025-06-30'), { back: '2024-12-31', on: '2025-07-01' });
  assert.deepEqual(around(marks, '2022-04-14'), { back: null, on: '2025-01-01' });
});

test('a tree knows its tops, what stands below, and who stands above', () => {
  const tree = plant(ROWS);
  assert.deepEqual(tree.roots.map((one) => one.id), [1, 6]);
  assert.equal(tree.nodes.get(1)?.below, 4);
  assert.deepEqual(superiors(tree.nodes.get(5)!).map((one) => one.id), [1, 2]);
});

test('only expanded branches are in sight, each with its place among its siblings', () => {
  const tree = plant(ROWS);
  const shown = lines(tree, new Set([1]));
  assert.deepEqual(shown.map((one) => [one.node.id, one.depth, one.position, one.siblings]), [[1, 1, 1, 2], [2, 2, 1, 2], [3, 2, 2, 2], [6, 1, 2, 2]]);
});

test('ten thousand units are planted and shown whole', () => {
  const rows: Row[] = [[1, 0, '0', 'Nước', '', 0]];
  for (let i = 2; i <= 10_000; i += 1) rows.push([i, i <= 64 ? 1 : 2 + (i % 63), String(i), `Xã ${i}`, 'Xã', 2]);
  const tree = plant(rows);
  assert.equal(lines(tree, new Set(rows.map((one) => one[0]))).length, 10_000);
  assert.equal(tree.roots[0]?.below, 9_999);
});

test('the keys of a tree: arrows, Home, End, and all siblings at once', () => {
  const tree = plant(ROWS);
  const open = new Set([1, 2]);
  const shown = lines(tree, open);
  assert.deepEqual(step('ArrowDown', 2, shown, open), { focus: 4 });
  assert.deepEqual(step('ArrowUp', 1, shown, open), {});
  assert.deepEqual(step('End', 1, shown, open), { focus: 6 });
  assert.deepEqual(step('ArrowRight', 2, shown, open), { focus: 4 });
  assert.deepEqual(step('ArrowRight', 2, shown, new Set([1])), { open: [2] });
  assert.deepEqual(step('ArrowLeft', 4, shown, open), { focus: 2 });
  assert.deepEqual(step('ArrowLeft', 2, shown, open), { close: 2 });
  assert.deepEqual(step('*', 3, shown, open), { open: [2] });
  assert.equal(step('q', 3, shown, open), null);
});

test('typing finds the next name, with or without its kind and its marks', () => {
  const shown = lines(plant(ROWS), new Set([1, 2]));
  assert.equal(fold('Đường Hòa'), 'duong hoa');
  assert.equal(bare({ name: 'Xã Hòa Bình', kind: 'Xã' }), 'Hòa Bình');
  assert.equal(typed('hoa', 1, shown), 5);
  assert.equal(typed('t', 2, shown), 4, 'one letter moves on');
  assert.equal(typed('th', 2, shown), 2, 'more letters may stay');
  assert.equal(typed('huyện p', 1, shown), 3);
  assert.equal(typed('zz', 1, shown), null);
});

test('shares are exact, and only a part is an estimate', () => {
  assert.equal(percent('62/100', 'vi'), '62\u00a0%');
  assert.equal(percent('1/3', 'vi'), '33,3\u00a0%');
  assert.equal(percent('2/3', 'en'), '66.7%');
  assert.equal(percent('1/1', 'vi'), '100\u00a0%');
  assert.equal(ratio('1/2'), 0.5);
  assert.ok(isEstimate('2/3') && !isEstimate('1/1') && !isEstimate('7/7'));
});

test('kin stand from left to right, wide as their share, dashed where it is a part', () => {
  const unit = (id: number) => ({ id, code: String(id), name: `Xã ${id}` });
  const kin = (id: number, share: string) => ({ unit: unit(id), on: '2025-07-01', share });
  const made = layout(unit(1), [kin(2, '1/1'), kin(3, '1/2')], [kin(4, '1/1')]);
  const [here, first, , after] = made.boxes;
  assert.ok(here && first && after && first.x < here.x && here.x < after.x);
  assert.deepEqual(made.strands.map((one) => one.isEstimate), [false, true, false]);
  assert.ok((made.strands[0]?.width ?? 0) > (made.strands[1]?.width ?? 0));
  assert.equal(layout(unit(1), Array.from({ length: 15 }, (_, i) => kin(i + 2, '1/1')), []).left, 3);
  assert.equal(layout(unit(1), [], []).boxes.length, 1);
});

test('a long name takes two lines', () => {
  assert.deepEqual(wrapped('Xã Hòa Bình'), ['Xã Hòa Bình']);
  assert.deepEqual(wrapped('Thị trấn Thường Tín'), ['Thị trấn Thường', 'Tín']);
  assert.equal(wrapped('Ủy ban Mặt trận Tổ quốc Việt Nam thành phố Hà Nội').length, 2);
});

const square = (west: number, south: number, size: number) =>
  [[[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]];
const feature = (id: number, geometry: unknown, name = `Xã ${id}`) => ({ id, properties: { code: String(id), name, source: 'thử' }, geometry });

test('a square of degrees is narrower than high, by the cosine of its latitude', () => {
  const { width, height, shapes } = draw([feature(1, { type: 'Polygon', coordinates: square(105, 20.5, 1) })], 1000, 600);
  assert.ok(Math.abs((width - 12) / (height - 12) - Math.cos((21 * Math.PI) / 180)) < 0.01);
  assert.match(shapes[0]?.path ?? '', /^M.*Z$/);
});

test('a name is written where it fits and left out where it does not', () => {
  const big = { type: 'Polygon', coordinates: square(105, 20, 1) };
  const small = { type: 'MultiPolygon', coordinates: [square(106.2, 20, 0.02)] };
  const { shapes } = draw([feature(2, small), feature(1, big)], 500, 500);
  assert.deepEqual(shapes.map((one) => [one.id, one.label !== null]), [[1, true], [2, false]]);
  assert.equal(draw([feature(1, { type: 'Point', coordinates: [1, 1] })], 100, 100).shapes.length, 0);
});

test('the widest stretch of a shape with a dent', () => {
  const u: [number, number][] = [[0, 0], [10, 0], [10, 10], [9, 10], [9, 2], [4, 2], [4, 10], [0, 10]];
  assert.deepEqual(stretch(u, 5), [0, 4]);
});
