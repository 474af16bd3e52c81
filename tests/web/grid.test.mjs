// The sheet of figures as a spreadsheet's hands know it: walking, ranges, copy, fill, clear, take back; a long form; the keys told.
// Requests of its own (6/2023 and 7/2023) at the district of `ha`, for the clerk of 10219.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, assertAccessible, assertFits, cell, enter, launch, PHONE, shot, until } from './stage.mjs';

const UNIT = '10219';
let browser;
let page;
let report;
const CODES = ['F03', 'F05', 'F06', 'F07'];

async function asked(compiler, period, indicators) {
  const district = (await ask(compiler, 'GET', '/session')).posts[0].unit.id;
  const [unit] = (await ask(compiler, 'GET', `/units?query=${UNIT}`)).items;
  const made = await ask(compiler, 'POST', '/requests', { unit: district, title: 'Yêu cầu thử bảng nhập', period, due_on: '2023-08-05', indicators, units: [unit.id] });
  return (await ask(compiler, 'GET', `/requests/${made.id}`)).reports[0].id;
}

before(async () => {
  browser = await launch();
  const compiler = await enter(browser, 'ha');
  const earlier = await asked(compiler, '2023-06', CODES);
  report = await asked(compiler, '2023-07', CODES);
  page = await enter(browser, `xa${UNIT}`);
  await ask(page, 'PUT', `/reports/${earlier}/cells`, { cells: CODES.map((indicator, i) => ({ indicator, value: String(100 + i) })) }, { 'If-Match': '"1"' });
  await ask(page, 'PUT', `/reports/${earlier}/submission`, {}, { 'If-Match': '"2"' });
  await ask(compiler, 'PUT', `/reports/${earlier}/acceptance`, {}, { 'If-Match': '"3"' });
  await compiler.context().close();
  await page.goto(`/bao-cao/${report}`);
  await cell(page, 'F03').waitFor();
});
after(() => browser.close());

