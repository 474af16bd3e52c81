// A report that came back: `minh` of Xã Hòa Bình sees which cell and why, mends it alone, and hands in again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, cell, enter, held, launch, shot, until } from './stage.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

test('the returned cell shows its remark, it alone can be mended, and the report goes in again', async () => {
  const page = await enter(browser, 'minh');
  await page.getByRole('link', { name: /^Sửa ô bị trả lại/ }).click();
  const row = page.getByRole('row', { name: /\bF06\b/ });
  await row.getByText('Số đúng hạn lệch với sổ một cửa, xem lại.').waitFor();
  await shot(page, 'returned');
  const report = Number(page.url().split('/').pop());
  const before = await ask(page, 'GET', `/reports/${report}`);
  for (const other of ['F03', 'F05', 'F07']) assert.equal(await cell(page, other).count(), 0, `${other} is open`);

  const mended = String(Number(before.cells.find((one) => one.indicator.code === 'F06').value) - 1);
  await cell(page, 'F06').fill(mended);
  await cell(page, 'F06').press('Enter');
  await until(async () => (await held(page, report, 'F06')).value === mended, 'the mended figure saved');
  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await page.getByText(/Đã gửi lúc/).waitFor();
  const now = await ask(page, 'GET', `/reports/${report}`);
  assert.equal(now.state, 'submitted');
  for (const code of ['F03', 'F05', 'F07']) {
    const of = (one) => one.cells.find((each) => each.indicator.code === code).value;
    assert.equal(of(now), of(before));
  }
  await page.context().close();
});
