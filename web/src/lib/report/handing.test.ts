import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Handing } from './handing.svelte';

function shelf() {
  const held = new Map<string, string>();
  return { held, getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, text: string) => void held.set(key, text), removeItem: (key: string) => void held.delete(key) };
}

test('a report that waits to be handed in waits over a reload, of its person and report only', () => {
  const machine = shelf();
  new Handing(machine, 1, 7).wait(3);
  assert.equal(new Handing(machine, 1, 7).waits, true);
  assert.equal(new Handing(machine, 2, 7).waits, false);
  assert.equal(new Handing(machine, 1, 8).waits, false);
  new Handing(machine, 1, 7).end();
  assert.equal(machine.held.size, 0);
});

test('who types meanwhile has changed their mind', () => {
  const one = new Handing(shelf(), 1, 7);
  one.wait(3);
  assert.equal(one.isOvertaken(3), false);
  assert.equal(one.isOvertaken(4), true);
  assert.equal(one.waits, false);
  assert.equal(one.isOvertaken(5), false, 'told once');
});

test('a machine that keeps nothing waits as long as the page is open', () => {
  const full = { getItem: () => { throw new Error(); }, setItem: () => { throw new Error(); }, removeItem: () => { throw new Error(); } };
  const one = new Handing(full, 1, 7);
  one.wait(0);
  assert.equal(one.waits, true);
  one.end();
  assert.equal(one.waits, false);
});
