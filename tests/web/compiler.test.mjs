// The district compiles April: `ha` returns a cell, accepts a report, opens a total to its facts, takes the file.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { april, ask, enter, launch, shot, until } from './stage.mjs';

let browser;
let page;
before(async () => {
  browser = await launch();
  page = await enter(browser, 'ha');
});
after(() => browser.close());

const plain = (text) => BigInt(text.replace(/\D/g, ''));
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

async function openRequest() {
  await page.goto('/');
  await page.getByRole('link', { name: /^Duyệt báo cáo.*tháng 4\/2022/ }).click();
  await page.getByRole('heading', { level: 1, name: /tháng 4\/2022/ }).waitFor();
}

async function openUnit(name) {
  await page.getByRole('button', { name, exact: true }).click();
  const panel = page.getByRole('region', { name, exact: true });
  await panel.getByRole('heading', { level: 2, name: new RegExp(`^${escaped(name)}`) }).waitFor();
  return panel;
}

/** Reports that wait, without those of `lan` and `minh`, whose stories other files tell. */
const waiting = async () =>
  (await april(page)).reports.filter((one) => one.state === 'submitted' && !['10183', '10198'].includes(one.unit.code));

/** What the page shows of F05's total: the figure and how many cells it counts. */
async function total() {
  const row = page.getByRole('row', { name: /^F05\b/ });
  const [figure, counted] = await row.getByRole('cell').allTextContents();
  return { figure: plain(figure), counted: Number(counted.split('/')[0]) };
}

test('one cell goes back with its remark, and a remark too short is refused without losing it', async () => {
  await openRequest();
  const [report] = await waiting();
  const panel = await openUnit(report.unit.name);
  const names = (await ask(page, 'GET', `/reports/${report.id}`)).cells.map((one) => one.indicator);
  const { name } = names.find((one) => one.code === 'F05');
  await panel.getByRole('button', { name: `Trả ô này… ${name}` }).click();
  const remark = panel.getByLabel(/ít nhất 10 ký tự/);
  await remark.fill('sai');
  await panel.getByRole('button', { name: 'Gửi', exact: true }).click();
  await panel.getByRole('alert').waitFor();
  assert.equal(await remark.inputValue(), 'sai');
  await shot(page, 'compiler-remark-short');

  await remark.fill('Lệch với sổ theo dõi, kiểm tra lại.');
  await panel.getByRole('button', { name: 'Gửi', exact: true }).click();
  await panel.getByRole('heading', { level: 2, name: /Bị trả lại/ }).waitFor();
  const now = await ask(page, 'GET', `/reports/${report.id}`);
  assert.equal(now.state, 'returned');
  assert.deepEqual(
    now.cells.filter((one) => one.returned !== null).map((one) => [one.indicator.code, one.returned]),
    [['F05', 'Lệch với sổ theo dõi, kiểm tra lại.']]
  );
});

test('an accepted report moves the total by its own figure', async () => {
  await openRequest();
  const [report] = await waiting();
  const of = (await ask(page, 'GET', `/reports/${report.id}`)).cells.find((one) => one.indicator.code === 'F05');
  const panel = await openUnit(report.unit.name);
  const before = await total();
  const accepted = (await april(page)).counts.accepted;
  await panel.getByRole('button', { name: 'Duyệt báo cáo' }).click();
  await panel.getByRole('heading', { level: 2, name: /Đã duyệt/ }).waitFor();
  await page.getByText(`Tổng tính từ ${accepted + 1}/29 đơn vị`).waitFor();
  const now = await total();
  assert.equal(now.figure, before.figure + BigInt(of.value));
  assert.equal(now.counted, before.counted + 1);
  await shot(page, 'compiler-accepted');
});

test('a total opens down to one fact, with who entered it and when', async () => {
  await openRequest();
  const shown = (await total()).figure;
  await page.getByRole('row', { name: /^F05\b/ }).getByRole('link').click();
  await page.getByRole('button', { name: /^Huyện Thường Tín: .*Từ đâu mà có\?/ }).click();
  await page.getByRole('heading', { level: 2, name: 'Từ đâu mà có?' }).waitFor();
  const counted = page.getByRole('row').filter({ hasText: '✓' });
  await counted.first().waitFor();

  // What the explanation counts adds up to the total it explains.
  let sum = 0n;
  for (const row of await counted.all()) {
    sum += plain(await row.getByRole('button', { name: /Lịch sử/ }).textContent());
  }
  assert.equal(sum, shown);

  await counted.first().getByRole('button', { name: /F05 2022-04: .*Lịch sử/ }).click();
  const history = page.getByRole('table', { name: 'Lịch sử' });
  await history.waitFor();
  const steps = await history.getByRole('row').allTextContents();
  assert.match(steps.join('\n'), /nhập[\s\S]*Cán bộ .+, \d+\/\d+\/2022 \d\d:\d\d/);
  assert.match(steps.join('\n'), /duyệt[\s\S]*Đỗ Thu Hà, \d+\/\d+\/2022 \d\d:\d\d/);
  await shot(page, 'compiler-fact');
});

test('a cell left out of the total comes back into it', async () => {
  await openRequest();
  const report = (await april(page)).reports.find((one) => one.state === 'accepted');
  const of = (await ask(page, 'GET', `/reports/${report.id}`)).cells.find((one) => one.indicator.code === 'F05');
  const before = await total();
  const panel = await openUnit(report.unit.name);
  await panel.getByRole('button', { name: `Loại trừ… ${of.indicator.name}` }).click();
  await panel.getByLabel(/ít nhất 10 ký tự/).fill('Đơn vị đang soát lại sổ gốc.');
  await panel.getByRole('button', { name: 'Gửi', exact: true }).click();
  await panel.getByText(/Loại khỏi tổng: Đơn vị đang soát lại sổ gốc\./).waitFor();
  await until(async () => (await total()).figure === before.figure - BigInt(of.value), 'the total without the cell');
  await panel.getByRole('button', { name: `Tính lại vào tổng ${of.indicator.name}` }).click();
  await until(async () => (await total()).figure === before.figure, 'the total with the cell again');
});

test('the consolidated report is taken as files that offices open', async () => {
  await openRequest();
  for (const format of ['.docx', '.xlsx']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: format }).click()
    ]);
    assert.match(download.suggestedFilename(), new RegExp(`2022-04.*\\${format}$`));
    const bytes = await readFile(await download.path());
    assert.equal(bytes.subarray(0, 2).toString('latin1'), 'PK');
  }
});
