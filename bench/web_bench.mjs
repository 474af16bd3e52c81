// The client on a slow machine and a slow line: node bench/web_bench.mjs PROGRAM WEB_BUILD. Checks its answers and ends non-zero when one is wrong.
// Needs Chromium and `npm --prefix tests/web ci`.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const [program, build] = process.argv.slice(2);
if (!program || !build) throw new Error('usage: web_bench.mjs PROGRAM WEB_BUILD');
const ACTUAL = 1000; // and as many estimates: what one request may ask
const SLOWER = 4;
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const UNIT = '10216';

const wrong = (what) => { throw new Error(`WRONG ANSWER: ${what}`); };
const told = (what, figures) => console.log(`${what.padEnd(66)} ${figures}`);
const spread = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${Math.round(sorted.at(-1))} ms (${sorted.length})`;
};

/** The program on the demo with 1,000 indicators more, and where it answers. */
async function served(data) {
  execFileSync(program, ['--data', data, 'demo'], { stdio: 'ignore' });
  const rows = Array.from({ length: ACTUAL }, (_, i) => `W${String(i).padStart(4, '0')},Chỉ tiêu minh hoạ số ${i},hồ sơ,0,up,sum,sum,,,`);
  const file = path.join(data, 'indicators.csv');
  writeFileSync(file, `code,name,measure_unit,decimals,direction,across_units,across_time,numerator,denominator,weight\n${rows.join('\n')}\n`);
  execFileSync(program, ['--data', data, 'import', 'indicators', file], { stdio: 'ignore' });
  const server = spawn(program, ['--data', data, 'serve', '--port', '0', '--web', build], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address) return { server, address };
  }
  throw new Error('the program did not start');
}

/** What comes over the line until the page `ready` stands there, in bytes as sent, by a browser that knows nothing. */
async function firstLoad(stage, browser, target, ready, storageState) {
  const page = await stage.open(browser, { storageState });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  let bytes = 0;
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(target);
  await ready(page).waitFor();
  await page.waitForLoadState('networkidle');
  await page.context().close();
  return bytes;
}

async function asked(stage, compiler, title, period, indicators, estimates) {
  const { ask } = stage;
  const district = (await ask(compiler, 'GET', '/session')).posts[0].unit.id;
  const [unit] = (await ask(compiler, 'GET', `/units?query=${UNIT}`)).items;
  const made = await ask(compiler, 'POST', '/requests', { unit: district, title, period, due_on: '2023-08-05', indicators, estimates: estimates.map((indicator) => ({ indicator })), units: [unit.id], is_illustrative: true });
  return (await ask(compiler, 'GET', `/requests/${made.id}`)).reports[0].id;
}

/** Milliseconds from each key to the next picture, as the browser itself times it; 16 is the least it tells. */
async function timed(page, work) {
  await page.evaluate(() => {
    window.keyTimes = new Map();
    window.keyWatch = new PerformanceObserver((list) => {
      for (const one of list.getEntries()) if (one.name === 'keydown' || one.name === 'paste') window.keyTimes.set(one.startTime, one.duration);
    });
    window.keyWatch.observe({ type: 'event', durationThreshold: 16 });
  });
  const pressed = await work();
  await page.waitForTimeout(1500);
  const long = await page.evaluate(() => {
    window.keyWatch.disconnect();
    return [...window.keyTimes.values()];
  });
  return [...long, ...Array(Math.max(0, pressed - long.length)).fill(16)]; // what is not told took less than 16
}

async function sheet(stage, browser, compiler) {
  const codes = Array.from({ length: ACTUAL }, (_, i) => `W${String(i).padStart(4, '0')}`);
  const report = await asked(stage, compiler, 'Biểu 2.000 ô (số liệu minh hoạ)', '2023-07', codes, codes);
  const page = await stage.enter(browser, `xa${UNIT}`);
  const cdp = await page.context().newCDPSession(page);
  await page.goto(`/bao-cao/${report}`);
  const first = page.locator('#cell-W0000');
  await first.waitFor();
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await first.focus();
  const keys = (list, pause = 60) => async () => {
    for (const key of list) {
      await page.keyboard.press(key);
      await page.waitForTimeout(pause);
    }
    return list.length;
  };
  const typed = Array.from({ length: 40 }, (_, i) => [...String(100 + i), 'Enter']).flat();
  told('2,000 cells, CPU ÷ 4: a key of a figure, or Enter', spread(await timed(page, keys(typed))));
  const held = () => stage.ask(page, 'GET', `/reports/${report}`).then(({ cells }) => cells);
  await stage.until(async () => (await held())[39].value === '139', 'forty figures saved');
  told('2,000 cells, CPU ÷ 4: arrows, Page keys, ranges', spread(await timed(page, keys([...Array(20).fill('ArrowDown'), ...Array(5).fill('PageDown'), ...Array(20).fill('Shift+ArrowDown')]))));
  await page.keyboard.press('Control+Home');
  await page.waitForTimeout(500);
  const begun = Date.now();
  await page.evaluate((count) => {
    const from = performance.now();
    const data = new DataTransfer();
    data.setData('text/plain', Array.from({ length: count }, (_, i) => i + 1).join('\n') + '\n');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    window.pasteTook = 0;
    requestAnimationFrame(() => setTimeout(() => (window.pasteTook = performance.now() - from)));
  }, 2 * ACTUAL);
  for (;;) {
    const cells = await held();
    if (cells.every((one, i) => one.value === String(i + 1))) break;
    if (Date.now() - begun > 120_000) wrong('the pasted 2,000 figures were not saved');
    await page.waitForTimeout(500);
  }
  const took = await page.evaluate(() => window.pasteTook);
  told('2,000 cells, CPU ÷ 4: a block of 2,000 figures pasted: shown; saved', `${Math.round(took)} ms; ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  told('2,000 cells, CPU ÷ 4: keys while all stands there', spread(await timed(page, keys([...Array(30).fill('ArrowDown'), '7', 'Enter', '8', 'Enter']))));
  await page.context().close();
}

