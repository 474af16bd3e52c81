// The words of a report: a clerk writes them with figures picked, a section comes back and goes in again, the compiler makes one text of all.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, april, ask, assertAccessible, assertFits, enter, launch, shot, until } from './stage.mjs';

let browser, district, request, reports;
const RESULT = (name) => `Trong tháng, ${name} tiếp nhận {{F05}} hồ sơ; mở 2 hội nghị quán triệt Quy định số 37-QĐ/TW.`;
const LOW = 'Tỷ lệ hồ sơ trực tuyến toàn trình còn thấp do người cao tuổi chưa quen thao tác trên điện thoại.';

/** Writes, submits and has accepted one report over the program itself. */
async function handUp(report, section) {
  const page = await enter(browser, `xa${report.unit.code}`);
  let now = await ask(page, 'GET', `/reports/${report.id}`);
  const turn = async (target, body) => (now = await ask(page, 'PUT', `/reports/${report.id}/${target}`, body, { 'If-Match': `"${now.revision}"` }));
  await turn('cells', { cells: [{ indicator: 'F05', state: 'value', value: '12' }, { indicator: 'F06', state: 'value', value: '11' }] });
  await turn('sections/I', { blocks: [{ text: RESULT(report.unit.name) }] });
  await turn('sections/II', { blocks: [{ text: section }] });
  await turn('submission', {});
  await page.context().close();
  await ask(district, 'PUT', `/reports/${report.id}/acceptance`, {}, { 'If-Match': `"${now.revision}"` });
}

before(async () => {
  browser = await launch();
  district = await enter(browser, 'ha');
  const { reports: known, unit } = await april(district);
  request = await ask(district, 'POST', '/requests', {
    unit: unit.id, title: 'Báo cáo có phần lời', period: '2022-08', due_on: '2022-09-05', indicators: ['F05', 'F06'], is_illustrative: true,
    units: known.slice(8, 12).map((one) => one.unit.id),
    sections: [
      { code: 'I', title: 'Kết quả lãnh đạo, chỉ đạo', guidance: 'Nêu kết quả nổi bật, gắn với số liệu.' },
      { code: 'II', title: 'Hạn chế, nguyên nhân' }, { code: 'III', title: 'Kiến nghị, đề xuất', is_required: false }]
  });
  reports = (await ask(district, 'GET', `/requests/${request.id}`)).reports;
});
after(() => browser.close());

const words = (page, id, code) => ask(page, 'GET', `/reports/${id}`).then((report) => report.sections.find((one) => one.code === code));

test('a clerk writes with a picked figure, by keyboard alone, and nothing typed is lost', async () => {
  const [report] = reports;
  const page = await enter(browser, `xa${report.unit.code}`);
  await page.goto(`/bao-cao/${report.id}`);
  await page.getByRole('textbox', { name: /\bF05\b/ }).fill('1234');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /\bF06\b/ }).fill('1200');
  await page.keyboard.press('Enter');
  const box = page.getByRole('textbox', { name: 'Kết quả lãnh đạo, chỉ đạo' });
  await box.focus();
  await page.keyboard.type('Trong tháng, xã tiếp nhận ');
  await page.keyboard.press('#');
  await page.getByRole('searchbox').waitFor();
  await shot(page, 'narrative-picker');
  await page.keyboard.type('F05');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' hồ sơ.');
  assert.equal(await box.inputValue(), 'Trong tháng, xã tiếp nhận {{F05}} hồ sơ.');
  await page.getByRole('group', { name: /^Đọc thử/ }).getByText('1.234').waitFor();
  await until(async () => (await words(page, report.id, 'I')).blocks[0]?.text === 'Trong tháng, xã tiếp nhận {{F05}} hồ sơ.', 'the words saved by themselves');

  // A mark goes as one, and comes back with Ctrl+Z.
  for (let i = 0; i < ' hồ sơ.'.length; i++) await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  assert.equal(await box.inputValue(), 'Trong tháng, xã tiếp nhận ');
  await page.keyboard.press('Control+z');
  assert.match(await box.inputValue(), /\{\{F05\}\}/);
  await box.fill('Trong tháng, xã tiếp nhận {{F05}} hồ sơ.');

  // Submitting names the empty section and leads there.
  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await page.getByRole('alert').getByRole('link', { name: /Hạn chế, nguyên nhân/ }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'section-II');

  // Without a network the words stay on this machine, over a reload too.
  await page.route('**/api/v1/reports/*/sections/**', (route) => route.abort());
  await page.keyboard.type('Máy quét hỏng.');
  await page.keyboard.press('Tab');
  await page.getByText('Chưa lưu được; số vẫn còn trên máy này').first().waitFor();
  await page.unroute('**/api/v1/reports/*/sections/**');
  await page.reload();
  await until(async () => (await words(page, report.id, 'II')).blocks[0]?.text === 'Máy quét hỏng.', 'the kept words saved');
  await page.getByText('Chưa có số liệu đi kèm').first().waitFor();
  await assertAccessible(page, 'the words');
  await shot(page, 'narrative-clerk', { fullPage: true });
  await page.setViewportSize(PHONE);
  await assertFits(page, 'the words on a phone');
  await shot(page, 'narrative-clerk-phone', { fullPage: true });
  await page.context().close();
});

