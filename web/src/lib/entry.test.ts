import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Refusal, type Cell, type Report } from './api/client';
import { Entry, type World } from './entry.svelte';

/** A server of one report that holds two cells, and a machine beside it. */
function stage() {
  const cell = (code: string): Cell =>
    ({ indicator: { code }, state: 'blank', value: null, remark: '', is_locked: false }) as unknown as Cell;
  const server = { revision: 1, cells: [cell('F05'), cell('F06')], down: false, saves: [] as string[], lateCheck: () => {} };
  const held = new Map<string, string>();
  let later: (() => void) | null = null;
  let waited = 0;
  const now = (): Report =>
    structuredClone({ id: 7, revision: server.revision, cells: server.cells, acts: ['edit', 'submit'], state: 'draft' }) as unknown as Report;
  function write(code: string, value: string) {
    server.revision += 1;
    server.cells = server.cells.map((one) => (one.indicator.code === code ? { ...one, state: 'value', value } : one));
  }
  const world: World = {
    get: async () => now(),
    async putCell(_id, asked, revision) {
      server.saves.push(asked.typed ?? asked.state ?? '');
      server.lateCheck();
      if (server.down) throw new TypeError('no network');
      if (revision !== server.revision) throw new Refusal(412, [], '');
      if (asked.typed === '1.234') {
        const problem = { code: 'figure.ambiguous', field: '', args: [], detail_vi: 'hai cách', detail_en: 'two ways' };
        throw new Refusal(422, [problem], '');
      }
      write(asked.indicator ?? '', asked.typed ?? '');
      return now();
    },
    submit: async () => now(),
    shelf: { getItem: (key) => held.get(key) ?? null, setItem: (key, text) => void held.set(key, text), removeItem: (key) => void held.delete(key) },
    account: 1,
    language: () => 'vi',
    focused: () => null,
    later(run, milliseconds) {
      later = run;
      waited = milliseconds;
      return () => { later = null; };
    }
  };
  return { server, held, world, write, waited: () => waited, elapse: () => later?.() };
}

async function opened(world: World) {
  const entry = new Entry(7, world);
  await entry.load();
  return entry;
}

test('a figure is saved with the newest revision, and read back as people write it', async () => {
  const { server, held, world } = stage();
  const entry = await opened(world);
  entry.type('F05', '12345');
  void entry.save('F05');
  entry.type('F06', '7');
  await entry.save('F06');
  assert.deepEqual(server.cells.map((one) => one.value), ['12345', '7']);
  assert.equal(entry.shown('F05'), '12.345');
  assert.equal(held.size, 0, 'a saved figure is still kept as unsaved');
});

test('a refused figure stays as typed with its reason, and does not stop the next', async () => {
  const { server, world } = stage();
  const entry = await opened(world);
  entry.type('F05', '1.234');
  void entry.save('F05');
  entry.type('F06', '7');
  await entry.save('F06');
  assert.equal(entry.rows.F05?.fault, 'hai cách');
  assert.equal(entry.shown('F05'), '1.234');
  assert.equal(server.cells[1]?.value, '7');
  assert.equal(await entry.submit(), false);
  assert.deepEqual(entry.faults, [{ code: 'F05', words: 'hai cách' }]);
});

test('without the network typing is kept, tried again ever more seldom, and restored after a reload', async () => {
  const { server, world, waited, elapse } = stage();
  const entry = await opened(world);
  server.down = true;
  entry.type('F05', '31');
  await entry.save('F05');
  assert.deepEqual([entry.unsaved, waited()], [1, 5000]);
  elapse();
  await entry.save('F06');
  assert.deepEqual([entry.unsaved, waited()], [1, 10000]);

  server.down = false;
  const reloaded = await opened(world);
  assert.equal(reloaded.rows.F05?.text, '31');
  await reloaded.save('F06');
  assert.equal(server.cells[0]?.value, '31');
});

test('somebody else’s figure in another cell is taken, and the own one goes after it', async () => {
  const { server, world, write } = stage();
  const entry = await opened(world);
  write('F06', '40');
  entry.type('F05', '31');
  await entry.save('F05');
  assert.deepEqual(server.cells.map((one) => one.value), ['31', '40']);
  assert.equal(entry.shown('F06'), '40');
  assert.ok(entry.newer);
});

test('somebody else’s figure in the same cell is asked about, never written over, also after a reload', async () => {
  const { server, world, write } = stage();
  const entry = await opened(world);
  write('F05', '14');
  entry.type('F05', '15');
  await entry.save('F05');
  assert.equal(server.cells[0]?.value, '14');
  assert.equal(entry.rows.F05?.theirs?.value, '14');
  assert.equal(await entry.submit(), false, 'submitted with an open question');

  const reloaded = await opened(world);
  await reloaded.save('F05');
  assert.equal(reloaded.rows.F05?.theirs?.value, '14');
  reloaded.keepMine('F05');
  await reloaded.save('F06');
  assert.equal(server.cells[0]?.value, '15');

  write('F05', '16');
  reloaded.type('F05', '17');
  await reloaded.save('F05');
  reloaded.takeTheirs('F05');
  assert.equal(reloaded.shown('F05'), '16');
});

test('an answer lost on the way is no quarrel with oneself', async () => {
  const { server, world, write } = stage();
  const entry = await opened(world);
  server.down = true;
  server.lateCheck = () => { server.lateCheck = () => {}; write('F05', '31'); }; // written, but the answer never comes
  entry.type('F05', '31');
  await entry.save('F05');
  server.down = false;
  entry.retry();
  await entry.save('F06');
  assert.equal(entry.rows.F05?.theirs, null);
  assert.equal(entry.rows.F05?.dirty, false);
});
