import assert from 'node:assert/strict';
import { test } from 'vitest';
import { chosen, find, fits, sourcesOf, type Ask } from './search';

test('every word asked begins a word that is there, in any spelling', () => {
  assert.ok(fits('Thị trấn Thường Tín', 'thuong ti'));
  assert.ok(fits('Xã Hòa Bình 10198', 'HOÀ 101'));
  assert.ok(fits('05-BC/HU Báo cáo quý I', 'bc/hu') && fits('05-BC/HU Báo cáo quý I', '05 báo'));
  assert.ok(!fits('Thường Tín', 'tinh'));
});

test('what begins with the question comes first, and no more than a handful', () => {
  const hit = (label: string) => ({ label, note: '', href: '/' });
  assert.deepEqual(chosen([hit('Rà soát chương trình'), hit('Chương trình 01')], 'chương').map((one) => one.label), ['Chương trình 01', 'Rà soát chương trình']);
  assert.equal(chosen(Array.from({ length: 20 }, (_, i) => hit(`Xã ${i}`)), 'xã').length, 6);
});

test('lists are asked once and looked through; what fails hides nothing else and is asked again', async () => {
  const asked: string[] = [];
  let down = true;
  const ask: Ask = async <T,>(path: string) => {
    asked.push(path);
    if (path.startsWith('/tasks')) {
      if (down) throw new TypeError('no network');
      return { items: [{ id: 4, title: 'Rà soát hương ước', lead: { name: 'Xã Hòa Bình' } }], next: 'x' } as T;
    }
    return { items: path.startsWith('/units') ? [{ id: 7, code: '10198', name: 'Xã Hương Sơn', parent: null }] : [] } as T;
  };
  const sources = sourcesOf(ask, [{ label: 'Hướng dẫn', note: '', href: '/h' }], (text) => text);
  const first = await find(sources, 'huong');
  assert.deepEqual(first.found.map((one) => [one.kind, one.hits[0]?.href]), [['pages', '/h'], ['units', '/don-vi/7']]);
  assert.equal(first.failed, 1);
  down = false;
  const second = await find(sources, 'hương ư');
  assert.deepEqual(second.found.filter((one) => one.kind === 'tasks'), [{ kind: 'tasks', hits: [{ label: 'Rà soát hương ước', note: 'Xã Hòa Bình', href: '/chi-dao/nhiem-vu/4' }], isCut: true }]);
  await find(sources, 'hương ước');
  assert.equal(asked.filter((path) => path.startsWith('/tasks')).length, 2, 'a list is asked anew at each key');
  assert.deepEqual(await find(sources, 'h'), { found: [], failed: 0 });
});
