// Random cuts while a clerk types: nothing typed may be lost. Used by drill.test.mjs (a few cuts) and as a proof with its own program:
//   node drill.mjs PROGRAM WEB_BUILD [CUTS] [SEED]
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const UNIT = '10225';
const CODES = ['F03', 'F05', 'F06', 'F07'];

/** The same numbers for the same seed. */
function dice(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A report of its own in a month of its own, and the clerk's page on it. */
async function ground(stage, browser, period) {
  const { ask, enter, cell } = stage;
  const compiler = await enter(browser, 'ha');
  const district = (await ask(compiler, 'GET', '/session')).posts[0].unit.id;
  const [unit] = (await ask(compiler, 'GET', `/units?query=${UNIT}`)).items;
  const made = await ask(compiler, 'POST', '/requests', { unit: district, title: 'Yêu cầu thử ngắt', period, due_on: '2023-12-05', indicators: CODES, units: [unit.id] });
  const report = (await ask(compiler, 'GET', `/requests/${made.id}`)).reports[0].id;
  const page = await enter(browser, `xa${UNIT}`, { serviceWorkers: 'allow' });
  await stage.until(() => page.evaluate(async () => navigator.serviceWorker.controller !== null && (await caches.keys()).some((one) => one.startsWith('shell-'))), 'the program on this machine');
  await page.goto(`/bao-cao/${report}`);
  await cell(page, 'F03').waitFor();
  return { compiler, report, page };
}

/** Cuts `cuts` times at a random key of a random cell; throws with the seed's cut when a key is lost. Counts of each kind are given back. */
export async function drill(stage, browser, { cuts, seed, period, restart = null }) {
  const { ask, cell, PASSWORD, until } = stage;
  const roll = dice(seed);
  const world = await ground(stage, browser, period);
  let { page } = world;
  const { report, compiler } = world;
  const expected = new Map();
  const counts = {};
  // What went over the wire lately, for whoever has to find out why a key was lost.
  const wire = [];
  const told = (request, end) => {
    if (!/\/(cells|reports\/\d+|sessions)$/.test(new URL(request.url()).pathname)) return;
    const sent = request.method() === 'PUT' ? request.postData() : '';
    wire.push(`${new Date().toISOString().slice(14, 23)} ${request.method()} ${request.headers()['if-match'] ?? ''} ${sent} → ${end}`);
    if (wire.length > 30) wire.shift();
  };
  page.context().on('response', (response) => told(response.request(), response.status()));
  page.context().on('requestfailed', (request) => told(request, request.failure()?.errorText));
  const shown = (code) => cell(page, code).inputValue().then((text) => text.replaceAll('.', ''));
  const saved = async () => new Map((await ask(compiler, 'GET', `/reports/${report}`)).cells.map((one) => [one.indicator.code, one.value]));
  const isSaved = (code, value) => until(async () => (await saved()).get(code) === value, `${code} = ${value} saved`);
  const again = async () => {
    const button = page.getByRole('button', { name: 'Thử lại' });
    if (await button.count()) await button.first().click().catch(() => {});
  };
  const back = async () => cell(page, 'F03').waitFor();
  const signIn = async () => {
    const over = page.getByRole('dialog');
    await over.getByLabel('Tên đăng nhập').fill(`xa${UNIT}`);
    await over.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
    await over.getByRole('button', { name: 'Đăng nhập' }).click();
    await over.waitFor({ state: 'detached' });
  };
  /** What happens at the cut; `typed` stands in the cell by then. Each ends with the page as a person finds it again. */
  const CUTS = {
    async network() { await page.context().setOffline(true); return async () => { await page.context().setOffline(false); await again(); }; },
    async reload() { await page.reload(); await back(); },
    async closed() {
      const { faults } = page;
      const next = await page.context().newPage();
      next.setDefaultTimeout(15_000);
      next.faults = faults;
      await page.close();
      page = next;
      await page.goto(`/bao-cao/${report}`);
      await back();
    },
    async offlineReload() {
      await page.context().setOffline(true);
      await page.reload();
      await back();
      return async () => { await page.context().setOffline(false); await again(); };
    },
    async answerLost() {
      await page.route('**/cells', async (route) => { await route.fetch().catch(() => {}); await route.abort().catch(() => {}); });
      return async () => { await page.waitForTimeout(50); await page.unroute('**/cells'); await again(); };
    },
    async failing() {
      await page.route('**/cells', (route) => route.fulfill({ status: 503, body: '{}' }));
      return async () => { await page.waitForTimeout(50); await page.unroute('**/cells'); await again(); };
    },
    async session() { await page.context().clearCookies(); return signIn; },
    async otherTab(code) {
      const other = await page.context().newPage();
      await other.goto(`/bao-cao/${report}`);
      const beside = CODES.find((one) => one !== code);
      await cell(other, beside).waitFor();
      const value = String(1 + roll(900));
      await cell(other, beside).fill(value);
      await cell(other, beside).press('Enter');
      expected.set(beside, value);
      await isSaved(beside, value);
      await other.close();
    },
    async clock() { await page.clock.setFixedTime(new Date(2001 + roll(60), 1, 1)); },
    async storageFull() {
      // As a browser does it: what grows is refused, what shrinks is taken.
      await page.evaluate(() => {
        const kept = (window.setItem = Storage.prototype.setItem);
        Storage.prototype.setItem = function (key, value) {
          if (value.length > (this.getItem(key)?.length ?? 0)) throw new DOMException('full', 'QuotaExceededError');
          kept.call(this, key, value);
        };
      });
      return () => page.evaluate(() => { Storage.prototype.setItem = window.setItem; });
    },
    ...(restart ? { async restarted() { await restart(); return again; } } : {})
  };
  const kinds = Object.keys(CUTS);

  for (let cut = 0; cut < cuts; cut += 1) {
    const kind = kinds[roll(kinds.length)];
    const code = CODES[roll(CODES.length)];
    const figure = String(1 + roll(9)) + String(roll(10 ** (1 + roll(7))));
    const at = 1 + roll(figure.length);
    const where = `cut ${cut} of seed ${seed}: ${kind} after ${at} keys of ${figure} in ${code}`;
    try {
      await cell(page, code).focus();
      await page.keyboard.press('Control+Home'); // ready, wherever the caret was
      await cell(page, code).focus();
      await page.waitForFunction((id) => { const one = document.getElementById(id); return one === document.activeElement && one.selectionEnd - one.selectionStart === one.value.length; }, `cell-${code}`);
      await page.keyboard.type(figure.slice(0, at));
      const mend = await CUTS[kind](code);
      const typed = figure.slice(0, at);
      assert.equal(await shown(code), typed, `${where}: keys were lost`);
      // Whatever happened, the hand goes on where it was: behind what it had typed.
      await cell(page, code).focus();
      await page.evaluate((id) => { const one = document.getElementById(id); one.setSelectionRange(one.value.length, one.value.length); }, `cell-${code}`);
      await page.keyboard.type(figure.slice(at));
      await page.keyboard.press('Enter');
      if (await cell(page, code).evaluate((one) => one === document.activeElement)) await page.keyboard.press('ArrowUp');
      if (mend) await mend();
      expected.set(code, String(Number(figure)));
      await isSaved(code, String(Number(figure)));
      counts[kind] = (counts[kind] ?? 0) + 1;
    } catch (failure) {
      const seen = await page.locator('#content').innerText().catch(() => 'the page is gone');
      throw new Error(`${where}\n${failure.message}\n${seen}\n${wire.join('\n')}`, { cause: failure });
    }
  }
  const end = await saved();
  for (const [code, value] of expected) assert.equal(end.get(code), value, `${code} at the end of seed ${seed}`);
  await page.context().close();
  await compiler.context().close();
  return counts;
}

/** The program on the demo, to be killed and begun again on the same port. */
async function started(program, build, data, port) {
  const server = spawn(program, ['--data', data, 'serve', '--port', String(port), '--web', build], { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address) return { server, address };
  }
  throw new Error('the program did not start');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [program, build, cuts = '1000', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
  const data = mkdtempSync(path.join(tmpdir(), 'thongsuot-drill-'));
  execFileSync(program, ['--data', data, 'demo'], { stdio: 'ignore' });
  let running = await started(program, build, data, 0);
  const port = Number(new URL(running.address).port);
  const restart = async () => {
    const gone = new Promise((done) => running.server.once('exit', done));
    running.server.kill('SIGKILL');
    await gone;
    running = await started(program, build, data, port);
  };
  process.env.THONGSUOT_URL = running.address;
  const stage = await import('./stage.mjs');
  const browser = await stage.launch();
  try {
    const begun = Date.now();
    const counts = await drill(stage, browser, { cuts: Number(cuts), seed: Number(seed), period: '2023-11', restart });
    console.log(`${cuts} cuts, no key lost, in ${Math.round((Date.now() - begun) / 1000)} s (seed ${seed}): ${JSON.stringify(counts)}`);
  } finally {
    await browser.close();
    running.server.kill();
    rmSync(data, { recursive: true, force: true });
  }
}
