// Twenty random cuts while a clerk types; a thousand are a proof: drill.mjs. A request of its own (10/2023), for the clerk of 10225.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drill } from './drill.mjs';
import * as stage from './stage.mjs';

let browser;
before(async () => (browser = await stage.launch()));
after(() => browser.close());

test('no key is lost over twenty random cuts', async (t) => {
  const seed = Number(process.env.THONGSUOT_SEED ?? Date.now() % 1_000_000);
  t.diagnostic(`seed ${seed}`);
  const counts = await drill(stage, browser, { cuts: 20, seed, period: '2023-10' });
  assert.equal(Object.values(counts).reduce((sum, one) => sum + one, 0), 20);
});