/** Largest paint of my work on a slow line by a browser that was there before. */
async function secondVisit(stage, browser) {
  const page = await stage.enter(browser, `xa${UNIT}`, { serviceWorkers: 'allow' });
  await stage.until(() => page.evaluate(async () => navigator.serviceWorker.controller !== null && (await caches.keys()).some((one) => one.startsWith('shell-'))), 'the program on this machine');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', SLOW_3G);
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: 'Việc của tôi' }).waitFor();
  await page.waitForTimeout(4000);
  const paint = await page.evaluate(() => new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true });
  }));
  if (!(paint > 0)) wrong('no paint was timed');
  await page.context().close();
  return paint;
}

/** A clerk's month of 30 cells, once with nothing known and once with 20 known from another report, by keys alone; a workbook beside it. */
async function clerksMeasure(stage, browser, compiler) {
  const { ask, enter, until } = stage;
  const codes = Array.from({ length: 30 }, (_, i) => `W${String(i).padStart(4, '0')}`);
  const figures = codes.map((_, i) => String(17 + i * 31));
  const remark = 'Số tăng do mùa cưới.';
  const least = { key: 0.2, think: 1.35, point: 1.1, home: 0.4 };
  const run = async (period, known) => {
    if (known) {
      const earlier = await asked(stage, compiler, 'Biểu đã có (số liệu minh hoạ)', period, codes.slice(0, known), []);
      const there = await enter(browser, `xa${UNIT}`);
      await ask(there, 'PUT', `/reports/${earlier}/cells`, { cells: codes.slice(0, known).map((indicator, i) => ({ indicator, value: figures[i] })) }, { 'If-Match': '"1"' });
      await ask(there, 'PUT', `/reports/${earlier}/submission`, {}, { 'If-Match': '"2"' });
      await ask(compiler, 'PUT', `/reports/${earlier}/acceptance`, {}, { 'If-Match': '"3"' });
      await there.context().close();
    }
    const report = await asked(stage, compiler, 'Báo cáo tháng 30 ô (số liệu minh hoạ)', period, codes, []);
    const page = await enter(browser, `xa${UNIT}`);
    await page.goto(`/bao-cao/${report}`);
    const first = page.locator('input.amount').first();
    await first.waitFor();
    await first.focus();
    let keys = 0;
    const press = async (key) => { keys += 1; await (key.length === 1 ? page.keyboard.type(key) : page.keyboard.press(key)); };
    const type = async (text) => { for (const letter of text) await press(letter); };
    const from = Date.now();
    for (let i = known; i < codes.length; i += 1) {
      await type(figures[i]);
      await press('Enter');
    }
    // Two were wrong and are mended; one line gets a remark.
    for (const at of [codes.length - 2, codes.length - 1]) {
      await page.locator(`#cell-${codes[at]}`).focus();
      keys += 1;
      await type(figures[at]);
      await press('Enter');
    }
    await press('F4');
    await type(remark);
    await press('Enter');
    await press('Control+Enter');
    await page.getByText(/Đã gửi lúc/).waitFor();
    const seconds = (Date.now() - from) / 1000;
    const { cells, state } = await ask(page, 'GET', `/reports/${report}`);
    if (state !== 'submitted' || cells.some((one, i) => one.value !== figures[i])) wrong('the clerk’s report');
    await page.context().close();
    return { keys, seconds };
  };
  // The workbook: every figure typed whether known or not, saved, and sent as a file: opened by the pointer twice, a letter of one line.
  const figureKeys = figures.reduce((sum, one) => sum + one.length + 1, 0);
  const mended = figures.slice(-2).reduce((sum, one) => sum + one.length + 2, 0);
  const letter = 'Kính gửi báo cáo tháng.'.length;
  const workbook = { keys: figureKeys + mended + remark.length + 3 + 2 + letter + 1, points: 6 };
  const model = (keys, points, thinks) => keys * least.key + points * (least.point + least.home) + thinks * least.think;
  for (const [what, period, known] of [['nothing known', '2024-01', 0], ['20 of 30 known', '2024-02', 20]]) {
    const { keys, seconds } = await run(period, known);
    const thinks = codes.length - known + 4;
    told(`a report of 30 cells, ${what}: keys here; in a workbook; ratio`, `${keys}; ${workbook.keys} and ${workbook.points} points; ${(keys / workbook.keys).toFixed(2)}`);
    told(`a report of 30 cells, ${what}: seconds by the keystroke model`, `${Math.round(model(keys, 0, thinks))} here, ${Math.round(model(workbook.keys, workbook.points, codes.length + 8))} in a workbook (the script itself: ${seconds.toFixed(1)} s)`);
  }
}

