import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Refusal } from '$lib/api/client';
import { Compiling, type Gathered, type SourceBlock, type World } from './compiling.svelte';

const source = (id: number, text: string) => ({ id, revision: 1, text }) as unknown as SourceBlock;

function stage() {
  const server = { revision: 1, blocks: [] as { id: number; text: string; sources: unknown[] }[], left: [] as unknown[], down: false, ids: 100, more: false };
  const held = new Map<string, string>();
  const now = () => structuredClone({ revision: server.revision, may_edit: true, blocks: server.blocks, left_out: server.left, groups: [] }) as unknown as Gathered;
  const world: World = {
    get: async (cursor) => ({ ...now(), groups: server.more ? [{ blocks: [] }] : [], next: server.more && !cursor ? '1' : null }) as unknown as Gathered,
    async put(body, revision) {
      if (server.down) throw new TypeError('no network');
      if (revision !== server.revision) throw new Refusal(412, [], '');
      server.revision += 1;
      server.blocks = body.blocks.map((one) => ({ id: one.id ?? server.ids++, text: one.text, sources: one.sources }));
      server.left = body.left_out;
      return now();
    },
    shelf: { getItem: (key) => held.get(key) ?? null, setItem: (key, text) => void held.set(key, text), removeItem: (key) => void held.delete(key) },
    account: 1,
    request: 5,
    section: 'II',
    later: () => () => {}
  };
  const opened = async () => {
    const made = new Compiling(world);
    await made.load();
    return made;
  };
  return { server, held, opened };
}

test('picked, merged and own paragraphs are sent with their sources, and keep their ids', async () => {
  const { server, held, opened } = stage();
  const page = await opened();
  page.use([source(1, 'một'), source(2, 'một hai')]);
  page.use([source(3, 'ba')]);
  await page.save();
  assert.deepEqual(server.blocks.map((one) => one.sources), [[{ block: 1, revision: 1 }, { block: 2, revision: 1 }], [{ block: 3, revision: 1 }]]);
  assert.equal(held.size, 0);
  page.move(page.blocks[1]!, -1);
  page.type(page.blocks[0]!, 'ba nữa');
  await page.save();
  assert.deepEqual(server.blocks.map((one) => [one.id, one.text]), [[101, 'ba nữa'], [100, 'một']]);
});

test('an empty paragraph stays while it is thought about, and saved words are not touched', async () => {
  const { server, opened } = stage();
  const page = await opened();
  page.use([]);
  const typed = page.use([source(1, 'một ')]);
  await page.save();
  assert.deepEqual(page.blocks.map((one) => [one.id, one.text]), [[null, ''], [100, 'một ']]);
  assert.equal(server.blocks.length, 1);
  page.type(page.blocks.find((one) => one.key === typed.key)!, 'một hai');
  await page.save();
  assert.deepEqual(server.blocks.map((one) => [one.id, one.text]), [[100, 'một hai']]);
});

test('groups read further stay after a save', async () => {
  const { server, opened } = stage();
  server.more = true;
  const page = await opened();
  assert.equal(page.now?.groups.length, 1);
  await page.more();
  assert.equal(page.now?.groups.length, 2);
  page.use([source(1, 'một')]);
  await page.save();
  assert.equal(page.now?.groups.length, 2);
  assert.equal(page.now?.next, null);
});

test('a reason goes only for what is used nowhere', async () => {
  const { server, opened } = stage();
  const page = await opened();
  page.reason(1, 'đã nêu');
  page.reason(2, 'trùng');
  page.use([source(1, 'một')]);
  await page.save();
  assert.deepEqual(server.left, [{ block: 2, reason: 'trùng' }]);
});

test('what could not be sent is there after a reload', async () => {
  const { server, opened } = stage();
  server.down = true;
  const first = await opened();
  first.use([source(1, 'một')]);
  await first.save();
  assert.equal(first.progress, 'unsaved');
  server.down = false;
  const second = await opened();
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(second.progress, 'saved');
  assert.equal(server.blocks[0]?.text, 'một');
});

test('somebody who saved first is never written over unasked', async () => {
  const { server, opened } = stage();
  const page = await opened();
  page.use([source(1, 'của tôi')]);
  server.revision = 7;
  server.blocks = [{ id: 9, text: 'của chị Hà', sources: [] }];
  await page.save();
  assert.equal(page.quarrel?.blocks[0]?.text, 'của chị Hà');
  assert.equal(server.blocks[0]?.text, 'của chị Hà');
  page.keepMine();
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(server.blocks[0]?.text, 'của tôi');
});
