import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Refusal } from '$lib/api/client';
import { t } from '$lib/words.svelte';
import { Draft, type Preview, type Reorganisation, type World } from './draft.svelte';
import * as edit from './plan';
import { sentence, summary, type Speaker } from './sentences';

type Event = edit.Event;
const merge: Event = { taken: true, kind: 'merge', from: ['1', '2'], to: ['9'], name_before: 'Xã A, Xã B', name_after: 'Xã C' };
const split: Event = {
  taken: true, kind: 'split', from: ['3'], to: ['9', '8'], name_before: 'Xã D', name_after: '', basis: 'population',
  shares: [{ to: '9', numerator: 62, denominator: 100 }, { to: '8', numerator: 38, denominator: 100 }]
};
const doubted: Event = { taken: true, kind: 'rename', from: ['4'], to: ['4'], name_before: 'Xã E', name_after: 'Xã Ê', doubts: [{ code: 'x' }] };
const plan = (): edit.Plan => ({
  title: 'thử', document: '', on: '2026-03-01', line: 'government', hand_over: true,
  units: [{ code: '9', name: 'Xã C' }, { code: '8', name: 'Xã H' }],
  events: [merge, split, doubted]
});
const speaker: Speaker = {
  say: t, language: 'vi', before: () => undefined,
  after: (code) => ({ 9: 'Xã C', 8: 'Xã H', 7: 'Phường G', 279: 'Huyện Thường Tín' })[code]
};
const isNew = (code: string) => ['9', '8'].includes(code);
const said = (event: Partial<Event>) => sentence({ kind: 'end', from: [], to: [], ...event } as Event, isNew, speaker);

test('each change is one plain sentence', () => {
  assert.equal(sentence(merge, isNew, speaker), 'Xã A, Xã B → nhập thành Xã C');
  assert.equal(said({ ...merge, to: ['7'], name_after: '' }), 'Xã A, Xã B → nhập vào Phường G');
  assert.equal(sentence(split, isNew, speaker), 'Xã D → chia cho Xã C (62\u00a0%), Xã H (38\u00a0%)');
  assert.equal(sentence(doubted, isNew, speaker), 'Xã E → đổi tên thành Xã Ê');
  assert.equal(said({ kind: 'recode', from: ['4'], to: ['5'], name_before: 'Xã E' }), 'Xã E → đổi mã 4 thành 5');
  assert.equal(said({ kind: 'reparent', from: ['4'], name_before: 'Xã E', parent_after: '279' }), 'Xã E → chuyển về Huyện Thường Tín');
  assert.equal(said({ kind: 'create', to: ['9'] }), 'Lập mới Xã C');
  assert.equal(said({ from: ['4'] }), '4 → kết thúc, số liệu tính cho cấp trên');
  assert.equal(said({ from: ['4'], to: ['9'] }), '4 → kết thúc, số liệu tính cho Xã C');
});

test('the preview is one sentence, and what is none is not said', () => {
  const counts = { made: 2, divided: 1, changed: 0, ended: 3 };
  const concerns = [{ what: 'figures', count: 41 }, { what: 'open_reports', count: 2 }];
  assert.equal(summary(plan(), { counts, concerns }, t, 'vi'),
    '2 đơn vị gộp, 1 đơn vị chia, 2 đơn vị lập mới, 3 đơn vị kết thúc, 41 số liệu bị ảnh hưởng, 2 báo cáo đang mở');
  assert.equal(summary({ ...plan(), events: [] }, { counts: { made: 0, divided: 0, changed: 0, ended: 0 }, concerns: [] }, t, 'vi'), 'Chưa có thay đổi nào');
});

test('doubtful events stand first, keep their number, and are found again by it', () => {
  assert.deepEqual(edit.listed(plan(), '').map((one) => one.at), [2, 0, 1]);
  assert.deepEqual(edit.listed(plan(), 'split').map((one) => one.at), [1]);
  assert.equal(edit.pageOf(edit.listed(plan(), ''), 1), 0);
  assert.equal(edit.pageOf(edit.listed(plan(), 'merge'), 1), -1);
  assert.deepEqual(edit.counts(edit.taken(plan(), [0], false)).map((one) => [one.kind, one.all, one.taken]), [['merge', 1, 0], ['split', 1, 1], ['rename', 1, 1]]);
});

test('an event goes with the new units that nothing else names', () => {
  assert.deepEqual(edit.without(plan(), 1).units?.map((one) => one.code), ['9']);
  assert.deepEqual(edit.without(plan(), 0).units?.map((one) => one.code), ['9', '8']);
  const create = { kind: 'create', from: [], to: ['7'], taken: true } satisfies Event;
  const more = edit.put(plan(), null, create, [{ code: '7', name: 'Xã G' }]);
  assert.deepEqual(more.units?.map((one) => one.name), ['Xã C', 'Xã H', 'Xã G']);
  const moved = edit.put(more, 3, { ...create, to: ['6'] }, [{ code: '6', name: 'Xã K' }]);
  assert.deepEqual(moved.units?.map((one) => one.name), ['Xã C', 'Xã H', 'Xã K']);
  assert.equal(edit.put(plan(), 0, { ...merge, to: ['7'] }, []).units?.length, 2, 'the split still names it');
});

