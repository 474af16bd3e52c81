// A block from a spreadsheet: down the column, to the lines it names, doubtful ones asked back, and all of it taken back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, assertAccessible, cell, enter, launch, shot, until } from './stage.mjs';

let browser;
let page;
let report;
before(async () => {
  browser = await launch();
  const compiler = await enter(browser, 'ha');
  const district = (await ask(compiler, 'GET', '/session')).posts[0].unit.id;
  const [unit] = (await ask(compiler, 'GET', '/units?query=10216')).items;
  const made = await ask(compiler, 'POST', '/requests', { unit: district, title: 'Yêu cầu thử dán', period: '2022-11', due_on: '2022-12-05', indicators: ['F03', 'F05', 'F06', 'F07'], units: [unit.id] });
  report = (await ask(compiler, 'GET', `/requests/${made.id}`)).reports[0].id;
  await compiler.context().close();
  page = await enter(browser, 'xa10216');
});
after(() => browser.close());

/** As the browser hands over what was copied. */
const paste = (code, plain, html = '') =>
  cell(page, code).evaluate((input, [text, rich]) => {
    input.focus();
    const data = new DataTransfer();
    data.setData('text/plain', text);
    if (rich) data.setData('text/html', rich);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, [plain, html]);
const held = async () => (await ask(page, 'GET', `/reports/${report}`)).cells.map((one) => one.value);

test('a column goes down and is saved; it is taken back in one step', async () => {
  await page.goto(`/bao-cao/${report}`);
  await cell(page, 'F05').waitFor();
  await paste('F05', '1.234\r\n1.200\r\n900\r\n7\r\n', '<table style=\'mso-displayed-decimal-separator:"\\,";mso-displayed-thousand-separator:"\\."\'>');
  await page.getByText('Đã dán 3 số theo thứ tự dòng. 1 số không có dòng nào nhận.').waitFor();
  await until(async () => JSON.stringify(await held()) === JSON.stringify([null, '1234', '1200', '900']), 'the block saved');
  await assertAccessible(page, 'a pasted block');
  await shot(page, 'paste-column');
  await page.getByRole('button', { name: 'Hoàn tác dán' }).click();
  await until(async () => JSON.stringify(await held()) === JSON.stringify([null, null, null, null]), 'the paste taken back');
  await page.getByText('Đã trả lại các số trước khi dán.').waitFor();
});

test('a table with names goes to the lines it names; what can be read two ways is asked back', async () => {
  await paste('F03', 'STT\tChỉ tiêu\tTháng này\r\n1\tTrong đó đúng và trước hạn\t40\r\n2\tSố đảng viên kết nạp\t3\r\n3\tSố hồ sơ thủ tục hành chính đã giải quyết\t1.234\r\n');
  await page.getByText('Đã dán 3 số đúng dòng theo tên.').waitFor();
  await until(async () => JSON.stringify(await held()) === JSON.stringify(['3', null, '40', null]), 'the named lines saved');
  await until(async () => (await cell(page, 'F05').getAttribute('aria-invalid')) === 'true', 'the doubtful figure asked back');
  assert.equal(await cell(page, 'F05').inputValue(), '1.234');
});

test('two columns of figures are not guessed between, and nothing typed is lost', async () => {
  await paste('F05', 'F05\t10\t100\r\nF06\t9\t90\r\n');
  await page.getByText('Không rõ cột nào là số cần dán.').waitFor();
  assert.equal(await cell(page, 'F05').inputValue(), '1.234');
  assert.deepEqual(await held(), ['3', null, '40', null]);
});
