// A clerk's April: enter, be refused in place, mend, submit. `lan`, Thị trấn Thường Tín.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, cell, enter, held, launch, notBegun, shot, until } from './stage.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** The entry page of this person's only report that is owed. */
async function openReport(page) {
  await page.getByRole('link', { name: /^Nhập số liệu/ }).click();
  await page.getByRole('heading', { level: 1, name: /tháng 4\/2022/ }).waitFor();
  await cell(page, 'F03').waitFor();
  return Number(page.url().split('/').pop());
}

test('a figure that can be read two ways is refused in place, kept through a reload, and mended', async () => {
  const page = await enter(browser, 'lan');
  const report = await openReport(page);

  await cell(page, 'F05').fill('1.234');
  await cell(page, 'F05').press('Enter');
  await until(async () => (await cell(page, 'F05').getAttribute('aria-invalid')) === 'true', 'a refusal at the cell');
  const fault = page.locator(`#${await cell(page, 'F05').getAttribute('aria-describedby')}`);
  assert.match(await fault.textContent(), /1\.234|1234/);
  assert.equal(await cell(page, 'F05').inputValue(), '1.234');
  assert.equal((await held(page, report, 'F05')).state, 'blank');
  await shot(page, 'clerk-refused');

  await page.reload();
  await cell(page, 'F05').waitFor();
  assert.equal(await cell(page, 'F05').inputValue(), '1.234');
  await until(async () => (await cell(page, 'F05').getAttribute('aria-invalid')) === 'true', 'the refusal again');

  await cell(page, 'F05').fill('1234');
  await cell(page, 'F05').press('Enter');
  await until(async () => (await held(page, report, 'F05')).value === '1234', 'the mended figure saved');
  await until(async () => (await cell(page, 'F05').getAttribute('aria-invalid')) !== 'true', 'no refusal any more');
  await page.context().close();
});

test('a reload in the middle of a figure loses nothing typed', async () => {
  const page = await enter(browser, 'lan');
  const report = await openReport(page);
  await cell(page, 'F06').pressSequentially('1200'); // the cell is never left
  await page.reload();
  await cell(page, 'F06').waitFor();
  assert.match(await cell(page, 'F06').inputValue(), /^1\.?200$/); // as typed, or already saved and read back
  await until(async () => (await held(page, report, 'F06')).value === '1200', 'the figure saved after the reload');
  await page.context().close();
});

test('a report with blank cells is not taken, and every blank is named with a way to it', async () => {
  const page = await enter(browser, 'lan');
  await openReport(page);
  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  const told = page.getByRole('alert');
  await told.waitFor();
  assert.match(await told.textContent(), /2 chỗ/);
  assert.equal(await told.getByRole('link').count(), 2);
  await until(() => told.evaluate((one) => one === document.activeElement), 'the list of faults in focus');
  await told.getByRole('link').first().click();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'INPUT');
  await page.context().close();
});

