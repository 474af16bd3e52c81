// A browser for one test file, people signed in to it, and the checks that every page must pass.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

export const ORIGIN = (process.env.THONGSUOT_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
export const PASSWORD = 'ThongSuot-demo-2022';
export const DESKTOP = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };
export const NARROW = { width: 320, height: 568 };
const SHOTS = process.env.THONGSUOT_SHOTS;
const PATIENCE = 15_000;

/** Only loopback is ever asked: the browser's own traffic is switched off. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync'
    ]
  });
}

/** An empty page of its own session. What the page throws or asks of another site is kept in `page.faults`. */
export async function open(browser, { viewport = DESKTOP, colorScheme = 'light', storageState, serviceWorkers = 'block' } = {}) {
  const context = await browser.newContext({ baseURL: ORIGIN, viewport, colorScheme, storageState, serviceWorkers });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith(ORIGIN) && !/^(data|blob):/.test(asked)) page.faults.push(`asks ${asked}`);
  });
  return page;
}

/** Types log-in and password as a person does, and waits for the first page. */
export async function signIn(page, login, password = PASSWORD) {
  await page.goto('/dang-nhap');
  await page.getByLabel('Tên đăng nhập').fill(login);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
}

/** A page of `login`, signed in and standing on the work list. */
export async function enter(browser, login, how) {
  const page = await open(browser, how);
  await signIn(page, login);
  await page.getByRole('heading', { level: 1, name: 'Việc của tôi' }).waitFor();
  return page;
}

/** Asks the program itself, as the person of `page`. */
export async function ask(page, method, target, body, headers = {}) {
  const answer = await page.request.fetch(`/api/v1${target}`, {
    method,
    headers: { Origin: ORIGIN, 'Idempotency-Key': crypto.randomUUID(), ...headers },
    data: body
  });
  assert.ok(answer.ok(), `${method} ${target}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? null : answer.json();
}

/** The demo's request of April 2022 with its reports. */
export async function april(page) {
  const { items } = await ask(page, 'GET', '/requests?period=2022-04');
  return ask(page, 'GET', `/requests/${items.find((one) => one.title.startsWith('Báo cáo thực hiện')).id}`);
}

export async function shot(page, name, how = {}) {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), ...how });
}

/** No rule of axe is broken, and no exception or outside request happened so far. */
export async function assertAccessible(page, what) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(
    (rule) => `${rule.id}: ${rule.help}\n${rule.nodes.map((node) => `    ${node.target} ${node.any[0]?.message ?? ''}`).join('\n')}`
  );
  if (told.length) assert.fail(`${what} breaks rules of axe:\n${told.join('\n')}`);
  assert.deepEqual(page.faults, [], `${what} failed`);
}

/** The page itself never scrolls sideways; a wide table scrolls inside its own box. */
export async function assertFits(page, what) {
  const { content, window } = await page.evaluate(() => ({
    content: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
    window: document.documentElement.clientWidth
  }));
  assert.ok(content <= window, `${what} is ${content} px wide in a window of ${window} px`);
}

/** Waits until `found` gives something true, and gives it. */
export async function until(found, what) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const got = await found();
    if (got) return got;
    if (Date.now() > end) assert.fail(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The input of one indicator on the entry page. */
export const cell = (page, code) => page.getByRole('textbox', { name: new RegExp(`\\b${code}\\b`) });

/** The figure the program holds for `code` in report `id`, and how it stands. */
export async function held(page, id, code) {
  const report = await ask(page, 'GET', `/reports/${id}`);
  return report.cells.find((one) => one.indicator.code === code);
}

/** The three clerks of the demo who have not begun April, each with the report. `son` looks, who changes nothing. */
/** A request of one's own, so that no other test has written in its reports: asked of three communes. */
export async function askedAnew(browser, title, period, indicators) {
  const page = await enter(browser, 'son');
  const { unit, reports } = await april(page);
  const units = reports.slice(-3).map((one) => one.unit.id);
  const { id } = await ask(page, 'POST', '/requests', { unit: unit.id, title, period, due_on: '2024-01-05', indicators, units, is_illustrative: true });
  const made = await ask(page, 'GET', `/requests/${id}`);
  await page.context().close();
  return { id, reports: made.reports.map((one) => ({ login: `xa${one.unit.code}`, code: one.unit.code, report: one.id })) };
}

export async function notBegun(browser) {
  const page = await enter(browser, 'son');
  const { reports } = await april(page);
  await page.context().close();
  return reports.slice(-3).map((one) => ({ login: `xa${one.unit.code}`, report: one.id }));
}
