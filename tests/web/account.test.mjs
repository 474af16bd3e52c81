// One's own account: sessions seen and ended, the second step of signing in.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { assertAccessible, DESKTOP, enter, launch, open, PASSWORD, PHONE, signIn } from './stage.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** What an authenticator shows (RFC 6238). */
function code(secret, steps = 0) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a strange device is seen and signed out', async () => {
  const there = await enter(browser, 'son', { viewport: PHONE });
  const here = await enter(browser, 'son');
  await here.goto('/tai-khoan');
  await here.getByRole('heading', { level: 1, name: 'Tài khoản của tôi' }).waitFor();
  await here.getByText('Thiết bị này', { exact: true }).waitFor();
  await here.getByRole('button', { name: 'Đăng xuất mọi thiết bị khác' }).click();
  await here.getByText('Đã đăng xuất.').waitFor();
  assert.equal(await here.getByRole('button', { name: 'Đăng xuất thiết bị này' }).count(), 0);
  await there.goto('/');
  await there.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  await there.context().close();
  await here.context().close();
});

test('wrong input is told in place', async () => {
  const page = await enter(browser, 'son');
  await page.goto('/tai-khoan');
  await page.getByLabel('Mật khẩu hiện tại').fill('không phải mật khẩu này');
  await page.getByLabel('Mật khẩu mới').fill('con đò sang sông rất sớm');
  await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
  await page.getByText('Mật khẩu hiện tại chưa đúng').waitFor();
  assert.equal(await page.getByLabel('Mật khẩu mới').inputValue(), 'con đò sang sông rất sớm');
  await page.context().close();
});

test('the second step is turned on, asked for, and turned off', async () => {
  const page = await enter(browser, 'son');
  await page.goto('/tai-khoan');
  await page.getByRole('button', { name: 'Bật xác thực hai bước' }).click();
  await page.getByLabel('Nhập lại mật khẩu để tiếp tục').fill(PASSWORD);
  await page.getByRole('button', { name: 'Bật xác thực hai bước' }).click();
  const secret = (await page.locator('code.secret').textContent()).replaceAll(' ', '');
  await page.getByLabel('Mã 6 số trên ứng dụng').fill(code(secret));
  await page.getByRole('button', { name: 'Xác nhận và bật' }).click();
  await page.getByText('Hãy cất các mã dự phòng').waitFor();
  const recovery = await page.locator('ol.codes code').allTextContents();
  assert.equal(recovery.length, 10);
  await page.getByRole('button', { name: 'Tôi đã cất' }).click();
  await page.getByText('Còn 10 mã dự phòng').waitFor();

  const other = await open(browser);
  await signIn(other, 'son');
  await other.getByLabel('Mã xác thực').fill('000000');
  await other.getByRole('button', { name: 'Đăng nhập' }).click();
  await other.getByText('Mã chưa đúng hoặc đã dùng').waitFor();
  await other.getByLabel('Mã xác thực').fill(recovery[0]);
  await other.getByRole('button', { name: 'Đăng nhập' }).click();
  await other.getByRole('heading', { level: 1, name: 'Việc của tôi' }).waitFor();
  await other.context().close();

  await page.reload();
  await page.getByText('Còn 9 mã dự phòng').waitFor();
  await page.getByRole('button', { name: 'Tắt xác thực hai bước' }).click();
  await page.getByLabel('Nhập lại mật khẩu để tiếp tục').fill(PASSWORD);
  await page.getByRole('button', { name: 'Tắt xác thực hai bước' }).click();
  await page.getByText('Đang tắt.').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`the page passes axe, ${colorScheme}, desktop and phone`, async () => {
    for (const viewport of [DESKTOP, PHONE]) {
      const page = await enter(browser, 'son', { viewport, colorScheme });
      await page.goto('/tai-khoan');
      await page.getByText('Thiết bị này', { exact: true }).waitFor();
      await assertAccessible(page, `tai-khoan ${colorScheme}`);
      await page.context().close();
    }
  });
}
