// The first minute ticks itself by what is done, and goes away; everything can be written larger, on this machine.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { askedAnew, assertAccessible, assertFits, cell, enter, launch, notBegun, PHONE, shot, until } from './stage.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const guide = (page) => page.getByRole('region', { name: /^(Phút đầu tiên|Xong cả ba)/ });
const done = (page) => guide(page).getByText('Xong.', { exact: true }).count();

test('a clerk’s first minute ticks itself, is put away, and can be had again', { timeout: 60_000 }, async () => {
  const { login, report } = (await askedAnew(browser, 'Biểu của phút đầu (số liệu minh hoạ)', '2023-09', ['F03'])).reports[0];
  const page = await enter(browser, login);
  await page.goto('/');
  await guide(page).waitFor();
  assert.equal(await guide(page).getByRole('listitem').count(), 3);
  await page.locator('.work-row').first().waitFor();
  assert.equal(await done(page), 0, 'what the page loads by itself is no step');
  await assertAccessible(page, 'the first minute');
  await assertFits(page, 'the first minute');
  await shot(page, 'guide-clerk', { fullPage: true });

  await page.goto(`/bao-cao/${report}`);
  await cell(page, 'F03').fill('7');
  await cell(page, 'F03').press('Enter');
  await page.getByText(/Đã lưu/).first().waitFor();
  await page.goto('/');
  await until(async () => (await done(page)) === 1, 'the step that was done');
  await page.reload();
  await until(async () => (await done(page)) === 1, 'the step after a reload');
  await page.getByRole('button', { name: 'Cất hướng dẫn' }).click();
  assert.equal(await guide(page).count(), 0);
  await page.reload();
  await page.locator('.work-row').first().waitFor();
  assert.equal(await guide(page).count(), 0, 'what was put away stays away');
  await page.goto('/tai-khoan');
  await page.getByRole('button', { name: 'Xem lại hướng dẫn phút đầu' }).click();
  await page.goto('/');
  await guide(page).waitFor();
  await page.context().close();
});

test('who compiles has other steps, and all three done say so', { timeout: 60_000 }, async () => {
  const page = await enter(browser, 'ha');
  await page.goto('/');
  await guide(page).getByRole('link', { name: 'Mở' }).waitFor();
  await assertAccessible(page, 'the first minute of who compiles');
  const account = await page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).account.id);
  await page.evaluate((of) => localStorage.setItem(`guide.${of}`, JSON.stringify({ done: ['request', 'judge'], isHidden: false })), account);
  await page.goto('/so-lieu?ky=2022-04');
  await page.getByRole('main').getByRole('button', { name: /từ đâu/ }).or(page.locator('main table button, main table a[href*="ct="]')).first().click();
  await page.goto('/');
  await page.getByRole('heading', { name: 'Xong cả ba việc.' }).waitFor();
  await page.getByRole('button', { name: 'Đóng' }).click();
  assert.equal(await guide(page).count(), 0);
  await page.context().close();
});

test('everything is written larger, is remembered, and fits a desk and a phone', { timeout: 120_000 }, async () => {
  for (const [device, how] of [['desk', {}], ['phone', { viewport: PHONE, colorScheme: 'dark' }]]) {
    const { login, report } = (await notBegun(browser))[2];
    const page = await enter(browser, login, how);
    await page.goto('/tai-khoan');
    const written = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    const usual = await written();
    assert.equal(usual, 15);
    await page.getByRole('radio', { name: 'Rất lớn, cho phòng họp' }).check();
    assert.equal(await written(), 22.5);
    await assertAccessible(page, `large text on a ${device}`);
    for (const path of ['/', `/bao-cao/${report}`, '/so-lieu', '/chi-dao', '/phong-trao']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      assert.equal(await written(), 22.5, `${path} forgets the size`);
      await assertFits(page, `${path} in large text on a ${device}`);
      await assertAccessible(page, `${path} in large text on a ${device}`);
      await shot(page, `large-${device}${path.replaceAll('/', '-').slice(0, 20)}`);
    }
    await page.context().close();
  }
});
