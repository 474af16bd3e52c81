import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Refusal, type Cell, type Report } from './api/client';
import { Entry, type World } from './entry.svelte';

/** A server of one report that holds two cells, and a machine beside it. */
function stage() {
  const cell = (code: string): Cell =>
    ({ indicator: { code }, state: 'blank', value: null, remark: '', is_locked: false }) as unknown as Cell;
  const server = { revision: 1, cells: [cell('F05'), cell('F06')], down: false, saves: [] as string[], sendings: 0, lateCheck: () => {} };
  const held = new Map<string, string>();
  let later: (() => void) | null = null;
  let waited = 0;
  const now = (): Report =>
    structuredClone({ id: 7, revision: server.revision, cells: server.cells, acts: ['edit', 'submit'], state: 'draft' }) as unknown as Report;
  function write(code: string, value: string, state: Cell['state'] = 'value') {
    server.revision += 1;
    server.cells = server.cells.map((one) => (one.indicator.code === code ? { ...one, state, value: state === 'value' ? value : null } : one));
  }
  const world: World = {
    get: async () => now(),
    async putCells(_id, asked, revision) {
      server.saves.push(...asked.map((one) => one.typed ?? one.state ?? ''));
      server.sendings += 1;
      server.lateCheck();
      if (server.down) throw new TypeError('no network');
      if (revision !== server.revision) throw new Refusal(412, [], '');
      const problems = asked.flatMap((one, i) => (one.typed === '1.234' ? [{ code: 'figure.ambiguous', field: `/cells/${i}/typed`, args: [], detail_vi: 'hai cách', detail_en: 'two ways' }] : []));
      if (problems.length) throw new Refusal(422, problems, '');
      for (const one of asked) write(one.indicator ?? '', one.typed ?? '', one.state as Cell['state']);
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

test('what the page itself sent before it was cut off is no quarrel, though typing went on without network', async () => {
  const { server, world, write } = stage();
  const before = await world.get(7);
  const entry = await opened(world);
  server.down = true;
  server.lateCheck = () => { server.lateCheck = () => {}; write('F05', '2'); }; // written while the page goes away
  entry.type('F05', '2');
  await entry.save('F05');

  const answers = [structuredClone(before)]; // opened from what the machine kept: it does not know the 2
  const reloaded = await opened({ ...world, get: async (id) => answers.shift() ?? world.get(id) });
  reloaded.type('F05', '21');
  await reloaded.save('F05');
  server.down = false;
  reloaded.type('F05', '211530');
  await reloaded.save('F05');
  assert.equal(server.cells[0]?.value, '211530', 'asked about a figure of its own');

  write('F05', '3'); // somebody else’s is still asked about
  reloaded.type('F05', '4');
  await reloaded.save('F05');
  assert.equal(reloaded.rows.F05?.theirs?.value, '3');
});

test('an answer that comes after a newer one is passed over', async () => {
  const { server, world } = stage();
  const late: (() => void)[] = [];
  let isLate = false;
  const entry = await opened({ ...world, get: async (id) => {
    const old = await world.get(id);
    if (isLate) await new Promise<void>((go) => late.push(go));
    return old;
  } });
  isLate = true;
  const loading = entry.load(); // asked when the network came back, and answered at its leisure
  await Promise.resolve();
  isLate = false;
  entry.type('F05', '31');
  await entry.save('F05');
  late.forEach((go) => go());
  await loading;
  assert.equal(entry.shown('F05'), '31', 'the figure that was just saved is gone from the page');
  entry.type('F05', '32');
  await entry.save('F05');
  assert.equal(server.cells[0]?.value, '32', 'asked about a figure of its own');
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

test('an estimate of the same indicator is a line of its own: typed, saved and refused apart', async () => {
  const { server, world } = stage();
  const estimate = { ...server.cells[0], kind: 'estimate', heading: '' } as unknown as Cell;
  server.cells = [...server.cells, estimate];
  const asked: Record<string, string>[] = [];
  const entry = await opened({ ...world, putCells: async (id, cells, revision) => { asked.push(...cells); return world.get(id).then((now) => ({ ...now, revision })); } });
  assert.deepEqual(Object.keys(entry.rows), ['F05', 'F06', 'F05~estimate']);
  entry.type('F05', '7');
  entry.type('F05~estimate', '900');
  await entry.save('F05~estimate');
  assert.deepEqual(asked, [{ indicator: 'F05', kind: 'estimate', state: 'value', remark: '', typed: '900' }]);
  assert.equal(entry.rows.F05?.text, '7');
  assert.ok(entry.rows.F05?.dirty);
});

test('what is typed and cannot be saved is kept with the program once the typing rests, and forgotten there when it is saved', async () => {
  const { world, waited, elapse } = stage();
  const kept: string[][] = [];
  const entry = await opened({ ...world, keepFar: async (_id, cells) => void kept.push(cells.map((one) => `${one.indicator}=${one.typed}`)) });
  entry.type('F05', '1.23');
  entry.type('F05', '1.234');
  assert.ok(waited() >= 2000);
  elapse();
  await entry.save('F05');
  await entry.sendFar();
  assert.deepEqual(kept, [['F05=1.234']], 'each key was sent, or the same twice');
  entry.type('F05', '1234');
  await entry.save('F05');
  await entry.sendFar();
  assert.deepEqual(kept.at(-1), []);
});

test('what the program kept is offered on a machine that has nothing, and lost by nothing but a choice', async () => {
  const { server, world } = stage();
  const draft = { at: '2026-07-15T03:00:00Z', cells: [{ indicator: 'F05', kind: 'actual' as const, typed: '1.234', remark: '' }, { indicator: 'F06', kind: 'actual' as const, typed: '41', remark: '' }] };
  const kept: string[][] = [];
  const far: World = { ...world, get: async (id) => ({ ...(await world.get(id)), draft }), keepFar: async (_id, cells) => void kept.push(cells.map((one) => `${one.indicator}=${one.typed}`)) };
  const entry = await opened(far);
  assert.deepEqual(entry.offers.map((one) => one.text), ['1.234', '41']);
  assert.equal(entry.rows.F05?.text, '', 'written over unasked');
  entry.type('F06', '42'); // typed over the one offered there
  assert.deepEqual(entry.offers.map((one) => one.key), ['F05']);
  await entry.sendFar();
  assert.deepEqual(kept, [['F05=1.234', 'F06=42']]);

  entry.takeOffers();
  await entry.save('F06');
  assert.equal(entry.rows.F05?.text, '1.234');
  assert.equal(entry.rows.F05?.fault, 'hai cách');
  assert.equal(server.cells[1]?.value, '42');
  assert.deepEqual(entry.offers, []);

  const another = await opened({ ...far, shelf: { getItem: () => null, setItem: () => {}, removeItem: () => {} } });
  another.dropOffers();
  await another.sendFar();
  assert.deepEqual(kept.at(-1), []);
});

test('an act beside the cells waits for the saves before it and carries their revision', async () => {
  const { server, world, write } = stage();
  const entry = await opened(world);
  entry.type('F05', '31');
  void entry.save('F05');
  const seen: number[] = [];
  await entry.act(async (now) => { seen.push(now.revision); return world.get(7); });
  assert.deepEqual(seen, [server.revision]);
  write('F06', '40');
  let refusals = 0;
  await entry.act(async (now) => {
    if (now.revision !== server.revision) { refusals += 1; throw new Refusal(412, [], ''); }
    return world.get(7);
  });
  assert.equal(refusals, 1, 'a newer revision is taken and the act done again');
  await assert.rejects(entry.act(async () => { throw new Refusal(422, [], ''); }), Refusal);
  entry.type('F06', '41');
  await entry.save('F06');
  assert.equal(server.cells[1]?.value, '41', 'a refused act stops what comes after it');
});

test('a refused report says at which line, and which doubt stops it', async () => {
  const { world } = stage();
  const told = (code: string, field: string, args: string[]) => ({ code, field, args, detail_vi: code, detail_en: code });
  const refusing: World = { ...world, submit: async () => { throw new Refusal(422, [told('report.cell_blank', '/cells/1', ['F06']), told('report.doubt_unexplained', '/cells/0', ['apart:F05'])], ''); } };
  const entry = await opened(refusing);
  assert.equal(await entry.submit(), false);
  assert.deepEqual(entry.faults, [{ code: 'F06', words: 'report.cell_blank' }, { code: 'F05', words: 'report.doubt_unexplained', doubt: 'apart:F05' }]);
});

test('a pasted block is saved at once but for the lines that are refused, and what stood there before comes back whole', async () => {
  const { server, world, write } = stage();
  write('F05', '31');
  const entry = await opened(world);
  entry.paste([{ key: 'F05', text: '1234' }, { key: 'F06', text: '1.234' }]);
  await entry.save('none'); // the line of saves
  assert.deepEqual(server.saves, ['1234', '1.234', '1234'], 'the refused line, and once more without it');
  assert.equal(entry.rows.F05?.text, '1234');
  assert.equal(entry.rows.F06?.fault, 'hai cách', 'what can be read in two ways is asked back, as when typed');
  assert.equal(entry.pasted.length, 2);
  entry.unpaste();
  await entry.save('none'); // the line of saves
  assert.equal(entry.cell('F05')?.value, '31');
  assert.deepEqual(server.saves.slice(3), ['31', 'blank']);
  assert.equal(entry.pasted.length, 0);
});

test('what waits is saved together, one refused line holding up none of a hundred', async () => {
  const { server, world } = stage();
  server.cells = Array.from({ length: 150 }, (_, i) => ({ ...server.cells[0], indicator: { code: `G${i}` } }) as unknown as Cell);
  const entry = await opened(world);
  entry.fill(Array.from({ length: 150 }, (_, i) => ({ key: `G${i}`, text: i === 40 ? '1.234' : String(i) })));
  await entry.save('none');
  assert.equal(server.cells.filter((one) => one.state === 'value').length, 149);
  assert.equal(entry.rows.G40?.fault, 'hai cách');
  assert.equal(server.sendings, 3, 'a hundred with one refused, without it, and the rest');
  assert.equal(entry.saving, 0);
});

test('typed, filled and cleared lines are taken back and done again step by step, also after a reload', async () => {
  const { server, held, world } = stage();
  const steps = { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, text: string) => void held.set(key, text), removeItem: (key: string) => void held.delete(key) };
  const entry = await opened({ ...world, steps });
  entry.enter('F05');
  entry.type('F05', '1');
  entry.type('F05', '12');
  entry.leave('F05');
  await entry.save('none');
  entry.fill([{ key: 'F05', text: '' }, { key: 'F06', text: '7' }]);
  await entry.save('none');
  assert.deepEqual(server.cells.map((one) => one.value), [null, '7']);

  assert.deepEqual(entry.back(), { keys: ['F05', 'F06'], stayed: 0 });
  await entry.save('none');
  assert.deepEqual(server.cells.map((one) => one.value), ['12', null]);

  const reloaded = await opened({ ...world, steps });
  assert.deepEqual(reloaded.back().keys, ['F05'], 'a figure typed in two keys is one step');
  await reloaded.save('none');
  assert.deepEqual(server.cells.map((one) => one.state), ['blank', 'blank']);
  assert.deepEqual(reloaded.back().keys, []);
  reloaded.again();
  reloaded.again();
  await reloaded.save('none');
  assert.deepEqual(server.cells.map((one) => one.value), [null, '7']);
  assert.deepEqual(reloaded.again().keys, []);
});

test('taking back never writes over what somebody else wrote since', async () => {
  const { server, world, write } = stage();
  const entry = await opened(world);
  entry.fill([{ key: 'F05', text: '1' }, { key: 'F06', text: '2' }]);
  await entry.save('none');
  write('F05', '40');
  await entry.load();
  assert.deepEqual(entry.back(), { keys: ['F06'], stayed: 1 });
  await entry.save('none');
  assert.deepEqual(server.cells.map((one) => one.value), ['40', null]);
});

test('a machine without room says so until what was typed is saved', async () => {
  const { server, world } = stage();
  const entry = await opened({ ...world, shelf: { ...world.shelf, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } } });
  server.down = true;
  entry.type('F05', '31');
  await entry.save('F05');
  assert.ok(entry.unkept);
  server.down = false;
  entry.retry();
  await entry.save('none');
  assert.equal(server.cells[0]?.value, '31');
  assert.equal(entry.unkept, false);
});

test('what is being typed in another open page is not sent from this one; when that page is gone it is', async () => {
  const { server, world } = stage();
  const typing = await opened({ ...world, tab: 'a' });
  typing.type('F05', '8');
  const beside = await opened({ ...world, tab: 'b', living: async () => new Set(['a', 'b']) });
  await beside.save('none');
  assert.deepEqual([server.cells[0]?.value, beside.rows.F05?.text], [null, '']);
  const after = await opened({ ...world, tab: 'c', living: async () => new Set(['c']) });
  await after.save('none');
  assert.equal(server.cells[0]?.value, '8');
});