test('two people at one section: the later is asked, and nothing is written over', async () => {
  const [report] = reports;
  const page = await enter(browser, `xa${report.unit.code}`);
  await page.goto(`/bao-cao/${report.id}`);
  const box = page.getByRole('textbox', { name: 'Kiến nghị, đề xuất' });
  await box.focus();
  const now = await ask(page, 'GET', `/reports/${report.id}`);
  await ask(page, 'PUT', `/reports/${report.id}/sections/III`, { blocks: [{ text: 'Của người khác.' }] }, { 'If-Match': `"${now.revision}"` });
  await page.keyboard.type('Của tôi.');
  await page.getByText('Người khác vừa viết mục này:').waitFor();
  assert.equal((await words(page, report.id, 'III')).blocks[0].text, 'Của người khác.');
  await page.getByRole('button', { name: 'Giữ bản của tôi' }).click();
  await until(async () => (await words(page, report.id, 'III')).blocks[0]?.text === 'Của tôi.', 'the chosen words saved');
  await page.context().close();
});

test('one section comes back with a remark, it alone is open, and what changed is told to the word', async () => {
  const [report] = reports;
  const clerk = await enter(browser, `xa${report.unit.code}`);
  await clerk.goto(`/bao-cao/${report.id}`);
  await clerk.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await clerk.getByText(/Đã gửi lúc/).waitFor();

  await district.goto(`/tong-hop/${request.id}`);
  await district.getByRole('button', { name: report.unit.name, exact: true }).click();
  await district.getByRole('button', { name: 'Trả mục này… Hạn chế, nguyên nhân' }).click();
  await district.getByLabel(/Trả lại mục/).fill('Nêu rõ hỏng từ khi nào.');
  await district.getByRole('button', { name: 'Gửi', exact: true }).click();
  await district.getByRole('heading', { name: /Bị trả lại|chỉnh lý|trả lại/i }).first().waitFor();

  await clerk.reload();
  await clerk.getByText('Nêu rõ hỏng từ khi nào.').waitFor();
  await assertAccessible(clerk, 'a returned section');
  await shot(clerk, 'narrative-returned', { fullPage: true });
  assert.equal(await clerk.getByRole('textbox', { name: 'Kết quả lãnh đạo, chỉ đạo' }).count(), 0);
  const box = clerk.getByRole('textbox', { name: 'Hạn chế, nguyên nhân' });
  await box.fill('Máy quét hỏng từ tháng 2.');
  await clerk.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await clerk.getByText(/Đã gửi lúc/).waitFor();

  await district.reload();
  await district.getByRole('button', { name: report.unit.name, exact: true }).click();
  const changes = district.locator('.spans');
  await changes.waitFor();
  const added = await changes.locator('ins').evaluate((one) => [...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(''));
  assert.equal(added.trim(), 'từ tháng 2');
  assert.equal(await changes.locator('del').count(), 0);
  await assertAccessible(district, 'the differences');
  await shot(district, 'narrative-differences', { fullPage: true });
  await district.getByRole('button', { name: 'Duyệt báo cáo' }).click();
  await until(async () => (await ask(district, 'GET', `/reports/${report.id}`)).state === 'accepted', 'the report accepted');
  await clerk.context().close();
});

test('the compiler merges alike points, picks, adds, and sees what is not used', async () => {
  await handUp(reports[1], LOW);
  await handUp(reports[2], LOW.replace('điện thoại', 'máy tính'));
  await handUp(reports[3], 'Đường liên thôn xuống cấp, chưa có kinh phí sửa chữa.');
  await district.goto(`/tong-hop/${request.id}`);
  await district.getByRole('link', { name: 'Phần lời' }).click();
  await district.getByRole('link', { name: /^Hạn chế, nguyên nhân/ }).click();
  await district.getByRole('heading', { name: /^2 đơn vị nói gần giống nhau/ }).waitFor();
  await district.getByRole('button', { name: 'Gộp thành 1' }).click();
  const first = district.getByRole('textbox', { name: 'Đoạn 1' });
  await until(() => first.evaluate((box) => box === document.activeElement), 'the caret in the new paragraph');
  await first.fill('Hồ sơ trực tuyến còn thấp, toàn huyện mới có ');
  await first.press('#');
  await district.keyboard.type('F05');
  await district.keyboard.press('Enter');
  await district.getByRole('button', { name: `Dùng ý của ${reports[3].unit.name}` }).click();
  await district.getByRole('button', { name: 'Thêm đoạn riêng' }).click();
  await district.keyboard.type('Huyện ủy sẽ chỉ đạo khắc phục trong quý tới.');
  const path = `/requests/${request.id}/narrative/II`;
  const saved = await until(async () => {
    const now = await ask(district, 'GET', path);
    return now.blocks.length === 3 && now.blocks[2].text.endsWith('quý tới.') && now;
  }, 'the own text saved');
  assert.deepEqual(saved.blocks.map((one) => one.sources.map((source) => source.unit.id)),
    [[reports[1].unit.id, reports[2].unit.id], [reports[3].unit.id], []]);
  assert.match(saved.blocks[0].text, /\{\{F05:total\}\}$/);
  assert.deepEqual(saved.left_out.map((one) => one.unit.id), [reports[0].unit.id]);

  await district.getByText('Chưa dùng (1)').click();
  const why = district.getByRole('textbox', { name: /^Lý do không dùng/ });
  await why.fill('đã sửa xong');
  await why.press('Tab');
  await until(async () => (await ask(district, 'GET', path)).left_out[0].reason === 'đã sửa xong', 'the reason saved');
  await district.getByRole('group', { name: /^Đọc thử/ }).first().waitFor();
  await assertAccessible(district, 'the words made into one');
  await shot(district, 'narrative-compile', { fullPage: true });
  await district.setViewportSize(PHONE);
  await assertFits(district, 'the words made into one, on a phone');
  await shot(district, 'narrative-compile-phone', { fullPage: true });
  await district.setViewportSize({ width: 1366, height: 768 });

  // A unit sees its own points alone.
  const clerk = await enter(browser, `xa${reports[3].unit.code}`);
  await clerk.goto(`/tong-hop/${request.id}/phan-loi?muc=II`);
  await clerk.getByText('Đường liên thôn xuống cấp').waitFor();
  assert.equal(await clerk.getByText('người cao tuổi').count(), 0);
  assert.equal(await clerk.getByRole('textbox').count(), 0);
  await clerk.context().close();
});

test('the same pages in the dark and in English', async () => {
  const dark = await enter(browser, 'ha', { colorScheme: 'dark' });
  await dark.goto(`/tong-hop/${request.id}/phan-loi?muc=II`);
  await dark.getByRole('textbox', { name: 'Đoạn 1' }).waitFor();
  await assertAccessible(dark, 'the words in the dark');
  await shot(dark, 'narrative-compile-dark', { fullPage: true });
  await dark.evaluate(() => localStorage.setItem('language', 'en'));
  await dark.reload();
  await dark.getByRole('heading', { name: 'From the units' }).waitFor();
  await shot(dark, 'narrative-compile-en', { fullPage: true });
  await dark.context().close();
});
