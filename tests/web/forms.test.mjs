// A form of others from eight provinces: read, compared with its own totals, a column and a row overruled, put beside each other.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, enter, launch, PHONE, shot } from './stage.mjs';

const SHARED = process.env.THONGSUOT_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const FOLDER = path.join(SHARED, 'data/forms/tt343-b66-2018');
const skip = existsSync(FOLDER) ? false : `NOT RUN: ${FOLDER} is not here`;
let browser;
let ha;
before(async () => {
  browser = await launch();
  ha = await enter(browser, 'ha');
});
after(() => browser.close());

test('what is no workbook is said at its name, and the others are read', async () => {
  await ha.goto('/tong-hop');
  await ha.getByRole('link', { name: 'Biểu của nơi khác' }).click();
  await ha.getByLabel('Tệp Excel').setInputFiles([
    { name: 'ảnh.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('not a workbook') },
    { name: 'cũ.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]) }
  ]);
  await ha.getByRole('button', { name: 'Đọc', exact: true }).click();
  await ha.getByText('2 không đọc được.').waitFor();
  await ha.getByRole('heading', { name: 'ảnh.xlsx: không đọc được' }).waitFor();
  await ha.getByRole('heading', { name: 'cũ.xls: không đọc được' }).waitFor();
  await assertAccessible(ha, 'forms that cannot be read');
});

test('eight workbooks: each total that differs is named with its cell; a column and a row are overruled', { skip }, async () => {
  await ha.goto('/tong-hop/bieu');
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.xlsx')).sort();
  assert.equal(names.length, 8);
  await ha.getByLabel('Tệp Excel').setInputFiles(names.map((name) => path.join(FOLDER, name)));
  await ha.getByRole('button', { name: 'Đọc', exact: true }).click();
  await ha.getByRole('heading', { name: 'Cạnh nhau' }).waitFor();
  const differing = { 14: ['C9', 'I9', 'J9'], 27: ['C10', 'E10', 'F10'], 52: ['R16', 'T16'], 91: ['C14'] };
  for (const [code, cells] of Object.entries(differing)) {
    const file = ha.getByRole('region', { name: new RegExp(`B66-TT343-${code}\\.xlsx`) });
    for (const cell of cells) await file.getByText(cell, { exact: true }).waitFor();
  }
  const lines = ha.getByRole('table', { name: /^Dự toán: tổng số/ });
  assert.equal(await lines.locator('thead th').count(), 10);
  const before = await lines.getByRole('row').nth(1).textContent();
  await assertAccessible(ha, 'a form from eight provinces');
  await ha.getByRole('button', { name: 'Xem cách đọc: QT-2018-N-B66-TT343-14.xlsx' }).click();
  await shot(ha, 'forms-one', { fullPage: true });
  await assertAccessible(ha, 'how a workbook was read');
  const letters = ha.getByLabel('Cột trong tệp: Dự toán: tổng số');
  assert.equal(await letters.inputValue(), 'C');
  await letters.fill('D');
  await letters.press('Tab');
  await ha.waitForFunction((old) => document.querySelector('.sheet tbody tr')?.textContent !== old, before);
  await letters.fill('C');
  await letters.press('Tab');
  await ha.waitForFunction((old) => document.querySelector('.sheet tbody tr')?.textContent === old, before);
  const kind = ha.getByLabel('Loại dòng: 10', { exact: true });
  await kind.selectOption('ignored');
  await ha.getByText('người dùng chọn').waitFor();
  await ha.getByRole('button', { name: 'Đọc lại như cũ: 10' }).click();
  await kind.waitFor();
  await shot(ha, 'forms-beside', { fullPage: true });
});

test('on a phone in the dark it fits', { skip }, async () => {
  const phone = await enter(browser, 'ha', { viewport: PHONE, colorScheme: 'dark' });
  await phone.goto('/tong-hop/bieu');
  await phone.getByLabel('Tệp Excel').setInputFiles(path.join(FOLDER, 'QT-2018-N-B66-TT343-52.xlsx'));
  await phone.getByRole('button', { name: 'Đọc', exact: true }).click();
  await phone.getByRole('heading', { name: 'Cạnh nhau' }).waitFor();
  await phone.getByRole('button', { name: /^Xem cách đọc/ }).click();
  await assertAccessible(phone, 'a form on a phone');
  await assertFits(phone, 'a form on a phone');
  await shot(phone, 'forms-phone');
  await phone.context().close();
});