const data = mkdtempSync(path.join(tmpdir(), 'thongsuot-web-bench-'));
const { server, address } = await served(data);
try {
  process.env.THONGSUOT_URL = address;
  const stage = await import('../tests/web/stage.mjs');
  const browser = await stage.launch();
  try {
    const clerk = await stage.enter(browser, `xa${UNIT}`);
    const storageState = await clerk.context().storageState();
    await clerk.context().close();
    const compiler = await stage.enter(browser, 'ha');
    const small = await asked(stage, compiler, 'Biểu nhỏ (số liệu minh hoạ)', '2023-06', ['F03', 'F05'], []);
    const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
    told('first load, as sent: signing in', kB(await firstLoad(stage, browser, '/dang-nhap', (page) => page.getByLabel('Tên đăng nhập'))));
    told('first load, as sent: my work', kB(await firstLoad(stage, browser, '/', (page) => page.getByRole('heading', { name: 'Việc của tôi' }), storageState)));
    told('first load, as sent: a report', kB(await firstLoad(stage, browser, `/bao-cao/${small}`, (page) => page.locator('#cell-F03'), storageState)));
    told('largest paint on slow 3G, second visit: my work', `${Math.round(await secondVisit(stage, browser))} ms`);
    await clerksMeasure(stage, browser, compiler);
    await sheet(stage, browser, compiler);
  } finally {
    await browser.close();
  }
} finally {
  server.kill();
  rmSync(data, { recursive: true, force: true });
}
