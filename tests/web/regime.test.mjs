// A regime from its definition to a report with its doubts explained, over a machine that forgot everything. `ha`, `lan`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, assertAccessible, assertFits, cell, enter, held, launch, PHONE, shot, until } from './stage.mjs';

const NAME = 'Báo cáo thử cải cách hành chính';
const QUICK = 'Hỏi nhanh thử về hồ sơ';
const WRONG = 'Số đúng hạn lớn hơn tổng số đã giải quyết';
let browser;
let request; // of May 2022
let report; // of Thị trấn Thường Tín
before(async () => (browser = await launch()));
after(() => browser.close());

const heading = (page, name, level = 1) => page.getByRole('heading', { level, name }).waitFor();
const focused = (page) => page.evaluate(() => document.activeElement.id);

/** Searches for an indicator and takes the first that fits. */
async function pick(page, label, query, name) {
  await page.getByLabel(label).fill(query);
  await page.getByRole('button', { name }).first().waitFor();
  await page.keyboard.press('Enter');
}

test('a check is refused at its formula with every fault, mended, and in use', async () => {
  const page = await enter(browser, 'ha');
  await page.goto('/che-do/quy-tac');
  await heading(page, 'Quy tắc kiểm tra');
  await page.getByRole('button', { name: 'Thêm quy tắc', exact: true }).click();
  await page.getByLabel('Mã', { exact: true }).fill('KT-THU');
  await pick(page, 'Chèn chỉ tiêu vào điều kiện', 'F06', /đúng và trước hạn/);
  await until(async () => (await page.getByLabel('Điều kiện phải đúng').inputValue()) === '[F06]', 'the indicator in the condition');
  await page.keyboard.type(' + [KHONGCO]');
  await page.getByLabel('Lời báo khi không đúng (tiếng Việt)').fill(WRONG);
  await page.getByLabel('Lời báo khi không đúng (tiếng Anh)').fill('More in time than settled in all');
  await page.getByRole('button', { name: 'Thêm quy tắc này' }).click();
  await page.getByText('Quy tắc phải là một điều kiện, ví dụ [F06] <= [F05].').waitFor();
  await until(async () => (await focused(page)) === 'check-formula', 'the focus at the fault');
  await shot(page, 'check-refused');
  await page.reload();
  await page.getByRole('button', { name: 'Thêm quy tắc', exact: true }).click();
  assert.equal(await page.getByLabel('Điều kiện phải đúng').inputValue(), '[F06] + [KHONGCO]', 'what was typed is lost');
  await page.getByLabel('Điều kiện phải đúng').fill('[F06] <= [F05]');
  await page.getByRole('button', { name: 'Thêm quy tắc này' }).click();
  await page.getByText('Đã lưu quy tắc KT-THU.').waitFor();
  await page.getByRole('row', { name: /KT-THU.*phải giải trình/ }).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a regime is defined: every fault at once, the window told as an example, nothing typed lost', async () => {
  const page = await enter(browser, 'ha');
  await page.goto('/che-do');
  await page.getByRole('link', { name: 'Lập chế độ báo cáo' }).click();
  await page.getByLabel('Tên báo cáo').fill(NAME);
  await page.getByRole('button', { name: 'Lập chế độ', exact: true }).click();
  await until(async () => (await page.locator('form [aria-invalid="true"]').count()) >= 2, 'the faults of code and content');
  await until(async () => (await focused(page)) === 'regime-code', 'the focus at the first fault');
  await page.getByLabel('Mã', { exact: true }).fill('BC-THU');
  await page.getByLabel('Nội dung yêu cầu báo cáo').fill('Kết quả giải quyết thủ tục hành chính (số liệu minh hoạ)');
  await page.getByLabel('Chọn từng đơn vị').check();
  for (const unit of ['Thị trấn Thường Tín', 'Xã Ninh Sở']) {
    await page.getByLabel('Các đơn vị').fill(unit);
    await page.getByRole('button', { name: new RegExp(`^${unit}`) }).first().click();
  }
  await page.getByText(/Tháng 5\/2022:/).waitFor();
  assert.match(await page.locator('.example').textContent(), /từ 15\/4\/2022 đến hết 14\/5\/2022; cấp xã nộp chậm nhất 17\/5\/2022/);
  for (const [query, name] of [['ho so thu tuc', /F05/], ['F06', /F06/], ['F07', /F07/], ['F05', /F05/]]) await pick(page, 'Thêm chỉ tiêu vào biểu', query, name);
  const lines = page.locator('table.lines');
  assert.equal(await lines.getByRole('row').count(), 5);
  await lines.getByLabel(/^Loại số/).nth(3).selectOption('estimate');
  await lines.getByLabel('cả năm').check();
  for (let at = 0; at < 4; at += 1) await lines.getByLabel(/^Thuộc mục/).nth(at).fill(at < 3 ? 'I. Kết quả trong kỳ' : 'II. Ước cả năm');
  await page.getByRole('button', { name: 'Thêm mục' }).click();
  await page.keyboard.type('Kết quả nổi bật');
  await shot(page, 'regime-form', { fullPage: true });
  await page.reload();
  await page.getByText('Đây là những gì bạn gõ dở lần trước.').waitFor();
  assert.equal(await page.getByLabel('Tên mục').inputValue(), 'Kết quả nổi bật');
  await page.getByRole('button', { name: 'Lập chế độ', exact: true }).click();
  await heading(page, NAME);
  for (let field = 1; field <= 11; field += 1) await heading(page, new RegExp(`^${field}\\. `), 2);
  await page.getByText('1. Kết quả nổi bật').waitFor();
  await page.getByRole('row', { name: /F05.*ước cả năm/ }).waitFor();
  await page.emulateMedia({ media: 'print' });
  await shot(page, 'regime-print', { fullPage: true });
  assert.equal(await page.getByRole('button').count(), 0, 'buttons are printed');
  await page.emulateMedia({ media: null });

  await page.getByRole('button', { name: 'Sửa chế độ' }).click();
  await page.getByLabel(/^Hướng dẫn thực hiện/).fill('Tính cả hồ sơ nộp trực tuyến.');
  await page.getByRole('button', { name: 'Lưu chế độ' }).click();
  await page.getByText(/Đã lưu bản 2/).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what a request costs is told before it is issued', async () => {
  const page = await enter(browser, 'ha');
  await page.goto('/che-do');
  await page.getByRole('link', { name: NAME }).click();
  await page.getByRole('button', { name: 'Yêu cầu một kỳ…' }).click();
  await page.getByLabel('Kỳ', { exact: true }).selectOption('05');
  const words = page.locator('.burden .headline');
  await until(async () => /Gửi 2 đơn vị: mỗi đơn vị thêm 4 ô mới, khoảng 38 phút/.test((await words.textContent().catch(() => '')) ?? ''), 'the cost in words');
  assert.match(await words.textContent(), /Thêm 1 mục phải viết bằng lời\. Tất cả cộng lại khoảng 1 giờ 16 phút/);
  await page.getByRole('row', { name: /Xã Ninh Sở/ }).waitFor();
  await shot(page, 'burden');
  await assertAccessible(page, 'the cost of a request');
  await page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
  await heading(page, `${NAME}, tháng 5/2022`);
  request = Number(page.url().split('/').pop());
  const made = await ask(page, 'GET', `/requests/${request}`);
  assert.equal(made.window.from, '2022-04-15');
  report = made.reports.find((one) => one.unit.name === 'Thị trấn Thường Tín').id;
  await page.getByText(/Số liệu chốt từ 15\/4\/2022 đến hết 14\/5\/2022/).waitFor();

  // The same again is refused at the period.
  await page.goto(`/che-do/${made.regime}`);
  await page.getByRole('button', { name: 'Yêu cầu một kỳ…' }).click();
  await page.getByLabel('Kỳ', { exact: true }).selectOption('05');
  await page.getByText(/Đơn vị đã gửi yêu cầu theo chế độ BC-THU cho kỳ 2022-05/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Gửi yêu cầu' }).isDisabled(), true);
  await page.context().close();
});

const estimate = (page) => page.getByRole('textbox', { name: /^Số hồ sơ.*ước năm 2022/ });
const actual = (page) => page.getByRole('textbox', { name: /^Số hồ sơ thủ tục hành chính đã giải quyết F05/ });

test('what is typed wrong outlives the session and the machine', async () => {
  let page = await enter(browser, 'lan');
  await page.goto(`/bao-cao/${report}`);
  await heading(page, `${NAME}, tháng 5/2022`);
  await page.getByText('Hạn gửi 17/5/2022').waitFor();
  await page.getByRole('rowheader', { name: 'I. Kết quả trong kỳ' }).waitFor();
  await actual(page).fill('300');
  await actual(page).press('Enter');
  await until(async () => (await held(page, report, 'F05')).value === '300', 'the figure saved');
  await estimate(page).fill('3.9x');
  await estimate(page).press('Enter');
  await until(async () => (await estimate(page).getAttribute('aria-invalid')) === 'true', 'the refusal');
  await cell(page, 'F07').fill('1.234');
  await cell(page, 'F07').press('Enter');
  assert.equal(await actual(page).inputValue(), '300', 'the estimate wrote over the figure');
  await until(async () => (await ask(page, 'GET', `/reports/${report}`)).draft?.cells.length === 2, 'both texts kept by the program');
  await page.evaluate(() => localStorage.clear());
  await page.context().close();

  page = await enter(browser, 'lan'); // another machine
  await page.goto(`/bao-cao/${report}`);
  await page.getByText(/^Khôi phục những gì bạn đã gõ lúc/).waitFor();
  await shot(page, 'draft-offered', { fullPage: true });
  await assertAccessible(page, 'the offer');
  await page.getByRole('button', { name: 'Khôi phục' }).click();
  await until(async () => (await estimate(page).inputValue()) === '3.9x', 'the text of the estimate');
  assert.equal(await cell(page, 'F07').inputValue(), '1.234');
  await until(async () => (await cell(page, 'F07').getAttribute('aria-invalid')) === 'true', 'the refusal again');
  await estimate(page).fill('3900');
  await estimate(page).press('Enter');
  await cell(page, 'F07').fill('210');
  await cell(page, 'F07').press('Enter');
  await until(async () => (await ask(page, 'GET', `/reports/${report}`)).draft === null, 'nothing kept any more');
  const { cells } = await ask(page, 'GET', `/reports/${report}`);
  assert.deepEqual(cells.map((one) => [one.indicator.code, one.kind, one.period, one.value]), [
    ['F05', 'actual', '2022-05', '300'], ['F06', 'actual', '2022-05', null], ['F07', 'actual', '2022-05', '210'], ['F05', 'estimate', '2022', '3900']
  ]);
  await page.context().close();
});

test('a doubt stops the report at its place, is explained, and the report goes', async () => {
  const page = await enter(browser, 'lan');
  await page.goto(`/bao-cao/${report}`);
  await cell(page, 'F06').fill('320');
  await cell(page, 'F06').press('Enter');
  const panel = page.getByRole('region', { name: /^Điều cần xem lại/ });
  await panel.getByText(WRONG).waitFor();
  await page.getByRole('row', { name: /F06/ }).getByRole('link', { name: /Cần giải trình/ }).waitFor();

  // The file the figure rests on, by keyboard alone.
  await cell(page, 'F06').focus();
  await page.keyboard.press('Control+;');
  const card = page.getByRole('dialog', { name: 'Trong đó đúng và trước hạn' });
  await card.getByText('Chưa có tệp nào kèm số này.').waitFor();
  await card.getByLabel(/^Kèm tệp/).setInputFiles({ name: 'danh sách hồ sơ.csv', mimeType: 'text/csv', buffer: Buffer.from('so;ngay\n1;2022-05-02\n') });
  await card.getByRole('button', { name: 'Kèm tệp', exact: true }).click();
  await card.getByRole('link', { name: 'danh sách hồ sơ.csv' }).waitFor();
  await shot(page, 'evidence');
  await assertAccessible(page, 'the card of a cell');
  const link = await card.getByRole('link', { name: 'danh sách hồ sơ.csv' }).getAttribute('href');
  assert.match(await (await page.request.get(link)).text(), /^so;ngay/);
  await page.keyboard.press('Escape');
  await until(async () => (await focused(page)) === 'cell-F06', 'the focus back at the cell');

  await page.getByRole('textbox', { name: 'Kết quả nổi bật' }).fill('Trả đúng hẹn nhiều hồ sơ tồn của tháng trước.');
  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await page.getByText(/Có \d+ chỗ phải sửa mới gửi được/).waitFor();
  await until(() => page.evaluate(() => document.activeElement.tagName === 'TEXTAREA'), 'the focus at the words of the doubt');
  await shot(page, 'doubt', { fullPage: true });
  await page.keyboard.type('ngắn');
  await page.getByRole('button', { name: 'Lưu giải trình' }).click();
  await panel.getByText(/ít nhất 10 ký tự, để cấp trên/).waitFor();
  await page.reload();
  const said = panel.getByLabel(/^Vì sao số này đúng/);
  await said.waitFor();
  assert.equal(await said.inputValue(), 'ngắn', 'the words are lost');
  await said.fill('Có 20 hồ sơ của tháng trước trả trong kỳ này.');
  await panel.getByRole('heading').click();
  await panel.getByText(/^Đã lưu .*Lan/).waitFor();
  await panel.getByRole('button', { name: /^Đến ô Trong đó đúng/ }).click();
  assert.equal(await focused(page), 'cell-F06');
  await page.setViewportSize(PHONE);
  await shot(page, 'doubt-phone', { fullPage: true });
  await assertFits(page, 'the report with doubts on a phone');
  await assertAccessible(page, 'the report with doubts');
  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await page.getByText(/Đã gửi lúc/).waitFor();
  assert.equal(await panel.getByRole('textbox').count(), 0, 'a sent report is still explained');
  await panel.getByText(/Có 20 hồ sơ của tháng trước/).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the superior reads the explanation, and reminds who is silent in own words', async () => {
  const page = await enter(browser, 'ha');
  await page.goto(`/tong-hop/${request}`);
  await page.getByText('Số ước, đề cương và hướng dẫn').click();
  await page.getByText('Tính cả hồ sơ nộp trực tuyến.').waitFor();
  await page.getByRole('button', { name: 'Thị trấn Thường Tín', exact: true }).click();
  await page.getByText(/Có 20 hồ sơ của tháng trước/).waitFor();
  assert.equal(await page.getByLabel(/^Vì sao số này đúng/).count(), 0);
  await page.getByRole('row', { name: /ước năm 2022.*3\.900/ }).waitFor();
  await shot(page, 'request-doubts', { fullPage: true });

  await page.getByRole('button', { name: 'Nhắc đơn vị chưa gửi…' }).click();
  await page.getByText('Nhắc 1 đơn vị chưa gửi').waitFor();
  await page.getByLabel(/^Lời nhắn/).fill('Nhờ xã gửi trước thứ Hai.');
  await page.getByRole('button', { name: 'Nhắc 1 đơn vị' }).click();
  await page.getByText('Đã nhắc 1 đơn vị.').waitFor();
  await page.getByRole('button', { name: 'Nhắc đơn vị chưa gửi…' }).click();
  await page.getByRole('button', { name: 'Nhắc 1 đơn vị' }).click();
  await page.getByText(/Hôm nay đã nhắc các đơn vị này/).waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();

  const clerk = await enter(browser, 'xa10186'); // Xã Ninh Sở
  await clerk.getByRole('link', { name: /lời nhắc chưa xem/ }).click();
  await clerk.getByText('“Nhờ xã gửi trước thứ Hai.”').waitFor();
  await clerk.getByRole('link', { name: `${NAME}, tháng 5/2022` }).first().waitFor();
  await shot(clerk, 'reminded');
  await clerk.getByRole('button', { name: /đã xem/i }).click();
  await until(async () => (await ask(clerk, 'GET', '/report-reminders?unseen=true')).items.length === 0, 'the reminder seen');
  await clerk.context().close();
});

test('an ad hoc request tells who asks the same already', async () => {
  const page = await enter(browser, 'ha');
  await page.goto('/tong-hop');
  await page.getByRole('link', { name: 'Yêu cầu đột xuất…' }).click();
  await page.getByText('29 đơn vị').waitFor();
  await page.getByLabel('Chọn từng đơn vị').check();
  await page.getByLabel('Các đơn vị').fill('Xã Ninh Sở');
  await page.getByRole('button', { name: /^Xã Ninh Sở/ }).first().click();
  await page.getByLabel('Kỳ', { exact: true }).selectOption('05');
  await pick(page, 'Thêm chỉ tiêu vào biểu', 'F05', /F05/);
  await pick(page, 'Thêm chỉ tiêu vào biểu', 'F08', /F08/);
  await page.getByRole('button', { name: 'Xem tốn bao nhiêu công' }).click();
  await until(async () => (await page.locator('form [aria-invalid="true"]').count()) >= 2, 'the title and the due day are missing');
  await page.getByLabel('Tên báo cáo').fill(QUICK);
  await page.getByLabel('Hạn gửi', { exact: true }).fill('2022-06-03');
  await page.getByRole('button', { name: 'Xem tốn bao nhiêu công' }).click();
  await page.getByText(/Chỉ số F05 của kỳ này đã được hỏi trong .* với số liệu từ 15\/4\/2022/).waitFor(); // another window of the same figure
  await page.getByText(/Chỉ số F08 được thu thập theo/).waitFor();
  await page.getByRole('button', { name: /^Bỏ Số phiếu khảo sát/ }).click();
  await page.getByLabel('Kỳ', { exact: true }).selectOption('06');
  await page.getByRole('button', { name: 'Xem tốn bao nhiêu công' }).click();
  const words = page.locator('.burden .headline');
  await words.waitFor();
  assert.match(await words.textContent(), /thêm 1 ô mới, khoảng 12 phút\. 0 ô đã có số, 0 ô nơi khác đang hỏi/);
  await page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
  await heading(page, `${QUICK}, tháng 6/2022`);

  await page.goto('/tong-hop/yeu-cau-moi');
  assert.equal(await page.getByLabel('Tên báo cáo').inputValue(), '', 'what was sent is still typed');
  await page.getByText('29 đơn vị').waitFor();
  await page.getByLabel('Tên báo cáo').fill('Hỏi lại cùng một số');
  await page.getByLabel('Hạn gửi', { exact: true }).fill('2022-07-05');
  await page.getByLabel('Kỳ', { exact: true }).selectOption('06');
  await pick(page, 'Thêm chỉ tiêu vào biểu', 'F05', /F05/);
  await page.getByRole('button', { name: 'Xem tốn bao nhiêu công' }).click();
  await page.getByRole('link', { name: QUICK }).waitFor();
  assert.match(await words.textContent(), /Gửi 29 đơn vị: mỗi đơn vị thêm 0 đến 1 ô mới, khoảng 10 đến 12 phút\. 0 ô đã có số, 0 đến 1 ô nơi khác đang hỏi/);
  await shot(page, 'adhoc', { fullPage: true });
  await assertAccessible(page, 'an ad hoc request');
  await page.getByLabel('Tên báo cáo').fill('Hỏi lại cùng một số, bản hai');
  await page.getByText(/Yêu cầu đã đổi; xem lại công/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Gửi yêu cầu' }).count(), 0, 'issued without its cost in sight');
  await page.context().close();
});

test('a unit’s year of reports stands beside its budget, which the administrator sets', async () => {
  const page = await enter(browser, 'quan');
  const [unit] = (await ask(page, 'GET', '/units?query=10183')).items;
  await page.goto(`/don-vi/${unit.id}`);
  await page.getByRole('link', { name: 'Gánh nặng báo cáo' }).click();
  await page.getByText('Chưa đặt quỹ thời gian báo cáo cho năm này.').waitFor();
  await page.getByLabel('Năm', { exact: true }).fill('2022');
  await page.keyboard.press('Tab');
  await heading(page, 'Gánh nặng báo cáo năm 2022', 2);
  await page.getByRole('button', { name: 'Đặt quỹ năm…' }).click();
  await page.getByLabel(/^Quỹ phút/).fill('0');
  await page.getByRole('button', { name: 'Lưu quỹ' }).click();
  await until(async () => (await page.locator('#budget-fault').textContent()) !== '', 'a refusal of no minutes');
  await page.getByLabel(/^Quỹ phút/).fill('50');
  await page.getByRole('button', { name: 'Lưu quỹ' }).click();
  await page.getByText('Đã đặt quỹ 50 phút.').waitFor();
  await page.getByRole('row', { name: new RegExp(NAME) }).waitFor();
  await page.getByText(/Quỹ năm 50 phút, đã dùng \d+ %: vượt/).waitFor();
  await shot(page, 'unit-burden');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
