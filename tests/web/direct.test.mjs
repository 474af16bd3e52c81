// Direction: `lan` and `minh` answer and do, `ha` shares out, watches and decides; nothing stays silent.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { direction } from './direction.mjs';
import { ask, assertAccessible, enter, launch, shot, until } from './stage.mjs';

let browser;
let all;
let ha;
before(async () => {
  browser = await launch();
  all = await direction(browser);
  ha = await enter(browser, 'ha');
});
after(() => browser.close());

const row = (page, name) => page.getByRole('row', { name });
const choose = (page, name) => page.getByRole('checkbox', { name });

test('a clerk sees on one page what the unit owes, the overdue first, and answers many at once', async () => {
  const page = await enter(browser, 'lan');
  await page.getByRole('navigation', { name: 'Các mục chính' }).getByRole('link', { name: 'Chỉ đạo' }).click();
  await page.getByRole('heading', { level: 1, name: /nhiệm vụ quá hạn.*chương trình chờ trả lời/ }).waitFor();
  const tasks = page.getByRole('table', { name: /^Nhiệm vụ phải làm/ });
  assert.match(await tasks.getByRole('row').nth(1).textContent(), /quá hạn\s*quá \d+ ngày làm việc/);

  // Declined without a reason: the fault stands at each row, and what is ticked stays.
  await choose(page, /^Chọn: 02-CTr\/HU/).check();
  await choose(page, /^Chọn: 03-CTr\/HU/).check();
  await page.getByRole('button', { name: /^Không nhận 2 mục/ }).click();
  await page.getByRole('button', { name: 'Gửi trả lời không nhận 2 mục' }).click();
  for (const number of ['02', '03']) await row(page, new RegExp(`${number}-CTr/HU`)).getByText('Không nhận thì ghi lý do để cấp trên biết.').waitFor();
  assert.ok(await choose(page, /^Chọn: 02-CTr\/HU/).evaluate((one) => one === document.activeElement), 'the first fault is in focus');
  await assertAccessible(page, 'refused answers');

  // What was typed outlives a reload.
  await page.getByLabel(/^Lý do không nhận/).fill('Thị trấn không có thôn để thực hiện.');
  await page.reload();
  await page.getByLabel(/^Lý do không nhận/).waitFor();
  assert.equal(await page.getByLabel(/^Lý do không nhận/).inputValue(), 'Thị trấn không có thôn để thực hiện.');
  await page.getByRole('button', { name: 'Gửi trả lời không nhận 2 mục' }).click();
  await page.getByText('Đã trả lời không nhận 2 mục, kèm lý do.').waitFor();
  await row(page, /02-CTr\/HU.*không nhận.*Thị trấn không có thôn/).waitFor();

  // One is taken up after all.
  await choose(page, /^Chọn: 03-CTr\/HU/).check();
  await page.getByRole('button', { name: 'Nhận 1 mục đã chọn' }).click();
  await page.getByText('Đã nhận 1 mục. Nơi giao thấy ngay.').waitFor();
  await shot(page, 'direct-answered', { fullPage: true });

  await ha.goto(`/chi-dao/chuong-trinh/${all.second.id}?xem=do-phu`);
  await row(ha, /^Thị trấn Thường Tín “Thị trấn không có thôn để thực hiện\.” không nhận/).waitFor();
  await ha.goto(`/chi-dao/chuong-trinh/${all.third.id}?xem=do-phu`);
  await row(ha, /^Thị trấn Thường Tín đã nhận/).waitFor();
  await page.context().close();
});

test('reminders stand on the page until they are seen', async () => {
  const page = await enter(browser, 'minh');
  await page.goto('/chi-dao');
  const digest = page.getByRole('region', { name: /lời nhắc chưa xem/ });
  await digest.getByText(/^Nhắc lần \d/).first().waitFor();
  await digest.getByRole('button', { name: 'Đánh dấu đã xem' }).click();
  await page.getByText(/^Đã đánh dấu \d+ lời nhắc/).waitFor();
  await until(async () => (await digest.count()) === 0, 'no digest any more');
  assert.equal((await ask(page, 'GET', '/reminders?unseen=true')).items.length, 0);
  await page.context().close();
});