test('a full report is submitted and locked', async () => {
  const page = await enter(browser, 'lan');
  const report = await openReport(page);
  await cell(page, 'F03').fill('1');
  await cell(page, 'F03').press('Enter');
  await cell(page, 'F07').fill('kad');
  await cell(page, 'F07').press('Enter');
  await until(async () => (await held(page, report, 'F07')).state === 'not_applicable', 'kad understood');
  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await page.getByText(/Đã gửi lúc/).waitFor();
  assert.equal(await page.getByRole('textbox').count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Gửi báo cáo' }).count(), 0);
  const now = await ask(page, 'GET', `/reports/${report}`);
  assert.equal(now.state, 'submitted');
  assert.deepEqual(
    now.cells.map((one) => [one.indicator.code, one.state, one.value]),
    [
      ['F03', 'value', '1'],
      ['F05', 'value', '1234'],
      ['F06', 'value', '1200'],
      ['F07', 'not_applicable', null]
    ]
  );
  await shot(page, 'clerk-submitted');
  await page.goto('/');
  await page.getByRole('link', { name: /^Đã gửi, chờ duyệt/ }).waitFor();
  await page.context().close();
});

test('when the session ends under an open page, signing in over it loses nothing', async () => {
  const { login } = (await notBegun(browser))[2];
  const page = await enter(browser, login);
  const report = await openReport(page);
  await page.context().clearCookies();
  await cell(page, 'F05').fill('31');
  await cell(page, 'F05').press('Enter');
  const over = page.getByRole('dialog');
  await over.getByLabel('Tên đăng nhập').fill(login);
  await over.getByLabel('Mật khẩu', { exact: true }).fill('ThongSuot-demo-2022');
  await over.getByRole('button', { name: 'Đăng nhập' }).click();
  await over.waitFor({ state: 'detached' });
  await until(async () => (await cell(page, 'F05').inputValue()) === '31', 'what was typed, once the report is read again');
  await until(async () => (await held(page, report, 'F05')).value === '31', 'the waiting figure saved');
  await page.context().close();
});

test('a word for an empty cell survives a reload as that word', async () => {
  const { login } = (await notBegun(browser))[2];
  const page = await enter(browser, login);
  const report = await openReport(page);
  await cell(page, 'F07').pressSequentially('kad'); // the cell is never left
  await page.reload();
  await cell(page, 'F07').waitFor();
  await until(async () => (await held(page, report, 'F07')).state === 'not_applicable', 'kad saved after the reload');
  assert.notEqual(await cell(page, 'F07').getAttribute('aria-invalid'), 'true');
  await page.context().close();
});

test('two windows on one report keep the figures of both', async () => {
  const { login } = (await notBegun(browser))[2];
  const one = await enter(browser, login);
  const report = await openReport(one);
  const other = await enter(browser, login);
  await openReport(other);
  await cell(one, 'F05').fill('41');
  await cell(one, 'F05').press('Enter');
  await until(async () => (await held(one, report, 'F05')).value === '41', 'the first window saved');
  await cell(other, 'F06').fill('40');
  await cell(other, 'F06').press('Enter');
  await until(async () => (await held(one, report, 'F06')).value === '40', 'the second window saved');
  assert.equal((await held(one, report, 'F05')).value, '41');
  await until(async () => (await cell(other, 'F05').inputValue()) === '41', 'the second window shows the figure of the first');
  await one.context().close();
  await other.context().close();
});

test('two windows on one cell: nobody’s figure is written over unasked', async () => {
  const { login } = (await notBegun(browser))[2];
  const one = await enter(browser, login);
  const report = await openReport(one);
  const other = await enter(browser, login);
  await openReport(other);
  await cell(one, 'F03').fill('14');
  await cell(one, 'F03').press('Enter');
  await until(async () => (await held(one, report, 'F03')).value === '14', 'the first window saved');
  await cell(other, 'F03').fill('15');
  await cell(other, 'F03').press('Enter');
  await other.getByText('Người khác vừa ghi 14; ở đây đang gõ 15.').waitFor();
  assert.equal((await held(one, report, 'F03')).value, '14');
  await shot(other, 'clerk-two-figures');

  await other.reload();
  await other.getByRole('button', { name: 'Giữ 15' }).click();
  await until(async () => (await held(one, report, 'F03')).value === '15', 'the figure that was chosen');
  await one.context().close();
  await other.context().close();
});

test('the figure as the program understood it stands in the cell after it is left', async () => {
  const { login } = (await notBegun(browser))[2];
  const page = await enter(browser, login);
  await openReport(page);
  await cell(page, 'F05').fill('1 234 567');
  await cell(page, 'F05').press('Enter');
  await until(async () => (await cell(page, 'F05').inputValue()) === '1.234.567', 'the figure with its groups');
  await page.getByRole('row', { name: /\bF05\b/ }).getByText(/^Đã lưu \d\d:\d\d:\d\d$/).waitFor();
  await cell(page, 'F05').focus();
  await until(async () => (await cell(page, 'F05').inputValue()) === '1234567', 'no groups to type between');
  await page.context().close();
});

test('what one person typed and did not save is not sent by the next at the same machine', async () => {
  const { login } = (await notBegun(browser))[2];
  const page = await enter(browser, login);
  const report = await openReport(page);
  const before = await held(page, report, 'F06');
  await page.route('**/cells', (route) => route.abort());
  await cell(page, 'F06').fill('77');
  await cell(page, 'F06').press('Enter');
  await page.getByText('Chưa lưu được; số vẫn còn trên máy này').waitFor();
  await page.evaluate(() => {
    for (const [key, text] of Object.entries(localStorage)) {
      const [, account, report] = /^draft-(\d+)-(\d+)$/.exec(key) ?? [];
      if (account) { localStorage.removeItem(key); localStorage.setItem(`draft-${Number(account) + 1}-${report}`, text); }
    }
  });
  await page.unroute('**/cells');
  await page.reload();
  await cell(page, 'F06').waitFor();
  await page.waitForTimeout(500);
  assert.equal((await held(page, report, 'F06')).value, before.value);
  await page.context().close();
});

test('a server that fails at the submission says so, with its code, and the report stays open', async () => {
  const { login, report } = (await notBegun(browser))[2];
  const page = await enter(browser, login);
  await openReport(page);
  await page.route('**/submission', (route) => route.fulfill({ status: 500, body: '{}', headers: { 'X-Request-Id': 'TS-7F3A' } }));
  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await page.getByRole('alert').getByText(/TS-7F3A/).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Gửi báo cáo' }).isEnabled());
  assert.equal((await ask(page, 'GET', `/reports/${report}`)).state, 'draft');
  await page.context().close();
});

test('without the network nothing typed is lost or submitted, and the program is not asked over and over', async () => {
  const { login, report } = (await notBegun(browser))[2];
  const page = await enter(browser, login);
  await ask(
    page,
    'PUT',
    `/reports/${report}/cells`,
    { cells: ['F03', 'F05', 'F06', 'F07'].map((indicator) => ({ indicator, value: '5' })) },
    { 'If-Match': `"${(await ask(page, 'GET', `/reports/${report}`)).revision}"` }
  );
  await openReport(page);
  let tries = 0;
  await page.route('**/cells', (route) => {
    tries += 1;
    return route.abort();
  });
  await cell(page, 'F05').fill('32');
  await cell(page, 'F05').press('Enter');
  await page.waitForTimeout(3000);
  assert.ok(tries >= 1 && tries <= 5, `${tries} tries in three seconds`);
  await page.getByText('Chưa lưu được; số vẫn còn trên máy này').waitFor();

  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await page.waitForTimeout(1000);
  assert.equal((await ask(page, 'GET', `/reports/${report}`)).state, 'draft', 'submitted without what was typed');
  assert.equal(await cell(page, 'F05').inputValue(), '32');

  await page.unroute('**/cells');
  const again = page.getByRole('button', { name: 'Thử lại' });
  if (await again.count()) await again.first().click();
  await until(async () => (await held(page, report, 'F05')).value === '32', 'the figure saved when the network is back');
  await page.context().close();
});
