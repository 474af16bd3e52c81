// A clerk who lives in Excel: the report as a workbook, filled in by another program, read, doubted, mended, taken.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { april, ask, askedAnew, assertAccessible, assertFits, cell, enter, held, launch, notBegun, PHONE, shot, until } from './stage.mjs';

const PYTHON = process.env.PYTHON ?? '/usr/bin/python3';
/** Puts figures into the workbook as openpyxl, which we did not write, does it: {code: figure}. */
const EDIT = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
page = book["Biểu số liệu"]
for row in page.iter_rows(min_row=1, max_row=60):
    figures = json.loads(sys.argv[3])
    if row[0].value in figures:
        row[7].value = figures[row[0].value]
book.save(sys.argv[2])
`;

/** A zip of some of its workbooks, filled in, and of a file that is none: {name: {code: figure}}. */
const PACK = `
import io, json, sys, zipfile, openpyxl
with zipfile.ZipFile(sys.argv[1]) as pack, zipfile.ZipFile(sys.argv[2], "w") as back:
    for name, figures in json.loads(sys.argv[3]).items():
        book = openpyxl.load_workbook(io.BytesIO(pack.read(name)))
        for row in book["Biểu số liệu"].iter_rows(min_row=1, max_row=60):
            if row[0].value in figures:
                row[7].value = figures[row[0].value]
        made = io.BytesIO()
        book.save(made)
        back.writestr(name, made.getvalue())
    back.writestr("ghi-chu.xlsx", "xin chào")
