// Without network: the program opens from this machine, a clerk's open report with it, what is typed is kept and sent when the network is back;
// somebody else's figure meanwhile is asked about; an ended session loses nothing; signing out leaves nothing behind.
// A request of its own (9/2023) at the district of `ha`, for the clerk of 10222.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, assertAccessible, cell, enter, held, launch, open, ORIGIN, PASSWORD, shot, until } from './stage.mjs';

const UNIT = '10222';
let browser;
let page;
let report;
before(async () => {
  browser = await launch();
  const compiler = await enter(browser, 'ha');
  const district = (await ask(compiler, 'GET', '/session')).posts[0].unit.id;
  const [unit] = (await ask(compiler, 'GET', `/units?query=${UNIT}`)).items;
  const made = await ask(compiler, 'POST', '/requests', { unit: district, title: 'Yêu cầu thử mất mạng', period: '2023-09', due_on: '2023-10-05', indicators: ['F03', 'F05', 'F06'], units: [unit.id] });
  report = (await ask(compiler, 'GET', `/requests/${made.id}`)).reports[0].id;
  await compiler.context().close();
  page = await enter(browser, `xa${UNIT}`, { serviceWorkers: 'allow' });
});
after(() => browser.close());

const away = (is) => page.context().setOffline(is);
/** The program's pages stand on this machine, and the report with them. */
const isKept = () =>
  until(
    () => page.evaluate(async (id) => {
      const keys = await caches.keys();
      const shell = keys.find((one) => one.startsWith('shell-'));
      const copies = keys.find((one) => one.startsWith('copies-'));
      const isRuling = navigator.serviceWorker.controller !== null;
      return isRuling && shell && copies && (await (await caches.open(copies)).match(`/copy/reports/${id}`)) !== undefined;
    }, report),
    'the program and the report kept on this machine'
  );
const isSaved = (code, value) => until(async () => (await held(page, report, code)).value === value, `${code} = ${value} saved`);