test('who is silent, who declined and what does not add up is seen at once', async () => {
  await ha.goto(`/chi-dao/chuong-trinh/${all.programme.id}`);
  await ha.getByText(/^\d+ chỉ tiêu: .*Số liệu đến 14\/4\/2022\./).waitFor();
  const uneven = ha.getByRole('region', { name: /chỉ tiêu giao xuống chưa khớp/ });
  await uneven.getByText(/đã giao 319 trên 290 cuộc, vượt chỉ tiêu 29/).waitFor();
  await ha.getByRole('link', { name: 'Độ phủ', exact: true }).click();
  await ha.getByRole('heading', { name: '29 đơn vị: 2 còn im lặng, 1 không nhận hoặc nhận một phần' }).waitFor();
  const rows = await ha.getByRole('table', { name: 'Độ phủ: đơn vị và mục tiêu' }).getByRole('row').allTextContents();
  assert.match(rows[1], /im lặng.*im lặng/);
  assert.match(rows[2], /im lặng.*im lặng/);
  assert.match(rows[3], /Xã Nhị Khê.*“.+”.*không nhận/);
  await ha.getByLabel('Tìm đơn vị').fill('van diem');
  await until(async () => (await ha.getByRole('table').getByRole('row').count()) === 2, 'one unit found without marks');

  await ha.getByRole('link', { name: 'Bảng nhiệt', exact: true }).click();
  await row(ha, /^Xã Hồng Vân/).waitFor();
  const cells = await ha.getByRole('table', { name: /^Bảng nhiệt/ }).getByRole('cell').allTextContents();
  assert.equal(cells.length, 29 * all.targets.length);
  for (const cell of cells) assert.match(cell, /vượt|hoàn thành|bảo đảm lộ trình|chưa đạt|chưa có số liệu|chưa giao/, 'a word in each cell');

  for (const name of [/^Bảng độ phủ \.docx/, /^Danh mục nhiệm vụ \.xlsx/]) {
    if (!(await ha.locator('details.export').evaluate((one) => one.open))) await ha.getByText('Xuất tệp').click();
    const [download] = await Promise.all([ha.waitForEvent('download'), ha.getByRole('link', { name }).click()]);
    assert.equal((await readFile(await download.path())).subarray(0, 2).toString('latin1'), 'PK');
  }
});

