// Signing in and out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enter, launch, open, signIn } from './stage.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test('a wrong password is told in place, and the log-in typed is kept', async () => {
  const page = await open(browser);
  await signIn(page, 'lan', 'khong-phai-mat-khau');
  const told = await page.getByRole('alert').textContent();
  assert.match(told, /mật khẩu/i);
  assert.equal(await page.getByLabel('Tên đăng nhập').inputValue(), 'lan');
  await page.getByLabel('Mật khẩu', { exact: true }).waitFor();
  await page.context().close();
});

test('whoever opens a page without being signed in comes back to it after signing in', async () => {
  const page = await open(browser);
  await page.goto('/so-lieu');
  await page.waitForURL(/\/dang-nhap/);
  await page.getByLabel('Tên đăng nhập').fill('lan');
  await page.getByLabel('Mật khẩu', { exact: true }).fill('ThongSuot-demo-2022');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.waitForURL(/\/so-lieu/);
  await page.getByRole('heading', { level: 1, name: 'Tra cứu số liệu' }).waitFor();
  await page.context().close();
});

test('signing out ends the session in the program too', async () => {
  const page = await enter(browser, 'lan');
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await page.waitForURL(/\/dang-nhap/);
  assert.equal((await page.request.get('/api/v1/session')).status(), 401);
  await page.context().close();
});

test('the language changes in place and stays changed', async () => {
  const page = await enter(browser, 'lan');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'My work' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.context().close();
});