test('shares are read as typed, whole numbers only', () => {
  const typed = edit.typedShares(split);
  assert.deepEqual(typed, { denominator: '100', numerators: { 9: '62', 8: '38' } });
  const read = edit.readShares(split.to, { ...typed, numerators: { ...typed.numerators, 8: '30' } });
  assert.equal(read && edit.sumOf(read), 92);
  assert.equal(edit.readShares(split.to, { ...typed, denominator: '' }), null);
  assert.equal(edit.readShares(split.to, { ...typed, numerators: { 9: '62', 8: '3,8' } }), null);
});

test('a fault is led to its event', () => {
  assert.equal(edit.eventAt('/events/3/to/0'), 3);
  assert.equal(edit.eventAt('/events/12'), 12);
  assert.equal(edit.eventAt('/units/0/code'), null);
  assert.deepEqual(edit.codesTyped(' 10183, 10198;10201 '), ['10183', '10198', '10201']);
});

/** A server of one draft, and a machine beside it. */
function stage() {
  const held = new Map<string, string>();
  const server = { revision: 1, plan: plan(), state: 'draft', down: false, refuse: null as Refusal | null, puts: 0 };
  let due: (() => void) | null = null;
  const now = () => structuredClone({ id: 5, revision: server.revision, plan: server.plan, state: server.state, acts: ['edit', 'apply'] }) as unknown as Reorganisation;
  const check = (revision: number) => {
    if (server.down) throw new TypeError('no network');
    if (server.refuse) throw server.refuse;
    if (revision !== server.revision) throw new Refusal(412, [], '');
  };
  const world: World = {
    get: async () => now(),
    async put(_id, next, revision) {
      server.puts += 1;
      check(revision);
      server.revision += 1;
      server.plan = next;
      return now();
    },
    preview: async () => ({ problems: [] }) as unknown as Preview,
    async apply(_id, revision) { check(revision); server.state = 'applied'; return now(); },
    async undo() { return now(); },
    shelf: { getItem: (key) => held.get(key) ?? null, setItem: (key, text) => void held.set(key, text), removeItem: (key) => void held.delete(key) },
    account: 1,
    later(run) { due = run; return () => { due = null; }; }
  };
  return { server, held, world, elapse: () => due?.() };
}

async function opened(world: World) {
  const draft = new Draft(5, world);
  await draft.load();
  return draft;
}
const untick = (draft: Draft) => draft.edit((now) => edit.taken(now, [0], false));

test('an edit is saved after a pause, with the newest revision, and not kept longer', async () => {
  const { server, held, world, elapse } = stage();
  const draft = await opened(world);
  untick(draft);
  assert.equal(held.size, 1);
  elapse();
  await draft.save();
  assert.equal(server.plan.events?.[0]?.taken, false);
  assert.deepEqual([draft.progress, draft.dirty, held.size], ['saved', false, 0]);
});

test('without the network the edit is kept, tried again, and outlives a reload', async () => {
  const { server, world } = stage();
  const draft = await opened(world);
  server.down = true;
  untick(draft);
  await draft.save();
  assert.equal(draft.progress, 'unsaved');
  assert.equal(await draft.apply(), false, 'applied without what was edited');
  server.down = false;
  const again = await opened(world);
  await again.save();
  assert.equal(server.plan.events?.[0]?.taken, false);
});

test('somebody else’s plan is asked about, never written over', async () => {
  const { server, world } = stage();
  const draft = await opened(world);
  server.plan = { ...server.plan, title: 'của người khác' };
  server.revision += 1;
  untick(draft);
  await draft.save();
  assert.equal(draft.theirs?.plan.title, 'của người khác');
  assert.equal(server.plan.title, 'của người khác');
  await draft.keepMine();
  assert.equal(server.plan.title, 'thử');

  server.plan = { ...server.plan, title: 'lần nữa' };
  server.revision += 1;
  untick(draft);
  await draft.save();
  await draft.takeTheirs();
  assert.equal(draft.plan?.title, 'lần nữa');
});

test('what speaks against applying is told, and the plan stays as it was', async () => {
  const { server, world } = stage();
  const draft = await opened(world);
  server.refuse = new Refusal(422, [{ code: 'succession.shares', field: '/events/1/shares', args: [], detail_vi: 'v', detail_en: 'e' }], '');
  assert.equal(await draft.apply(), false);
  assert.equal(draft.against?.problems[0]?.field, '/events/1/shares');
  assert.equal(draft.now?.state, 'draft');
  server.refuse = null;
  assert.equal(await draft.apply(), true);
  assert.equal(draft.now?.state, 'applied');
});