test('whom a programme is given to reads it, without the coverage of others', async () => {
  const page = await enter(browser, 'minh');
  await page.goto(`/chi-dao/chuong-trinh/${all.programme.id}`);
  await page.getByText(/^Chương trình này do Huyện Thường Tín giao/).waitFor();
  await page.getByRole('heading', { level: 2, name: /^Mục tiêu 1/ }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Độ phủ', exact: true }).count(), 0);
  assert.equal(await page.getByRole('alert').count(), 0);
  await page.context().close();
});

test('each unit of a target stands beside the others, and on the map where boundaries are known', async () => {
  const { id } = all.targets.find((one) => one.indicator.code === 'F03');
  const target = await ask(ha, 'GET', `/targets/${id}`);
  await ha.goto(`/chi-dao/chi-tieu/${id}`);
  await ha.getByRole('link', { name: 'Từng đơn vị' }).click();
  const parts = ha.getByRole('main').getByRole('listitem');
  await parts.first().waitFor();
  const words = await parts.allTextContents();
  assert.equal(words.length, 29);
  target.units.forEach((unit, i) => {
    assert.equal(unit.way.at(-1), unit.actual);
    assert.match(words[i].replace(/\s+/g, ' '), new RegExp(`${unit.name}.*${unit.actual} trên ${unit.allocated}`));
  });

  await ha.getByRole('link', { name: 'Bản đồ' }).click();
  await ha.getByText(/ranh giới/).first().waitFor();
  // The demo knows boundaries after 2025 only: two are lent to units of this day.
  await ha.route('**/api/v1/boundaries?*', async (route) => {
    const square = (x) => ({ type: 'Polygon', coordinates: [[[x, 20], [x + 1, 20], [x + 1, 21], [x, 21], [x, 20]]] });
    const features = target.units.slice(0, 2).map((unit, i) => ({ type: 'Feature', id: unit.id, properties: { code: unit.code, name: unit.name, source: 'minh hoạ' }, geometry: square(105 + i) }));
    await route.fulfill({ json: { type: 'FeatureCollection', on: target.on, line: 'government', units: 29, features } });
  });
  await ha.reload();
  const map = ha.getByRole('img', { name: /^Bản đồ: Số đảng viên kết nạp/ });
  await map.waitFor();
  assert.deepEqual(await map.locator('title').allTextContents(), target.units.slice(0, 2).map((unit) => `${unit.name}: ${{ exceeded: 'vượt', completed: 'hoàn thành', behind: 'chưa đạt' }[unit.status]}, ${unit.actual}`));
  await shot(ha, 'direct-map');
  await ha.unroute('**/api/v1/boundaries?*');
});

test('a target is shared out with its difference always in sight', async () => {
  const { id } = all.targets.find((one) => one.indicator.code === 'F12');
  await ha.goto(`/chi-dao/chi-tieu/${id}?xem=giao`);
  const difference = ha.locator('.difference');
  await difference.getByText('đã giao 58 trên 60 mô hình, còn 2 chưa giao.').waitFor();
  const given = ha.getByLabel('Giao cho Thị trấn Thường Tín');
  await given.fill('7');
  await difference.getByText('đã giao 63 trên 60 mô hình, vượt chỉ tiêu 3.').waitFor();
  await given.fill('1.234');
  await ha.getByText(/1 ô chưa đọc được/).waitFor();
  await ha.getByRole('button', { name: 'Lưu mức giao' }).click();
  await until(async () => (await given.getAttribute('aria-invalid')) === 'true', 'the cell refused');
  assert.equal(await given.inputValue(), '1.234');
  await assertAccessible(ha, 'a refused allocation');

  await ha.getByRole('button', { name: 'Chia theo chỉ số…' }).click();
  await ha.getByLabel('Chỉ số làm căn cứ').selectOption({ label: 'F10 Số hộ dân' });
  await ha.getByLabel('Năm', { exact: true }).fill('2021');
  await ha.getByRole('button', { name: 'Đề xuất', exact: true }).click();
  await ha.getByText(/^Đây là đề xuất, chưa lưu/).waitFor();
  await difference.getByText('đã giao 60 trên 60 mô hình, vừa đủ.').waitFor();
  await ha.getByRole('button', { name: 'Chia đều' }).click();
  await difference.getByText('vừa đủ.').waitFor();
  await given.fill('4');
  await given.press('ArrowDown');
  assert.ok(await ha.getByLabel('Giao cho Xã Ninh Sở').evaluate((one) => one === document.activeElement), 'the arrow goes down the column');
  const shown = await difference.textContent();
  await ha.getByRole('button', { name: 'Lưu mức giao' }).click();
  await ha.getByText('Đã lưu mức giao.').waitFor();
  const page = await ask(ha, 'GET', `/targets/${id}`);
  assert.equal(page.units.find((one) => one.code === '10183').allocated, '4');
  assert.match(shown, page.difference === '0' ? /vừa đủ/ : new RegExp(`vượt chỉ tiêu ${page.difference}\\.`));
});

test('a task goes on: progress, evidence, a longer term decided above, done, reopened', async () => {
  const page = await enter(browser, 'minh');
  const { id, due } = all.taskOf('10198');
  await page.goto(`/chi-dao/nhiem-vu/${id}`);
  await page.getByRole('button', { name: 'Cập nhật tiến độ' }).click();
  await page.getByLabel('Tiến độ (%)').fill('170');
  await page.getByLabel(/^Việc đã làm/).fill('Đã thông qua ở 4 thôn.');
  await page.getByRole('button', { name: 'Ghi cập nhật' }).click();
  await page.getByText('Tiến độ là số từ 0 đến 100.').waitFor();
  assert.ok(await page.getByLabel('Tiến độ (%)').evaluate((one) => one === document.activeElement), 'the fault is in focus');
  await page.reload();
  await page.getByRole('button', { name: 'Cập nhật tiến độ' }).click();
  assert.equal(await page.getByLabel(/^Việc đã làm/).inputValue(), 'Đã thông qua ở 4 thôn.', 'kept through a reload');
  await page.getByLabel('Tiến độ (%)').fill('80');

  // Somebody else changes the task meanwhile: told, nothing lost, and it goes through at the second try.
  const now = await ask(ha, 'GET', `/tasks/${id}`);
  await ask(ha, 'PUT', `/tasks/${id}`, { title: now.title, lead: now.lead.id, supporting: now.supporting.map((one) => one.id), deliverable: now.deliverable, from: now.from, due: now.due }, { 'If-Match': `"${now.revision}"` });
  await page.getByRole('button', { name: 'Ghi cập nhật' }).click();
  await page.getByRole('alert').getByText(/Nhiệm vụ đã được người khác sửa/).waitFor();
  assert.equal(await page.getByLabel(/^Việc đã làm/).inputValue(), 'Đã thông qua ở 4 thôn.');
  await page.getByRole('button', { name: 'Ghi cập nhật' }).click();
  await page.getByText('Đã ghi tiến độ.').waitFor();

  await page.getByRole('button', { name: 'Nộp minh chứng' }).click();
  await page.getByLabel('Kết quả').fill('Biên bản họp thôn.');
  const file = (name, text) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
  await page.getByLabel(/^Tệp minh chứng/).setInputFiles(file('bien-ban.exe', 'MZ'));
  await page.getByRole('button', { name: 'Nộp', exact: true }).click();
  await page.getByText(/bien-ban\.exe không nhận được/).waitFor();
  await page.getByLabel(/^Tệp minh chứng/).setInputFiles(file('bien-ban.txt', 'Biên bản họp thôn Phụng Công'));
  await page.getByRole('button', { name: 'Nộp', exact: true }).click();
  await page.getByText('Đã nộp minh chứng.').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'bien-ban.txt' }).click()]);
  assert.equal(await readFile(await download.path(), 'utf8'), 'Biên bản họp thôn Phụng Công');

  await page.getByRole('button', { name: 'Xin gia hạn' }).click();
  await page.getByLabel('Hạn mới').fill(due);
  await page.getByLabel('Lý do').fill('Chờ ý kiến của Phòng Tư pháp.');
  await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
  await page.getByText(/^Hạn mới phải sau hạn hiện nay/).waitFor();
  await page.getByLabel('Hạn mới').fill('2022-05-20');
  await page.getByRole('button', { name: 'Gửi đề nghị' }).click();
  await page.getByText(/^Đã gửi đề nghị gia hạn/).waitFor();
  await page.getByText('Chờ Huyện Thường Tín quyết định.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Xin gia hạn' }).count(), 0);
  await shot(page, 'direct-task', { fullPage: true });

  await ha.goto(`/chi-dao/nhiem-vu/${id}`);
  await ha.getByRole('button', { name: 'Không đồng ý' }).click();
  await ha.getByText('Không đồng ý thì ghi lý do.').waitFor();
  await assertAccessible(ha, 'a refusal without its reason');
  await ha.getByRole('button', { name: 'Đồng ý, hạn mới 20/5/2022' }).click();
  await ha.getByText(/^Đã đồng ý gia hạn/).waitFor();
  assert.equal((await ask(ha, 'GET', `/tasks/${id}`)).due, '2022-05-20');
  assert.equal(await ha.getByRole('button', { name: 'Cập nhật tiến độ' }).count(), 0, 'only the lead says how far it is');

  await page.reload();
  await page.getByRole('button', { name: 'Báo hoàn thành' }).click();
  await page.getByLabel('Kết quả').fill('Đủ 5 bản hương ước.');
  await page.getByRole('button', { name: 'Báo đã xong' }).click();
  await page.getByText('Đã báo hoàn thành.').waitFor();
  await ha.reload();
  await ha.getByRole('button', { name: 'Mở lại', exact: true }).click();
  await ha.getByRole('button', { name: 'Mở lại nhiệm vụ' }).click();
  await ha.getByText('Ghi rõ lý do.').waitFor();
  await ha.getByLabel('Lý do').fill('Bản của thôn 5 chưa có chữ ký.');
  await ha.getByRole('button', { name: 'Mở lại nhiệm vụ' }).click();
  await ha.getByText('Đã mở lại nhiệm vụ.').waitFor();
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('a task is given with its lead, product and day, edited, found in the month, and cancelled', async () => {
  await ha.goto(`/chi-dao/chuong-trinh/${all.programme.id}?xem=nhiem-vu`);
  await ha.getByRole('button', { name: 'Giao nhiệm vụ mới' }).click();
  await ha.getByLabel('Nhiệm vụ', { exact: true }).fill('Tổng rà soát nhà văn hóa thôn');
  await ha.getByLabel('Hạn', { exact: true }).fill('2022-04-27');
  await ha.getByRole('button', { name: 'Giao nhiệm vụ', exact: true }).click();
  await ha.getByText(/^Nhiệm vụ chưa có sản phẩm phải nộp/).waitFor();
  await ha.getByText('Nhiệm vụ chưa có đơn vị chủ trì.').waitFor();
  await ha.getByLabel('Sản phẩm phải có').fill('29 phiếu rà soát');
  await ha.getByLabel('Chủ trì').fill('10207');
  await ha.getByRole('button', { name: /10207/ }).waitFor();
  await ha.getByLabel('Chủ trì').press('Enter');
  await ha.getByRole('button', { name: 'Giao nhiệm vụ', exact: true }).click();
  await ha.getByRole('heading', { level: 1, name: 'Tổng rà soát nhà văn hóa thôn' }).waitFor();

  await ha.getByRole('button', { name: 'Sửa nhiệm vụ' }).click();
  await ha.getByLabel('Hạn', { exact: true }).fill('2022-04-29');
  await ha.getByRole('button', { name: 'Lưu thay đổi' }).click();
  await ha.getByText('Đã lưu thay đổi.').waitFor();

  await ha.goto('/chi-dao/nhiem-vu?xem=lich&thang=2022-04');
  await ha.getByRole('cell', { name: /29/ }).getByRole('link', { name: /Tổng rà soát nhà văn hóa thôn/ }).waitFor();
  await ha.getByLabel('Tình trạng').selectOption({ label: 'quá hạn' });
  await until(async () => /tinh-trang=overdue/.test(ha.url()), 'the filter in the address');
  await until(async () => (await ha.getByRole('link', { name: /Tổng rà soát/ }).count()) === 0, 'what is not overdue is gone');
  await ha.goto('/chi-dao/nhiem-vu');
  await ha.getByRole('link', { name: 'Tổng rà soát nhà văn hóa thôn' }).click();
  await ha.getByRole('button', { name: 'Huỷ nhiệm vụ', exact: true }).click();
  await ha.getByLabel('Lý do').fill('Đã giao cho Phòng Văn hóa.');
  await ha.getByRole('button', { name: 'Huỷ nhiệm vụ này' }).click();
  await ha.getByText('Đã huỷ nhiệm vụ.').waitFor();
});

