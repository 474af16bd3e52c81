import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Refusal, type Report } from '$lib/api/client';
import { Sections, type NewBlock, type World } from './sections.svelte';

/** A server of one section "I", and a machine beside it. */
function stage() {
  const server = { text: '', sent: [] as NewBlock[][], down: false };
  const held = new Map<string, string>();
  const timers: (() => void)[] = [];
  const section = () => ({ code: 'I', is_locked: false, blocks: server.text.split('\n').filter(Boolean).map((text) => ({ text })) }) as never;
  let sections: Sections;
  const world: World = {
    async put(_code, blocks, base) {
      if (base !== server.text) throw new Refusal(412, [], '');
      if (server.down) throw new TypeError('no network');
      if (blocks.some((one) => one.text.includes('{{sai'))) {
        throw new Refusal(422, [{ code: 'narrative.figure_form', field: '', args: [], detail_vi: 'không phải số', detail_en: 'no figure' }], '');
      }
      server.sent.push(blocks);
      server.text = blocks.map((one) => one.text.normalize('NFC').replace(/ +/g, ' ')).join('\n');
      sections.take([section()]);
      return { sections: [section()] } as unknown as Report;
    },
    previous: async () => ({ blocks: [{ text: 'Tháng 3 đã làm', from: 9 }] }),
    shelf: { getItem: (key) => held.get(key) ?? null, setItem: (key, text) => void held.set(key, text), removeItem: (key) => void held.delete(key) },
    account: 1,
    report: 7,
    focused: () => null,
    later(run) {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    }
  };
  const opened = () => {
    sections = new Sections(world);
    sections.take([section()]);
    return sections;
  };
  return { server, held, opened, section, elapse: () => timers.splice(0).forEach((run) => run()) };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('words are sent when the hands rest, a paragraph a line', async () => {
  const { server, held, opened, elapse } = stage();
  const sections = opened();
  sections.type('I', 'một\n\n hai ');
  assert.equal(held.size, 1);
  assert.equal(server.sent.length, 0);
  elapse();
  await settled();
  assert.deepEqual(server.sent, [[{ text: 'một' }, { text: 'hai' }]]);
  assert.equal(held.size, 0);
  assert.equal(sections.rows.I?.progress, 'saved');
});

test('what could not be sent is still there after a reload, and is sent again', async () => {
  const { server, opened, elapse } = stage();
  server.down = true;
  const first = opened();
  first.type('I', 'một');
  await first.save('I');
  assert.equal(first.rows.I?.progress, 'unsaved');
  assert.equal(await first.saveAll(), false);
  server.down = false;
  const second = opened();
  await settled();
  assert.equal(second.rows.I?.text, 'một');
  assert.equal(server.text, 'một');
  elapse();
});

test('words of somebody else are never written over: both are shown and one is chosen', async () => {
  const { server, opened, section } = stage();
  const sections = opened();
  sections.type('I', 'của tôi');
  server.text = 'của chị Hà';
  await sections.save('I');
  assert.equal(server.sent.length, 0);
  sections.take([section()]);
  assert.equal(sections.rows.I?.theirs, 'của chị Hà');
  await sections.save('I');
  assert.equal(server.sent.length, 0);
  sections.keepMine('I');
  await settled();
  assert.equal(server.text, 'của tôi');
});

test('words the server tidies are no quarrel', async () => {
  const { server, opened } = stage();
  const sections = opened();
  sections.type('I', 'một   hai');
  await sections.save('I');
  assert.equal(server.text, 'một hai');
  assert.equal(sections.rows.I?.theirs, null);
  sections.type('I', 'một   hai ba');
  await sections.save('I');
  assert.equal(server.text, 'một hai ba');
});

test('handing in waits for what is under way', async () => {
  const { server, opened } = stage();
  const sections = opened();
  sections.type('I', 'một');
  void sections.save('I');
  assert.equal(await sections.saveAll(), true);
  sections.type('I', 'một hai');
  void sections.save('I');
  sections.type('I', 'một hai ba');
  assert.equal(await sections.saveAll(), true);
  assert.equal(server.text, 'một hai ba');
});

test('a refusal stands at the section and nothing typed is lost', async () => {
  const { opened } = stage();
  const sections = opened();
  sections.type('I', '{{sai');
  await sections.save('I');
  assert.equal(sections.rows.I?.fault, 'không phải số');
  assert.equal(sections.rows.I?.text, '{{sai');
  assert.equal(await sections.saveAll(), false);
});

test('beginning with the period before says where each paragraph came from', async () => {
  const { server, opened } = stage();
  const sections = opened();
  assert.equal(await sections.begin('I'), true);
  assert.deepEqual(server.sent, [[{ text: 'Tháng 3 đã làm', from: 9 }]]);
});
