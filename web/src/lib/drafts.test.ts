import assert from 'node:assert/strict';
import { test } from 'vitest';
import { forget, keep, load, type Shelf } from './drafts';

function shelf(): Shelf & { held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key)
  };
}

test('drafts are kept per person, report and cell until they are saved', () => {
  const at = shelf();
  keep(at, 1, 7, 'F05', { text: '1.234', kind: 'value', remark: '' });
  keep(at, 1, 7, 'F06', { text: '9', kind: 'value', remark: 'có danh sách' });
  keep(at, 1, 8, 'F05', { text: '1', kind: 'value', remark: '' });
  forget(at, 1, 7, 'F05');
  assert.deepEqual(load(at, 1, 7), { F06: { text: '9', kind: 'value', remark: 'có danh sách' } });
  assert.deepEqual(load(at, 1, 8), { F05: { text: '1', kind: 'value', remark: '' } });
  assert.deepEqual(load(at, 2, 7), {}, 'somebody else on this machine sees the draft');
  forget(at, 1, 7, 'F06');
  assert.equal(at.held.has('draft-1-7'), false);
});

test('a broken draft is an empty one, and a full shelf is told', () => {
  const at = shelf();
  at.held.set('draft-1-7', '{');
  assert.deepEqual(load(at, 1, 7), {});
  const full: Shelf = { ...at, setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } };
  assert.equal(keep(full, 1, 7, 'F05', { text: '1', kind: 'value', remark: '' }), false);
});