const held = async () => (await ask(page, 'GET', `/reports/${report}`)).cells.map((one) => (one.state === 'value' ? one.value : one.state));
const isHeld = (wanted, what) => until(async () => JSON.stringify(await held()) === JSON.stringify(wanted), `${what}: ${wanted.join()}`);
const focus = () => page.evaluate(() => document.activeElement.id);
const press = (...keys) => keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
/** What the page puts on the clipboard for Ctrl+C or Ctrl+X. */
const copied = (kind = 'copy') =>
  page.evaluate((what) => {
    const data = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent(what, { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData('text/plain');
  }, kind);
const pasted = (plain) =>
  page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, plain);

test('Enter, Tab and the arrows walk; the first key replaces, F2 keeps; what is left is saved', async () => {
  await cell(page, 'F03').focus();
  await page.keyboard.type('1');
  await press('Enter');
  assert.equal(await focus(), 'cell-F05');
  await page.keyboard.type('20');
  await press('Tab');
  assert.equal(await focus(), 'cell-F06', 'Tab goes to the next figure');
  await page.keyboard.type('30');
  await press('ArrowDown');
  await page.keyboard.type('kad');
  await press('Enter');
  await isHeld(['1', '20', '30', 'not_applicable'], 'typed');
  await press('Control+Home');
  assert.equal(await focus(), 'cell-F03');
  await press('F2');
  await page.keyboard.type('2');
  await press('ArrowLeft', 'ArrowLeft');
  assert.equal(await focus(), 'cell-F03', 'in editing the arrows move the caret');
  await page.keyboard.type('9');
  await press('Enter');
  await isHeld(['912', '20', '30', 'not_applicable'], 'edited in the cell');
  await press('ArrowRight');
  assert.equal(await focus(), 'remark-F05');
  await page.keyboard.type('theo sổ');
  await press('Enter');
  await until(async () => (await ask(page, 'GET', `/reports/${report}`)).cells[1].remark === 'theo sổ', 'the remark saved');
  await press('Home', 'Shift+Tab');
  assert.equal(await focus(), 'cell-F05');
  await press('F4');
  assert.equal(await focus(), 'remark-F05');
  await press('Enter');
  assert.equal(await focus(), 'cell-F05', 'Enter goes back to the figure the remark was opened from');
});

test('a range is copied as a spreadsheet takes it, filled down, cleared, and taken back in one step each', async () => {
  await cell(page, 'F05').focus();
  await press('Shift+ArrowDown', 'Shift+ArrowDown');
  await page.getByText('Đang chọn 3 ô', { exact: false }).waitFor();
  assert.equal(await page.locator('td[aria-selected="true"]').count(), 3);
  assert.equal(await copied(), '20\r\n30\r\nkad');
  await shot(page, 'grid-range');
  await assertAccessible(page, 'a chosen range');
  await press('Control+d');
  await isHeld(['912', '20', '20', '20'], 'filled down');
  await press('Control+z');
  await isHeld(['912', '20', '30', 'not_applicable'], 'the filling taken back');
  await press('Control+y');
  await isHeld(['912', '20', '20', '20'], 'the filling done again');
  await cell(page, 'F03').click();
  await cell(page, 'F06').click({ modifiers: ['Shift'] });
  await press('Delete');
  await isHeld(['blank', 'blank', 'blank', '20'], 'cleared');
  await press('Control+z', 'Control+z');
  await isHeld(['912', '20', '30', 'not_applicable'], 'cleared and filled, both taken back');
  await cell(page, 'F03').focus();
  await press('Shift+ArrowDown');
  assert.equal(await copied('cut'), '912\r\n20');
  await isHeld(['blank', 'blank', '30', 'not_applicable'], 'cut');
  await pasted('7'); // the range is still chosen
  await isHeld(['7', '7', '30', 'not_applicable'], 'one figure into each cell of the range');
});

test('what was typed is taken back figure by figure, also after a reload', async () => {
  await cell(page, 'F03').focus();
  await page.keyboard.type('55');
  await press('Enter');
  await isHeld(['55', '7', '30', 'not_applicable'], 'typed');
  await page.reload();
  await cell(page, 'F03').focus();
  await press('Control+z');
  await isHeld(['7', '7', '30', 'not_applicable'], 'one figure');
  await press('Control+z');
  await isHeld(['blank', 'blank', '30', 'not_applicable'], 'the pasted range');
  await press('Control+z');
  await isHeld(['912', '20', '30', 'not_applicable'], 'the cut range');
});

test('= is the figure of the period before, one cell at a time', async () => {
  await cell(page, 'F06').focus();
  await page.keyboard.type('=');
  assert.equal(await cell(page, 'F06').inputValue(), '102');
  await press('Enter');
  await isHeld(['912', '20', '102', 'not_applicable'], 'as before');
});

test('all keys are told, and the focus comes back to its cell', async () => {
  await cell(page, 'F05').focus();
  await page.keyboard.type('?');
  const told = page.getByRole('dialog', { name: 'Phím tắt trong bảng số liệu' });
  await told.waitFor();
  await assertAccessible(page, 'the list of keys');
  await shot(page, 'grid-keys');
  await press('Escape');
  await told.waitFor({ state: 'detached' });
  assert.equal(await focus(), 'cell-F05');
  await press('F6');
  assert.equal(await focus(), 'grid-help', 'F6 leaves the sheet');
  await cell(page, 'F05').focus();
  await press('Escape', 'Escape');
  assert.equal(await focus(), 'grid-help', 'Escape twice leaves the sheet');
});

test('the sheet on a phone and in the dark', async () => {
  for (const how of [{ viewport: PHONE }, { colorScheme: 'dark' }]) {
    const other = await enter(browser, `xa${UNIT}`, how);
    await other.goto(`/bao-cao/${report}`);
    await cell(other, 'F03').focus();
    await other.keyboard.press('Shift+ArrowDown');
    await assertAccessible(other, `the sheet ${JSON.stringify(how)}`);
    await assertFits(other, `the sheet ${JSON.stringify(how)}`);
    await shot(other, how.viewport ? 'grid-phone' : 'grid-dark');
    await other.context().close();
  }
});