test('it can be installed, and the policy of its pages is as strict as before', async () => {
  const manifest = await (await page.request.get('/manifest.webmanifest')).json();
  assert.equal(await page.locator('link[rel="manifest"]').getAttribute('href'), '/manifest.webmanifest');
  assert.equal(manifest.display, 'standalone');
  for (const icon of manifest.icons) {
    const answer = await page.request.get(icon.src);
    assert.equal(answer.headers()['content-type'], icon.type, icon.src);
  }
  const policy = (await page.request.get('/')).headers()['content-security-policy'];
  assert.match(policy, /^default-src 'none'; script-src 'self' 'sha256-/);
  assert.match(policy, /worker-src 'self'/);
  assert.doesNotMatch(policy.split(';')[1], /unsafe|https?:|\*/);
  await isKept();
});

test('without network the list and the report open, and what is typed is sent when the network is back', async () => {
  await away(true);
  await page.goto('/');
  await page.getByText(/Đang mất mạng. Đây là danh sách lúc/).waitFor();
  await page.getByText('làm được khi mất mạng').first().waitFor();
  await assertAccessible(page, 'my work without network');
  await shot(page, 'offline-work');
  await page.getByRole('link', { name: /Yêu cầu thử mất mạng/ }).click();
  await cell(page, 'F03').focus();
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await page.keyboard.type('345');
  await page.keyboard.press('Enter');
  await page.getByText('Chờ gửi: 2 ô.').waitFor();
  await assertAccessible(page, 'a report without network');
  await shot(page, 'offline-report');
  await page.keyboard.type('7'); // the cell is never left
  await page.reload();
  await cell(page, 'F06').waitFor();
  assert.deepEqual(await Promise.all(['F03', 'F05', 'F06'].map((code) => cell(page, code).inputValue())), ['12', '345', '7']);
  await away(false);
  await isSaved('F03', '12');
  await isSaved('F05', '345');
  await isSaved('F06', '7');
  await until(async () => (await page.getByText(/bản giữ trên máy/).count()) === 0, 'nothing said of a copy any more');
  assert.deepEqual(page.faults, []);
});

test('what somebody else wrote meanwhile is asked about, never written over', async () => {
  await page.goto('/');
  await isKept();
  await away(true);
  await page.goto(`/bao-cao/${report}`);
  await cell(page, 'F03').focus();
  await page.keyboard.type('15');
  await page.keyboard.press('Enter');
  await page.getByText(/Chờ gửi: 1 ô/).waitFor();
  const other = await enter(browser, `xa${UNIT}`);
  const now = await ask(other, 'GET', `/reports/${report}`);
  await ask(other, 'PUT', `/reports/${report}/cells`, { cells: [{ indicator: 'F03', value: '14' }] }, { 'If-Match': `"${now.revision}"` });
  await other.context().close();
  await away(false);
  await page.getByText('Người khác vừa ghi 14; ở đây đang gõ 15.').waitFor();
  assert.equal((await held(page, report, 'F03')).value, '14');
  await shot(page, 'offline-conflict');
  await page.getByRole('button', { name: 'Giữ 15' }).click();
  await isSaved('F03', '15');
});

test('a session that ended while away: one signs in over the page, and what waited is sent', async () => {
  await page.goto('/');
  await isKept();
  await away(true);
  await page.goto(`/bao-cao/${report}`);
  await cell(page, 'F05').focus();
  await page.keyboard.type('99');
  await page.keyboard.press('Enter');
  await page.getByText(/Chờ gửi: 1 ô/).waitFor();
  await page.context().clearCookies();
  await away(false);
  const over = page.getByRole('dialog');
  await over.getByLabel('Tên đăng nhập').fill(`xa${UNIT}`);
  await over.getByLabel('Mật khẩu', { exact: true }).fill(PASSWORD);
  await over.getByRole('button', { name: 'Đăng nhập' }).click();
  await over.waitFor({ state: 'detached' });
  await isSaved('F05', '99');
});

test('signing out leaves nothing to read on this machine', async () => {
  await page.goto('/');
  await isKept();
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await page.getByLabel('Tên đăng nhập').waitFor();
  assert.deepEqual(await page.evaluate(async () => (await caches.keys()).filter((one) => one.startsWith('copies-'))), []);
  assert.equal(await page.evaluate(() => localStorage.getItem('signed-in')), null);
  await away(true);
  await page.goto(`/bao-cao/${report}`);
  await page.getByRole('alert').waitFor();
  assert.equal(await cell(page, 'F03').count(), 0);
  await away(false);
});

test('where a session has ended on the program’s side, the kept one opens nothing', async () => {
  const other = await open(browser, { serviceWorkers: 'allow' });
  await other.goto('/dang-nhap');
  await other.evaluate(() => localStorage.setItem('signed-in', JSON.stringify({ account: { id: 1, name: 'x' }, posts: [], today: '2022-04-14' })));
  await other.goto('/');
  await other.getByLabel('Tên đăng nhập').waitFor();
  assert.equal(await other.evaluate(() => localStorage.getItem('signed-in')), null);
  assert.ok(other.url().startsWith(`${ORIGIN}/dang-nhap`));
  await other.context().close();
});

let clerk; // a page of its own, on which the program stands once for all that follows
/** A report of its own that is never begun, opened once so that it stands on this machine. */
async function another(period) {
  const compiler = await enter(browser, 'ha');
  const district = (await ask(compiler, 'GET', '/session')).posts[0].unit.id;
  const [unit] = (await ask(compiler, 'GET', `/units?query=${UNIT}`)).items;
  const made = await ask(compiler, 'POST', '/requests', { unit: district, title: 'Yêu cầu thử gửi khi mất mạng', period, due_on: '2024-01-05', indicators: ['F03', 'F05'], units: [unit.id] });
  const id = (await ask(compiler, 'GET', `/requests/${made.id}`)).reports[0].id;
  await compiler.context().close();
  clerk ??= await enter(browser, `xa${UNIT}`, { serviceWorkers: 'allow' });
  await clerk.goto(`/bao-cao/${id}`);
  await cell(clerk, 'F03').waitFor();
  await until(() => clerk.evaluate(async (of) => {
    const keys = await caches.keys();
    const copies = keys.find((one) => one.startsWith('copies-'));
    const isRuling = navigator.serviceWorker.controller !== null && keys.some((one) => one.startsWith('shell-'));
    return isRuling && copies !== undefined && (await (await caches.open(copies)).match(`/copy/reports/${of}`)) !== undefined;
  }, id), 'the program and the report kept on this machine');
  const state = () => ask(clerk, 'GET', `/reports/${id}`);
  const type = async (code, figure) => { await cell(clerk, code).fill(figure); await cell(clerk, code).press('Enter'); };
  return { state, type };
}

test('the button to hand in stays where it is while what was saved is told beside it', async () => {
  const { type } = await another('2024-01');
  const place = () => clerk.getByRole('button', { name: 'Gửi báo cáo' }).boundingBox();
  await clerk.context().setOffline(true);
  await clerk.getByText(/Đang mất mạng/).waitFor();
  const before = await place();
  await type('F03', '12');
  await clerk.getByRole('button', { name: 'Thử lại' }).waitFor();
  assert.deepEqual(await place(), before);
  await clerk.context().setOffline(false);
});

const HAND_IN = { name: 'Gửi báo cáo' };

test('a report handed in without network waits, over a reload too, and is sent once when the network is back', async () => {
  const { state, type } = await another('2023-11');
  await clerk.context().setOffline(true);
  await type('F03', '12');
  await type('F05', '34');
  await clerk.getByRole('button', HAND_IN).click();
  await clerk.getByText(/Báo cáo tự gửi khi có mạng lại/).waitFor();
  await clerk.reload();
  await clerk.getByText(/Báo cáo tự gửi khi có mạng lại/).waitFor();
  await assertAccessible(clerk, 'a report that waits to be sent');
  await shot(clerk, 'offline-handing');
  await clerk.context().setOffline(false);
  await clerk.getByText(/Đã gửi lúc/).waitFor();
  const sent = await state();
  assert.equal(sent.state, 'submitted');
  assert.deepEqual(sent.cells.map((one) => one.value), ['12', '34']);
  assert.equal(await clerk.getByText(/Báo cáo tự gửi khi có mạng lại/).count(), 0);
  await clerk.reload();
  await clerk.getByText(/Đã gửi lúc/).waitFor();
  assert.equal((await state()).revision, sent.revision, 'sent once');
});

test('what somebody else has handed in meanwhile does not wait any more', async () => {
  const { state, type } = await another('2024-02');
  await type('F03', '12');
  await type('F05', '34');
  await until(async () => (await state()).cells[1].value === '34', 'the figures saved');
  const now = await state();
  await clerk.context().setOffline(true);
  await clerk.getByRole('button', HAND_IN).click();
  await clerk.getByText(/Báo cáo tự gửi khi có mạng lại/).waitFor();
  const colleague = await enter(browser, `xa${UNIT}`);
  await ask(colleague, 'PUT', `/reports/${now.id}/submission`, {}, { 'If-Match': `"${now.revision}"` });
  await colleague.context().close();
  await clerk.context().setOffline(false);
  await clerk.getByText(/Đã gửi lúc/).waitFor();
  assert.equal(await clerk.getByText(/Báo cáo tự gửi khi có mạng lại/).count(), 0);
  assert.equal((await state()).revision, now.revision + 1, 'handed in once');
});

test('what waits to be sent is taken back by a button, and by typing on', async () => {
  const { state, type } = await another('2023-12');
  await clerk.context().setOffline(true);
  await type('F03', '12');
  await type('F05', '34');
  await clerk.getByRole('button', HAND_IN).click();
  await clerk.getByRole('button', { name: 'Đừng gửi nữa' }).click();
  assert.equal(await clerk.getByText(/Báo cáo tự gửi khi có mạng lại/).count(), 0);
  await clerk.getByRole('button', HAND_IN).click();
  await clerk.getByText(/Báo cáo tự gửi khi có mạng lại/).waitFor();
  await type('F05', '35');
  await clerk.getByText(/Không tự gửi nữa vì số liệu vừa được sửa/).waitFor();
  await clerk.context().setOffline(false);
  await until(async () => (await state()).cells[1].value === '35', 'the figure saved');
  await clerk.waitForTimeout(1500);
  assert.equal((await state()).state, 'draft');
});
