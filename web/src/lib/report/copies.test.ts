import assert from 'node:assert/strict';
import { afterEach, beforeEach, test, vi } from 'vitest';
import type { Session } from '../api/client';
import { forgetCopies, keepCopy, keepSession } from './copies';

/** The browser's store of answers, slow enough that something else may happen meanwhile. */
function stores() {
  const held = new Map<string, Map<string, Response>>();
  const soon = () => new Promise((done) => setTimeout(done, 5));
  return {
    held,
    caches: {
      async open(name: string) {
        await soon();
        if (!held.has(name)) held.set(name, new Map());
        return { put: async (key: string, answer: Response) => { await soon(); held.get(name)?.set(key, answer); } };
      },
      keys: async () => [...held.keys()],
      delete: async (name: string) => held.delete(name)
    }
  };
}

let machine: ReturnType<typeof stores>;
beforeEach(() => {
  machine = stores();
  vi.stubGlobal('caches', machine.caches);
  vi.stubGlobal('localStorage', { setItem() {}, removeItem() {}, getItem: () => null });
});
afterEach(() => vi.unstubAllGlobals());

test('an answer that comes while somebody signs out leaves no copy behind', async () => {
  keepSession({ account: { id: 22 } } as Session);
  await keepCopy(22, '/work', {});
  assert.equal(machine.held.size, 1);
  const late = keepCopy(22, '/reports/7', {}); // on its way
  await forgetCopies();
  await late;
  await keepCopy(22, '/reports/8', {}); // and one that comes after
  assert.deepEqual([...machine.held.keys()], []);

  keepSession({ account: { id: 23 } } as Session); // who signs in next keeps again
  await keepCopy(23, '/work', {});
  assert.deepEqual([...machine.held.keys()], ['copies-23']);
});