`;

let browser;
let folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(path.join(tmpdir(), 'workbook-'));
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

function edit(from, figures) {
  const to = path.join(folder, `${crypto.randomUUID()}.xlsx`);
  execFileSync(PYTHON, ['-c', EDIT, from, to, JSON.stringify(figures)]);
  return to;
}

async function fetched(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  const to = path.join(folder, `${crypto.randomUUID()}-${download.suggestedFilename()}`);
  await download.saveAs(to);
  return { to, name: download.suggestedFilename() };
}

async function openReport(how) {
  const { login, report } = (await notBegun(browser))[0];
  const page = await enter(browser, login, how);
  await page.goto(`/bao-cao/${report}`);
  await cell(page, 'F03').waitFor();
  return { page, report, login };
}

const send = async (page, file) => {
  if (!(await page.locator('#workbook-file').count())) await page.getByRole('button', { name: 'Nạp bảng đã điền' }).click();
  await page.locator('#workbook-file').setInputFiles(file);
};

test('a filled-in workbook is previewed, its doubts told, and only what is chosen is taken', async () => {
  const { page, report } = await openReport();
  const sent = await fetched(page, () => page.getByRole('link', { name: 'Tải bảng Excel' }).click());
  assert.match(sent.name, /^\d+-[a-z0-9-]+-2022-04\.xlsx$/);

  const before = await ask(page, 'GET', `/reports/${report}`);
  await send(page, edit(sent.to, { F03: 12, F05: '1.234', F06: '=1+1', F07: 'không áp dụng' }));
  await page.getByText(/^Mới 2 · Nghi ngờ 1 · Không nhận được 1 · Không đổi 0/).waitFor();
  await page.getByText('Ô là công thức mà chưa có kết quả', { exact: false }).waitFor();
  assert.equal((await ask(page, 'GET', `/reports/${report}`)).revision, before.revision, 'reading stores nothing');
  await assertAccessible(page, 'the preview of a workbook');
  await assertFits(page, 'the preview of a workbook');
  await shot(page, 'workbook-preview', { fullPage: true });

  const copy = await fetched(page, () => page.getByRole('button', { name: 'Tải bản có nhận xét' }).click());
  assert.match(copy.name, /^nhan-xet-/);

  const doubt = page.getByRole('checkbox', { name: /^Nhận 1\.234: / });
  assert.equal(await doubt.isChecked(), false, 'a doubt is never taken unasked');
  await page.getByRole('button', { name: 'Nhận 2 ô đã chọn' }).click();
  await page.getByText('Đã nhận 2 ô từ bảng Excel').waitFor();
  assert.deepEqual([(await held(page, report, 'F03')).value, (await held(page, report, 'F05')).state, (await held(page, report, 'F07')).state], ['12', 'blank', 'not_applicable']);
  await until(async () => (await cell(page, 'F03').inputValue()) === '12', 'the taken figure in its cell');

  // the copy, mended, comes back; the doubt is now a choice
  await send(page, edit(copy.to, { F05: 1234, F06: '1.200' }));
  await page.getByText(/^Mới 1 · Nghi ngờ 1 · Không nhận được 0 · Không đổi 2/).waitFor();
  await page.getByRole('checkbox', { name: /^Nhận 1\.200: / }).check();
  await page.getByRole('button', { name: 'Nhận 2 ô đã chọn' }).click();
  await until(async () => (await held(page, report, 'F06')).value === '1200', 'the doubt that was named');
  assert.equal((await held(page, report, 'F05')).value, '1234');
  await page.context().close();
});

test('somebody saved meanwhile: the workbook is read again, and nothing is written over', async () => {
  const { page, report } = await openReport(PHONE ? { viewport: PHONE } : {});
  const sent = await fetched(page, () => page.getByRole('link', { name: 'Tải bảng Excel' }).click());
  await send(page, edit(sent.to, { F03: 55 }));
  await page.getByRole('button', { name: 'Nhận 1 ô đã chọn' }).waitFor();
  await assertFits(page, 'the preview on a phone');
  await shot(page, 'workbook-phone', { fullPage: true });
  const { revision } = await ask(page, 'GET', `/reports/${report}`);
  await ask(page, 'PUT', `/reports/${report}/cells`, { cells: [{ indicator: 'F03', value: '77' }] }, { 'If-Match': `"${revision}"` });
  await page.getByRole('button', { name: 'Nhận 1 ô đã chọn' }).click();
  await page.getByText('bảng đã được đọc lại với bản đó', { exact: false }).waitFor();
  await page.getByText('số này cũng đã được sửa trên hệ thống', { exact: false }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Nhận 0 ô đã chọn' }).isDisabled(), true);
  assert.equal((await held(page, report, 'F03')).value, '77');
  await page.context().close();
});

test('another unit’s workbook and a file that is none are refused in words at the field', async () => {
  const { page } = await openReport();
  const other = (await notBegun(browser))[1];
  const theirs = await enter(browser, other.login);
  await theirs.goto(`/bao-cao/${other.report}`);
  const sent = await fetched(theirs, () => theirs.getByRole('link', { name: 'Tải bảng Excel' }).click());
  await theirs.context().close();
  await send(page, sent.to);
  await page.locator('#workbook-fault').getByText('còn báo cáo đang mở là của', { exact: false }).waitFor();
  assert.equal(await page.locator('#workbook-file').getAttribute('aria-invalid'), 'true');
  await send(page, { name: 'x.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('xin chào') });
  await until(async () => !/báo cáo đang mở/.test(await page.locator('#workbook-fault').textContent()), 'the words for the second file');
  await assertAccessible(page, 'a refused workbook');
  await shot(page, 'workbook-refused');
  await page.context().close();
});

test('the compiler takes a workbook for every unit in one zip', async () => {
  const page = await enter(browser, 'ha');
  const request = await april(page);
  await page.goto(`/tong-hop/${request.id}`);
  const pack = await fetched(page, () => page.getByRole('link', { name: '.zip', exact: true }).click());
  const names = execFileSync(PYTHON, ['-c', 'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))', pack.to]).toString().trim().split('\n');
  assert.equal(names.length, request.reports.length);
  for (const name of names) assert.match(name, /^[0-9A-Za-z._-]+-2022-04\.xlsx$/);

  // Others come back in one zip: two filled in, one of them doubtful, and a file that is none.
  const asked = await askedAnew(browser, 'Biểu trả về (số liệu minh hoạ)', '2023-10', ['F03', 'F05']);
  const [clear, doubtful] = asked.reports;
  await page.goto(`/tong-hop/${asked.id}`);
  const out = await fetched(page, () => page.getByRole('link', { name: '.zip', exact: true }).click());
  const sent = execFileSync(PYTHON, ['-c', 'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))', out.to]).toString().trim().split('\n');
  const nameOf = (code) => sent.find((name) => name.startsWith(`${code}-`));
  const back = path.join(folder, 'tra-ve.zip');
  execFileSync(PYTHON, ['-c', PACK, out.to, back, JSON.stringify({ [nameOf(clear.code)]: { F03: 41 }, [nameOf(doubtful.code)]: { F03: '1.234' } })]);
  await page.getByRole('button', { name: 'Nạp nhiều bảng đã điền' }).click();
  await page.getByLabel('Tệp zip các bảng đã điền').setInputFiles(back);
  await page.getByText('3 bảng: 1 rõ ràng, 1 cần người xem, 1 không đọc được.', { exact: false }).waitFor();
  const rows = await page.getByRole('region', { name: 'Các bảng đã đọc' }).getByRole('row').allTextContents();
  assert.match(rows[1], /Không đọc được/, 'what waits for a person comes first');
  assert.match(rows[2], /Cần người xem/);
  assert.match(rows[3], /Rõ ràng/);
  await page.getByText('số liệu do chính đơn vị nhập', { exact: false }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Nhận \d+ bảng/ }).count(), 0, 'nobody enters for another unit');
  await assertAccessible(page, 'many workbooks');
  await assertFits(page, 'many workbooks');
  await shot(page, 'workbooks-returned', { fullPage: true });
  await page.context().close();

  const clerk = await enter(browser, clear.login, { viewport: PHONE, colorScheme: 'dark' });
  await clerk.goto(`/tong-hop/${asked.id}`);
  await clerk.getByRole('button', { name: 'Nạp nhiều bảng đã điền' }).click();
  await clerk.getByLabel('Tệp zip các bảng đã điền').setInputFiles(back);
  await clerk.getByText('3 bảng: 1 rõ ràng', { exact: false }).waitFor();
  assert.equal((await held(clerk, clear.report, 'F03')).state, 'blank', 'reading stores nothing');
  await clerk.getByRole('button', { name: 'Nhận 1 bảng rõ ràng' }).click();
  await clerk.getByText('Đã nhận 1 bảng vào bản nháp').waitFor();
  assert.equal((await held(clerk, clear.report, 'F03')).value, '41');
  await assertFits(clerk, 'many workbooks on a phone');
  await shot(clerk, 'workbooks-phone', { fullPage: true });
  await clerk.context().close();
});
