// Figures from and for another system: what the mapping lacks is told, filled in, looked at, taken, and given out again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { ask, assertAccessible, assertFits, enter, launch, PHONE, shot } from './stage.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const VALUES = JSON.stringify({ dataValues: [
  { dataElement: 'hoSo', period: '202205', orgUnit: 'ouThuongTin', value: '41' },
  { dataElement: 'hoSo', period: '202205', orgUnit: 'ouNinhSo', value: '17' },
  { dataElement: 'laLung', period: '202205', orgUnit: 'ouNinhSo', value: '5' }
] });
const file = (name, text) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
async function fetched(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

test('a file of another system is taken once its mapping is whole, and comes out as it went in', { timeout: 90_000 }, async () => {
  const page = await enter(browser, 'ha');
  await page.goto('/tong-hop/trao-doi');
  await page.getByLabel('Hệ thống', { exact: true }).fill('so-y-te');
  await page.getByLabel('Tệp của hệ thống kia').setInputFiles(file('thang-3.json', VALUES));
  await page.getByRole('button', { name: 'Xem trước' }).click();

  // Nothing is known yet: every foreign name is told, with the values that hang on it.
  const gaps = page.getByRole('region', { name: 'Bảng đối chiếu còn thiếu' });
  await gaps.waitFor();
  const rows = await gaps.getByRole('row').allTextContents();
  assert.ok(rows.some((row) => /hoSo\s*–\s*2/.test(row)), rows.join('\n'));
  assert.ok(rows.some((row) => /ouNinhSo\s*–\s*2/.test(row)));
  await assertAccessible(page, 'what a mapping lacks');
  await shot(page, 'exchange-gaps', { fullPage: true });

  // The table is loaded, filled in, sent.
  const blank = await fetched(page, () => page.getByRole('button', { name: 'Tải bảng để điền' }).click());
  assert.equal(blank.name, 'doi-chieu-con-thieu.csv');
  const ours = { ouThuongTin: '10183', ouNinhSo: '10186', hoSo: 'F05', laLung: 'leave_out' };
  const [head, ...lines] = blank.text.replace(/^\uFEFF/, '').trim().split(/\r?\n/);
  const columns = head.split(',').map((cell) => cell.replaceAll('"', ''));
  const filled = lines.map((line) => {
    const cells = line.split(',').map((cell) => cell.replace(/^"|"$/g, ''));
    cells[columns.indexOf('ours')] = ours[cells[columns.indexOf('foreign_id')]] ?? assert.fail(line);
    return cells.map((cell) => `"${cell}"`).join(',');
  });
  await page.getByLabel('Nạp bảng đối chiếu (.csv)').setInputFiles(file('doi-chieu.csv', [head, ...filled].join('\n')));
  await page.getByText(`Thêm ${filled.length} dòng`, { exact: false }).waitFor();
  await page.getByText(`Bảng đối chiếu có ${filled.length} dòng.`).waitFor();

  await page.getByRole('button', { name: 'Xem trước' }).click();
  await page.getByText('3 giá trị trong tệp, 2 mới, 0 sửa', { exact: false }).waitFor();
  const unit = (await ask(page, 'GET', '/session')).posts[0].unit.id;
  const total = async () => (await ask(page, 'GET', `/rollup?unit=${unit}&period=2022-05&indicator=F05`)).units[0].cells[0].value;
  assert.equal(await total(), null, 'looking stores nothing');
  await page.getByRole('button', { name: 'Nhận 2 số liệu' }).click();
  await page.getByText('Đã nhận:', { exact: false }).waitFor();
  assert.equal(await total(), '58');
  await assertAccessible(page, 'figures taken');
  await assertFits(page, 'figures taken');
  await shot(page, 'exchange-taken', { fullPage: true });

  // Out again, in its words.
  await page.getByLabel('Kỳ (nhiều kỳ').first().fill('2022-05');
  const given = await fetched(page, () => page.getByRole('button', { name: 'Tải số liệu' }).click());
  const values = JSON.parse(given.text).dataValues.map((one) => [one.dataElement, one.orgUnit, one.period, one.value]);
  assert.deepEqual(values.sort(), [['hoSo', 'ouNinhSo', '202205', '17'], ['hoSo', 'ouThuongTin', '202205', '41']]);
  await page.getByText('Tệp có 2 giá trị', { exact: false }).waitFor();
  await page.context().close();
});

test('a file that is none, a wrong mapping and a period nobody knows are told in place', { timeout: 60_000 }, async () => {
  const page = await enter(browser, 'ha', { viewport: PHONE, colorScheme: 'dark' });
  await page.goto('/tong-hop/trao-doi');
  await page.getByLabel('Hệ thống', { exact: true }).fill('so-y-te');
  await page.getByLabel('Tệp của hệ thống kia').setInputFiles(file('x.json', 'xin chào'));
  await page.getByRole('button', { name: 'Xem trước' }).click();
  await page.getByRole('alert').first().waitFor();
  assert.equal(await page.getByRole('button', { name: /^Nhận \d/ }).count(), 0);
  await page.getByLabel('Nạp bảng đối chiếu (.csv)').setInputFiles(file('sai.csv', 'kind,foreign_id,ours\nunit,ouLa,99999\nindicator,chiTieuLa,KHONG-CO\n'));
  const mapping = page.getByRole('region', { name: 'Bảng đối chiếu', exact: true });
  await mapping.getByRole('alert').nth(1).waitFor();
  assert.equal(await mapping.getByRole('alert').count(), 2, 'every fault at once');
  await assertAccessible(page, 'a refused mapping');
  await assertFits(page, 'exchange on a phone');
  await shot(page, 'exchange-phone', { fullPage: true });
  await page.context().close();
});

test('packets of our own go out and are compared when they come back', { timeout: 60_000 }, async () => {
  const page = await enter(browser, 'son');
  await page.goto('/tong-hop/trao-doi');
  const kinds = page.getByLabel('Loại gói tin', { exact: true });
  await kinds.selectOption('report_status');
  const request = page.getByLabel('Yêu cầu báo cáo', { exact: true });
  await request.selectOption({ index: 1 });
  const packet = await fetched(page, () => page.getByRole('button', { name: 'Tải gói tin' }).click());
  const made = JSON.parse(packet.text);
  assert.equal(made.packet.kind, 'report_status');
  await page.getByLabel('Nạp gói tin (.json)').setInputFiles(file('goi.json', packet.text));
  await page.getByText(`Khớp ${made.body.reports.length}, khác 0.`, { exact: false }).waitFor();
  made.packet.sha256 = '0'.repeat(64);
  await page.getByLabel('Nạp gói tin (.json)').setInputFiles(file('hong.json', JSON.stringify(made)));
  await page.getByRole('region', { name: 'Gói tin riêng' }).getByRole('alert').waitFor();
  await page.getByText('Cả 13 loại gói tin').click();
  await assertAccessible(page, 'packets');
  await shot(page, 'exchange-packets', { fullPage: true });
  await page.context().close();
});
