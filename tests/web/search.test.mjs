// Ctrl+K: found by keyboard alone, in any spelling, and never what is out of one's sight.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, assertAccessible, assertFits, enter, launch, PHONE, shot, until } from './stage.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const found = (page) => page.getByRole('dialog', { name: 'Tìm mọi nơi' }).getByRole('link');
async function search(page, words) {
  if ((await page.getByRole('dialog').count()) === 0) await page.keyboard.press('Control+k');
  await page.getByLabel('Tên đơn vị, chỉ tiêu, văn bản, nhiệm vụ…').fill(words);
  await page.getByRole('dialog').getByText(/^Tìm thấy \d+ mục|^Không tìm thấy gì/).waitFor();
}

test('a unit, an indicator, a programme, a paper and a page are found without marks, and opened by keys alone', async () => {
  const page = await enter(browser, 'ha');
  await search(page, 'thi tran thuong tin');
  await until(async () => (await found(page).count()) > 0, 'the unit found');
  await assertAccessible(page, 'search');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/don-vi\/\d+/);
  await page.getByRole('heading', { level: 1, name: /Thị trấn Thường Tín/ }).waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);

  for (const [words, link] of [['ket nap', /Số đảng viên kết nạp/], ['01-ctr', /01-CTr/], ['chuong trinh', /^Chương trình$/], ['nhiem vu', /^Nhiệm vụ$/]]) {
    await search(page, words);
    await until(async () => (await found(page).filter({ hasText: link }).count()) > 0, `${words} found`);
  }
  await search(page, 'chuong trinh');
  await shot(page, 'search');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.locator('body').press('/');
  await page.getByRole('dialog', { name: 'Tìm mọi nơi' }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what somebody may not see is not found, whatever its name', async () => {
  const head = await enter(browser, 'vinh');
  const { items } = await ask(head, 'GET', '/inspections');
  const { title } = items[0];
  await search(head, title.slice(0, 40));
  await until(async () => (await found(head).filter({ hasText: title }).count()) > 0, 'the inspection, for who leads it');
  await head.context().close();

  const clerk = await enter(browser, 'minh'); // a commune with no part in it
  assert.ok(!(await ask(clerk, 'GET', '/inspections')).items.some((one) => one.title === title), 'the demo changed: the commune sees the inspection');
  await search(clerk, title.slice(0, 40));
  assert.equal(await found(clerk).filter({ hasText: title }).count(), 0);
  await clerk.context().close();
});

test('search on a phone and in the dark; one list that fails hides none of the others', async () => {
  for (const how of [{ viewport: PHONE }, { colorScheme: 'dark' }]) {
    const page = await enter(browser, 'ha', how);
    await page.route('**/api/v1/tasks?*', (route) => route.abort());
    await page.getByRole('button', { name: 'Tìm (Ctrl+K)' }).click();
    await search(page, 'thuong');
    await page.getByText(/1 loại chưa tìm được/).waitFor();
    assert.ok((await found(page).count()) > 0);
    await assertAccessible(page, `search ${JSON.stringify(how)}`);
    await assertFits(page, `search ${JSON.stringify(how)}`);
    await shot(page, how.viewport ? 'search-phone' : 'search-dark');
    await page.context().close();
  }
});