test('a programme is made of a worksheet, its faults told by row and column, and copied to a later term', async () => {
  await ha.goto('/chi-dao/chuong-trinh');
  await ha.getByRole('button', { name: 'Lập từ bảng tính' }).click();
  const form = ha.getByRole('form', { name: 'Lập từ bảng tính' });
  await form.getByLabel('Số, ký hiệu').fill('77-CTr/HU');
  await form.getByLabel('Tên').fill('Chương trình lập từ bảng tính');
  const sheet = (lines) => ({ name: 'chuong-trinh.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.map((line) => line + ','.repeat(10 - (line.match(/,/g) ?? []).length)).join('\n')) });
  const head = 'Loại,Mã,Nội dung,Mục tiêu,Chỉ số,Kỳ,Giá trị,Chủ trì,Sản phẩm,Bắt đầu,Thời hạn';
  await form.getByRole('button', { name: 'Lập chương trình' }).click();
  await form.getByText('Chọn tệp bảng tính.').waitFor();
  await form.getByLabel(/^Bảng tính/).setInputFiles(sheet([head, 'Mục tiêu,1,Mục tiêu thử', 'Chỉ tiêu,,,1,F03,20-22,310', 'Nhiệm vụ,,Việc thử,1,,,,99999,Sản phẩm,1/3/2022,20/4/2022']));
  await form.getByRole('button', { name: 'Lập chương trình' }).click();
  await form.getByText('Bảng có 2 chỗ phải sửa. Chưa có gì được ghi.').waitFor();
  const faults = await form.getByRole('table').getByRole('row').allTextContents();
  assert.match(faults[1], /^\s*3\s*Kỳ\s*Kỳ "20-22" không đọc được/);
  assert.match(faults[2], /^\s*4\s*Chủ trì\s*Không có đơn vị nào mang mã 99999/);
  await shot(ha, 'direct-import-faults', { fullPage: true });
  await assertAccessible(ha, 'a refused worksheet');
  assert.equal(await form.getByLabel('Số, ký hiệu').inputValue(), '77-CTr/HU');
  await form.getByLabel(/^Bảng tính/).setInputFiles(sheet([head, 'Mục tiêu,1,Mục tiêu thử', 'Chỉ tiêu,,,1,F03,2022,310', 'Nhiệm vụ,,Việc thử,1,,,,10198,Sản phẩm,1/3/2022,20/4/2022']));
  await form.getByRole('button', { name: 'Lập chương trình' }).click();
  await ha.getByRole('heading', { level: 1, name: '77-CTr/HU: Chương trình lập từ bảng tính' }).waitFor();
  await row(ha, /Số đảng viên kết nạp/).waitFor();

  await ha.goto('/chi-dao/chuong-trinh');
  await ha.getByRole('button', { name: 'Chép từ nhiệm kỳ trước' }).click();
  await ha.getByLabel('Chép từ', { exact: true }).selectOption({ label: '77-CTr/HU Chương trình lập từ bảng tính' });
  const copy = ha.getByRole('form', { name: 'Chép từ nhiệm kỳ trước' });
  await copy.getByLabel('Số, ký hiệu').fill('78-CTr/HU');
  await copy.getByRole('button', { name: 'Chép thành chương trình mới' }).click();
  await ha.getByRole('heading', { level: 1, name: /^78-CTr\/HU/ }).waitFor();
  await ha.getByText(/F03 · năm 2027/).waitFor();
});

test('a paper is numbered, refused where its number is wrong, related, and stands in its chain', async () => {
  await ha.goto('/chi-dao/van-ban');
  await ha.getByRole('button', { name: 'Ghi sổ hoặc ban hành văn bản' }).click();
  const form = ha.getByRole('form', { name: 'Ghi sổ hoặc ban hành văn bản' });
  await form.getByLabel('là văn bản đến').check();
  await form.getByLabel('Số, ký hiệu').fill('khong-so');
  await form.getByLabel('Trích yếu').fill('Kế hoạch thử để thực hiện chương trình');
  await form.getByRole('button', { name: 'Ghi vào sổ' }).click();
  await form.getByText(/Số, ký hiệu "khong-so" không đúng thể thức/).waitFor();
  await form.getByText('Ghi cơ quan ban hành.').waitFor();
  assert.equal(await form.getByLabel('Trích yếu').inputValue(), 'Kế hoạch thử để thực hiện chương trình');
  await assertAccessible(ha, 'a refused paper');

  await form.getByLabel('do đơn vị ban hành, lấy số').check();
  await form.getByLabel('Loại văn bản').selectOption('KH');
  await form.getByLabel(/^Văn bản được dẫn chiếu/).fill('01-CTr/HU');
  await form.getByRole('button', { name: /^01-CTr\/HU/ }).waitFor();
  await form.getByLabel(/^Văn bản được dẫn chiếu/).press('Enter');
  await form.getByRole('button', { name: 'Lấy số và ban hành' }).click();
  await ha.getByText(/^Đã ghi vào sổ: Số \d+-KH\/HU\./).waitFor();
  const links = ha.getByRole('table', { name: 'Bảng dẫn chiếu' });
  await row(links, /-KH\/HU.*cụ thể hoá.*01-CTr\/HU/).waitFor();
  await row(links, /01-CTr\/TU.*triển khai.*55-QĐ\/TW/).waitFor();
  await shot(ha, 'direct-chain', { fullPage: true });

  await ha.getByRole('button', { name: 'Đính kèm tệp' }).click();
  await ha.getByRole('button', { name: 'Ghi', exact: true }).click();
  await ha.getByText('Chọn tệp.').waitFor();
  await ha.getByLabel('Tệp', { exact: true }).setInputFiles({ name: 'ke-hoach.txt', mimeType: 'text/plain', buffer: Buffer.from('Kế hoạch thử') });
  await ha.getByRole('button', { name: 'Ghi', exact: true }).click();
  await ha.getByText('Đã đính kèm tệp.').waitFor();

  await ha.goto('/chi-dao/van-ban');
  await ha.getByLabel('Tìm theo số hoặc trích yếu').fill('ke hoach thu');
  await ha.getByLabel('Tìm theo số hoặc trích yếu').press('Enter');
  await until(async () => /tim=/.test(ha.url()), 'the question in the address');
  await until(async () => (await ha.getByRole('table').getByRole('row').count()) === 2, 'one paper found');
  assert.deepEqual(ha.faults, []);
});
