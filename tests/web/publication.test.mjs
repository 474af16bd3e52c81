// What `ha` publishes is frozen; a figure left out afterwards is told, corrected by a version, and explained to the fact.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { ask, assertAccessible, assertFits, enter, launch, PHONE, shot } from './stage.mjs';

const UNIT = '10237';
let browser;
let page;
let district;
before(async () => {
  browser = await launch();
  page = await enter(browser, 'ha');
  district = (await ask(page, 'GET', '/session')).posts[0].unit.id;
});
after(() => browser.close());

const plain = (text) => Number(text.replace('−', '-').replace(/[^\d-]/g, ''));

/** The report of UNIT for a settled month. */
async function settled(period) {
  const [request] = (await ask(page, 'GET', `/requests?period=${period}`)).items;
  const { reports } = await ask(page, 'GET', `/requests/${request.id}`);
  return ask(page, 'GET', `/reports/${reports.find((one) => one.unit.code === UNIT).id}`);
}

test('the year that the district published opens to the cells it was made of', async () => {
  await page.goto('/so-lieu/cong-bo');
  await page.getByRole('link', { name: 'Kết quả năm 2021 của huyện', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Kết quả năm 2021 của huyện' }).waitFor();
  await page.getByRole('link', { name: 'Số hộ nghèo' }).click();
  const row = page.getByRole('table', { name: /^Số hộ nghèo/ }).getByRole('row', { name: /^Xã Vạn Điểm/ });
  const shown = plain(await row.getByRole('button').textContent());
  await row.getByRole('button').click();
  const cells = page.getByRole('region', { name: /Xã Vạn Điểm/ });
  await cells.getByRole('row', { name: /F11/ }).waitFor();
  assert.equal(plain(await cells.getByRole('row', { name: /F11/ }).getByRole('cell').nth(2).textContent()), shown);
  assert.match(await cells.textContent(), /Đỗ Thu Hà/);
  await shot(page, 'published-cells');
  await page.keyboard.press('Escape');
  await cells.waitFor({ state: 'detached' });
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '.json' }).click()]);
  const frozen = JSON.parse(await readFile(await file.path(), 'utf8'));
  assert.equal(frozen.content.title, 'Kết quả năm 2021 của huyện');
});

test('a figure left out after publishing is told, corrected with a reason, and explained exactly', async () => {
  const asked = { unit: district, period: '2021-02', indicators: ['F05', 'F07'], below: 3, title: 'Tháng hai thử công bố', is_illustrative: true };
  const first = await ask(page, 'POST', '/publications', asked);
  const report = await settled('2021-02');
  const value = Number(report.cells.find((one) => one.indicator.code === 'F07').value);
  const out = await ask(page, 'PUT', `/reports/${report.id}/exclusions/F07`, { reason: 'nhập nhầm sang tháng sau' }, { 'If-Match': `"${report.revision}"` });
  try {
    await page.goto(`/so-lieu/cong-bo/${first.id}`);
    await page.getByText('1 số liệu đã khác so với lúc công bố').waitFor();
    const before = plain(await page.getByRole('row', { name: /F07/ }).first().getByRole('button').textContent());

    await page.getByRole('button', { name: 'Đính chính' }).click();
    await page.getByLabel('Lý do đính chính').fill('sai');
    await page.getByRole('button', { name: 'Ra bản 2' }).click();
    await page.getByText('ít nhất 10 ký tự').last().waitFor();
    assert.equal(await page.getByLabel('Lý do đính chính').inputValue(), 'sai');
    await shot(page, 'publication-correct-short');
    await page.getByLabel('Lý do đính chính').fill('Bỏ số nhập nhầm của một xã.');
    await page.getByRole('button', { name: 'Ra bản 2' }).click();

    await page.getByText('Lý do đính chính: Bỏ số nhập nhầm của một xã.').waitFor();
    const step = page.getByRole('row', { name: /^Không còn được tính/ });
    await step.waitFor();
    assert.equal(plain(await step.getByRole('cell').last().textContent()), -value);
    assert.match(await step.textContent(), /loại trừ/);
    const now = plain(await page.getByRole('row', { name: /F07/ }).first().getByRole('button').textContent());
    assert.equal(now, before - value);
    assert.equal(await page.getByText('1 số liệu đã khác').count(), 0);
    await assertAccessible(page, 'the difference of two publications');
    await shot(page, 'publication-differences', { fullPage: true });

    await page.goto(`/so-lieu/cong-bo/${first.id}`);
    await page.getByText('Bản này đã được thay bằng bản đính chính.').waitFor();
    assert.equal(plain(await page.getByRole('row', { name: /F07/ }).first().getByRole('button').textContent()), before);
    assert.equal(await page.getByRole('button', { name: 'Đính chính' }).count(), 0);
  } finally {
    await ask(page, 'DELETE', `/reports/${report.id}/exclusions/F07`, undefined, { 'If-Match': `"${out.revision}"` });
  }
});

test('a compiled request is published from its own page, once', async () => {
  const [request] = (await ask(page, 'GET', '/requests?period=2021-03')).items;
  await page.goto(`/tong-hop/${request.id}`);
  await page.getByRole('button', { name: 'Công bố số liệu' }).click();
  await page.getByLabel('Tiêu đề').fill('');
  await page.getByLabel('Tiêu đề').fill('Tháng ba thử công bố');
  await page.getByRole('button', { name: 'Chốt và công bố' }).click();
  await page.getByRole('link', { name: 'Tháng ba thử công bố, bản 1' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tháng ba thử công bố' }).waitFor();
  await page.getByRole('link', { name: 'Mở yêu cầu báo cáo' }).click();
  await page.getByText('Đã công bố:').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Công bố số liệu' }).count(), 0);
});

test('the superior reads what was published and cannot correct it; others do not see it', async () => {
  const city = await enter(browser, 'dung', { viewport: PHONE });
  await city.goto('/so-lieu/cong-bo');
  await city.getByRole('link', { name: 'Kết quả năm 2021 của huyện', exact: true }).click();
  await city.getByRole('heading', { level: 1, name: 'Kết quả năm 2021 của huyện' }).waitFor();
  assert.equal(await city.getByRole('button', { name: 'Đính chính' }).count(), 0);
  await assertFits(city, 'a publication on a phone');
  await city.context().close();
  const clerk = await enter(browser, 'lan');
  await clerk.goto('/so-lieu/cong-bo');
  await clerk.getByText('Chưa có số liệu nào được công bố.').waitFor();
  await clerk.goto('/so-lieu/cong-bo/1');
  await clerk.getByRole('alert').waitFor();
  await clerk.context().close();
});
