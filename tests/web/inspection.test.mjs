// The article's morning: the city inspects the district, asks for two sections more, concludes; demands and commitments are followed to their end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { april, ask, assertAccessible, assertFits, cell, enter, launch, PHONE, shot } from './stage.mjs';

const TABLET = { width: 820, height: 1180 };
let browser;
let id;
const people = {};
before(async () => {
  browser = await launch();
  for (const login of ['vinh', 'dung', 'khanh', 'ha']) people[login] = await enter(browser, login, login === 'khanh' ? { viewport: TABLET } : {});
  id = (await ask(people.vinh, 'GET', '/inspections')).items.find((one) => one.title === 'Kiểm tra việc thực hiện Chương trình 01-CTr/TU').id;
});
after(() => browser.close());

const at = (view) => `/kiem-tra/${id}${view ? `?xem=${view}` : ''}`;
const see = (login) => ask(people[login], 'GET', `/inspections/${id}`);
const match = (revision) => ({ 'If-Match': `"${revision}"` });
async function report() {
  const one = (await see('ha')).self_reports[0].report;
  return ask(people.ha, 'GET', `/reports/${one}`);
}
async function write(section, text) {
  const now = await report();
  await ask(people.ha, 'PUT', `/reports/${now.id}/sections/${section}`, { blocks: [{ text }] }, match(now.revision));
}
async function handIn() {
  const now = await report();
  await ask(people.ha, 'PUT', `/reports/${now.id}/submission`, {}, match(now.revision));
}

test('the city decides and announces; a member without a post sees the unit from then on', async () => {
  const { vinh, khanh } = people;
  await vinh.goto('/kiem-tra');
  await vinh.getByRole('link', { name: 'Kiểm tra việc thực hiện Chương trình 01-CTr/TU' }).click();
  await vinh.getByRole('button', { name: 'Ra quyết định' }).click();
  await vinh.getByLabel('Số ngày').fill('400');
  await vinh.getByRole('button', { name: 'Ra quyết định' }).click();
  await vinh.getByText(/45/).first().waitFor(); // the longest term is told
  assert.equal(await vinh.getByLabel('Số ngày').inputValue(), '400');
  await vinh.getByLabel('Số ngày').fill('30');
  await vinh.getByRole('button', { name: 'Ra quyết định' }).click();
  await vinh.getByText('đã quyết định', { exact: true }).waitFor();
  await vinh.getByRole('button', { name: /^Thông báo/ }).click();
  await vinh.locator('form').getByRole('button', { name: /^Thông báo/ }).click();
  await vinh.getByText('chờ báo cáo tự kiểm tra').waitFor();
  await assertAccessible(vinh, 'an inspection under way');
  await shot(vinh, 'inspection-course', { fullPage: true });
  await khanh.goto('/');
  await khanh.getByRole('link', { name: 'Kiểm tra', exact: true }).click();
  await khanh.getByRole('link', { name: 'Kiểm tra việc thực hiện Chương trình 01-CTr/TU' }).waitFor();
  assert.equal((await ask(khanh, 'GET', '/requests?limit=1')).items.length, 1);
});

test('the self-report is filled with what is known, and written to its end', async () => {
  const { ha, dung } = people;
  await ha.goto('/kiem-tra');
  await ha.getByRole('link', { name: 'Kiểm tra việc thực hiện Chương trình 01-CTr/TU' }).click();
  await ha.getByRole('link', { name: 'Tự kiểm tra, bổ sung' }).click();
  await ha.getByRole('button', { name: 'Điền sẵn những gì đã có' }).click();
  await ha.getByText(/^Đã điền 1 mục, \d+ đoạn/).waitFor();
  await shot(ha, 'inspection-prefilled', { fullPage: true });
  await write('II', 'Thu ngân sách tăng.');
  await write('III', 'Đã tiêm đủ mũi.');
  await write('IV', 'Cải cách hành chính còn chậm.');
  await dung.goto(at(''));
  await dung.getByRole('button', { name: /^Nhận báo cáo/ }).click();
  await dung.locator('form').getByRole('button', { name: /^Nhận báo cáo/ }).click();
  await dung.getByRole('alert').waitFor(); // it has not come in yet
  await handIn();
  await dung.locator('form').getByRole('button', { name: /^Nhận báo cáo/ }).click();
  await dung.getByText('đang thẩm tra, xác minh').waitFor();
});

test('the team opens its brief, each line to its source; the unit has no such page', async () => {
  const { khanh, ha } = people;
  await khanh.goto(at('tom-tat'));
  await khanh.getByRole('heading', { name: 'Báo cáo chưa gửi (3)' }).waitFor();
  const silent = khanh.getByRole('listitem').filter({ hasText: 'Xã Khánh Hà: Báo cáo thực hiện Chương trình 01-CTr/TU, tháng 11/2021' });
  assert.equal(await silent.count(), 1);
  await khanh.getByRole('button', { name: /^Xem cả \d+: Chỉ tiêu chưa đạt$/ }).click();
  await assertAccessible(khanh, 'the brief on a tablet');
  await assertFits(khanh, 'the brief on a tablet');
  await shot(khanh, 'inspection-brief', { fullPage: true });
  await silent.getByRole('link').click();
  await khanh.getByRole('heading', { level: 1, name: /tháng 11\/2021/ }).waitFor();
  await ha.goto(at(''));
  await ha.getByRole('link', { name: 'Tự kiểm tra, bổ sung' }).waitFor();
  assert.equal(await ha.getByRole('link', { name: 'Bản tóm tắt' }).count(), 0);
});

test('exactly two sections are asked for, and exactly what changed in them is shown', async () => {
  const { ha, dung } = people;
  await dung.goto(at('tu-kiem-tra'));
  await dung.getByRole('button', { name: /^Huyện Thường Tín:/ }).click();
  await dung.getByRole('button', { name: 'Yêu cầu bổ sung…' }).click();
  await dung.getByLabel(/^II\. /).fill('bổ sung kết quả kinh tế - xã hội');
  await dung.getByLabel(/^III\. /).fill('ngắn');
  await dung.getByLabel('Lời chung').fill('Báo cáo nghiêm túc, cần làm rõ hơn kết quả.');
  await dung.getByLabel('Hạn', { exact: true }).fill('2022-04-25');
  await dung.getByRole('button', { name: 'Gửi yêu cầu bổ sung' }).click();
  await dung.getByText(/ít nhất 10 ký tự/).waitFor();
  assert.equal(await dung.getByLabel(/^II\. /).inputValue(), 'bổ sung kết quả kinh tế - xã hội');
  await dung.reload();
  await dung.getByRole('button', { name: /^Huyện Thường Tín:/ }).click();
  await dung.getByRole('button', { name: 'Yêu cầu bổ sung…' }).click();
  assert.equal(await dung.getByLabel('Lời chung').inputValue(), 'Báo cáo nghiêm túc, cần làm rõ hơn kết quả.'); // nothing typed is lost
  await dung.getByLabel(/^III\. /).fill('bổ sung kết quả phòng, chống dịch');
  await dung.getByRole('button', { name: 'Gửi yêu cầu bổ sung' }).click();
  await dung.getByText('Đã yêu cầu bổ sung 2 chỗ.').waitFor();
  assert.deepEqual((await see('ha')).supplements[0].items.map((one) => one.section), ['II', 'III']);
  await ha.goto(at('tu-kiem-tra'));
  await ha.getByText('bổ sung kết quả phòng, chống dịch').waitFor();
  await write('II', 'Thu ngân sách tăng 12%.');
  await write('III', 'Đã tiêm đủ hai mũi cho người dân.');
  await handIn();
  await dung.reload();
  await dung.getByRole('button', { name: /^Xem đã đổi gì/ }).click();
  await dung.locator('ins', { hasText: 'cho người dân' }).waitFor();
  assert.deepEqual(await dung.locator('.spans').count(), 2);
  assert.equal(await dung.locator('del').count(), 0);
  await assertAccessible(dung, 'the differences of a supplement');
  await shot(dung, 'inspection-differences', { fullPage: true });
});

test('a session is recorded on a tablet and survives a reload; a note is private until it is shared', async () => {
  const { khanh, dung, ha } = people;
  await khanh.goto(at('lam-viec'));
  await khanh.getByLabel('Ghi chép mới').fill('Số liệu hai xã lệch với sổ một cửa');
  await khanh.getByRole('button', { name: 'Lưu ghi chép' }).click();
  await khanh.getByText('Đã lưu ghi chép.').waitFor();
  assert.equal((await ask(dung, 'GET', `/inspections/${id}/notes`)).items.length, 0);
  await khanh.getByRole('button', { name: 'Chia sẻ với đoàn' }).click();
  await khanh.getByText('Đã chia sẻ với đoàn.').waitFor();
  await ha.goto(at('lam-viec'));
  await ha.getByText('Chưa có buổi nào.').waitFor();
  assert.equal(await ha.getByText('Ghi chép của đoàn').count(), 0);
  await khanh.getByRole('link', { name: 'Ghi một buổi làm việc' }).click();
  await khanh.getByRole('button', { name: 'Thêm người của đoàn' }).click();
  await khanh.getByLabel('Họ tên').fill('Trưởng đoàn (minh hoạ)');
  await khanh.getByRole('button', { name: 'Thêm phát biểu' }).click();
  await khanh.getByLabel('Họ tên').last().fill('Trưởng đoàn (minh hoạ)');
  await khanh.getByLabel('Nội dung phát biểu').fill('Báo cáo chuẩn bị nghiêm túc, cần làm rõ hơn kết quả.');
  await khanh.getByText('Có phần chưa lưu').waitFor();
  await khanh.reload();
  assert.equal(await khanh.getByLabel('Nội dung phát biểu').inputValue(), 'Báo cáo chuẩn bị nghiêm túc, cần làm rõ hơn kết quả.');
  await assertAccessible(khanh, 'a session on a tablet');
  await assertFits(khanh, 'a session on a tablet');
  await shot(khanh, 'inspection-session-tablet', { fullPage: true });
  await khanh.getByRole('button', { name: 'Lưu biên bản' }).click();
  await khanh.getByText('Đã lưu.', { exact: true }).waitFor();
  await khanh.getByRole('heading', { name: 'Ảnh, tệp kèm theo' }).waitFor();
  await ha.reload();
  await ha.locator('main').getByRole('link', { name: /Huyện Thường Tín/ }).click();
  await ha.getByText('Báo cáo chuẩn bị nghiêm túc, cần làm rõ hơn kết quả.').waitFor();
  assert.equal(await ha.getByRole('button', { name: 'Lưu biên bản' }).count(), 0);
});

test('a finding needs evidence; the unit reads it after the conference', async () => {
  const { khanh, dung, ha } = people;
  await khanh.goto(at('nhan-dinh'));
  await khanh.getByRole('button', { name: 'Thêm nhận định…' }).click();
  await khanh.getByLabel('Nhận định', { exact: true }).fill('Cải cách hành chính còn chậm');
  await khanh.getByRole('button', { name: 'Thêm nhận định', exact: true }).click();
  await khanh.locator('[aria-invalid="true"], [role="alert"]').first().waitFor();
  assert.equal(await khanh.getByLabel('Nhận định', { exact: true }).inputValue(), 'Cải cách hành chính còn chậm');
  await khanh.getByLabel('Căn cứ').selectOption({ label: 'Huyện Thường Tín, IV. Hạn chế, nguyên nhân và kiến nghị' });
  await khanh.getByRole('button', { name: 'Thêm nhận định', exact: true }).click();
  await khanh.getByText('Đã thêm nhận định.').waitFor();
  await dung.goto(at('nhan-dinh'));
  await dung.getByRole('button', { name: 'Viết dự thảo kết quả' }).click();
  await dung.getByLabel('Đánh giá chung').fill('Huyện ủy lãnh đạo toàn diện (minh hoạ).');
  await dung.locator('form').getByRole('button', { name: 'Viết dự thảo kết quả' }).click();
  await dung.getByText('có dự thảo kết quả').waitFor();
  await ha.goto(at('nhan-dinh'));
  await ha.getByText('Chưa công bố nhận định nào cho đơn vị.').waitFor();
  await dung.getByRole('button', { name: 'Ghi hội nghị thông qua' }).click();
  await dung.getByLabel('Ý kiến tại hội nghị').fill('Đơn vị nhất trí với dự thảo.');
  await dung.locator('form').getByRole('button', { name: 'Ghi hội nghị thông qua' }).click();
  await dung.getByText('đã họp thông qua').waitFor();
  await ha.reload();
  await ha.getByText('Cải cách hành chính còn chậm').first().waitFor();
});

const DEMANDS = ['Đổi mới công tác lãnh đạo', 'Phối hợp cấp ủy, chính quyền, Mặt trận', 'Trách nhiệm người đứng đầu', 'Khai thác tiềm năng, thế mạnh'];
const COMMITMENTS = ['Người đứng đầu nêu gương', 'Việc cưới, việc tang văn minh', 'Cảnh quan, môi trường', 'Cải cách hành chính'];

test('the conclusion makes four demands, each with its date; the unit adds four commitments', async () => {
  const { vinh, ha } = people;
  await vinh.goto(at('nhan-dinh'));
  await vinh.getByRole('button', { name: 'Kết luận…' }).click();
  for (const [i, title] of DEMANDS.entries()) {
    if (i) await vinh.getByRole('button', { name: 'Thêm yêu cầu' }).click();
    await vinh.getByLabel('Việc phải làm').nth(i).fill(title);
    await vinh.getByLabel('Sản phẩm phải có').nth(i).fill('Nghị quyết chuyên đề');
    if (i < 3) await vinh.getByLabel('Hạn', { exact: true }).nth(i).fill('2022-09-30');
  }
  await vinh.getByRole('button', { name: 'Kết luận', exact: true }).click();
  await vinh.locator('#demand-3-due[aria-invalid="true"]').waitFor(); // told at its place, nothing typed is lost
  assert.equal(await vinh.getByLabel('Việc phải làm').nth(0).inputValue(), DEMANDS[0]);
  await vinh.getByLabel('Hạn', { exact: true }).nth(3).fill('2022-09-30');
  await assertAccessible(vinh, 'a conclusion being written');
  await shot(vinh, 'inspection-conclude', { fullPage: true });
  await vinh.getByRole('button', { name: 'Kết luận', exact: true }).click();
  await vinh.getByText('Đã kết luận, 4 yêu cầu.').waitFor();
  await vinh.goto(at(''));
  await vinh.getByRole('button', { name: /^Công bố kết luận/ }).click();
  await vinh.locator('form').getByRole('button', { name: /^Công bố kết luận/ }).click();
  await vinh.getByText('đang khắc phục').waitFor();
  await ha.goto(at('khac-phuc'));
  for (const title of COMMITMENTS) {
    await ha.getByRole('button', { name: 'Thêm cam kết…' }).click();
    await ha.getByLabel('Việc phải làm').fill(title);
    await ha.getByLabel('Sản phẩm phải có').fill('Kế hoạch');
    await ha.getByLabel('Hạn', { exact: true }).fill('2022-08-31');
    await ha.getByRole('button', { name: 'Thêm cam kết', exact: true }).click();
    await ha.getByRole('link', { name: title }).waitFor();
  }
  assert.equal((await see('ha')).follow_ups.length, 8);
});

test('each is closed with evidence by somebody who wrote neither; then the team loses sight', async () => {
  const { vinh, dung, khanh, ha } = people;
  for (const one of (await see('ha')).follow_ups) {
    const task = await ask(ha, 'GET', `/tasks/${one.task.id}`);
    await ask(ha, 'POST', `/tasks/${task.id}/updates`, { kind: 'done', text: 'Đã ban hành', file: { name: 'bang-chung.txt', base64: 'eGlu' } }, match(task.revision));
  }
  await dung.goto(at('khac-phuc'));
  await dung.getByRole('heading', { name: 'Chờ xác nhận (8)' }).waitFor();
  await shot(dung, 'inspection-board', { fullPage: true });
  for (let left = 8; left > 0; left -= 1) {
    await dung.getByRole('button', { name: /^Xác nhận: / }).first().click();
    await dung.getByLabel('Đã thấy gì').fill('Đã xem văn bản ban hành.');
    await dung.getByRole('button', { name: 'Đã xong, khép lại' }).click();
    await dung.getByRole('heading', { name: `Đã xác nhận (${9 - left})` }).waitFor();
  }
  await vinh.goto(at(''));
  await vinh.getByRole('button', { name: 'Khép cuộc kiểm tra' }).click();
  await vinh.locator('form').getByRole('button', { name: 'Khép cuộc kiểm tra' }).click();
  await vinh.getByText('đã khép').waitFor();
  await khanh.goto(at(''));
  await khanh.getByRole('alert').waitFor();
  assert.equal((await ask(khanh, 'GET', '/requests?limit=1')).items.length, 0);
  await vinh.goto('/kiem-tra?xem=ket-luan');
  await vinh.getByRole('row', { name: /Huyện Thường Tín/ }).getByText('4 đã xong').first().waitFor();
  const phone = await enter(browser, 'ha', { viewport: PHONE, colorScheme: 'dark' });
  await phone.goto(at('khac-phuc'));
  await phone.getByRole('heading', { name: 'Đã xác nhận (8)' }).waitFor();
  await assertFits(phone, 'the board on a phone');
  await assertAccessible(phone, 'the board on a phone, dark');
  await phone.context().close();
});

test('a second team at the same unit in the same quarter needs a reason; a clerk has nothing here', async () => {
  const { vinh } = people;
  const asked = { title: 'Giám sát chuyên đề thử', team_name: 'Đoàn giám sát số 9', unit: 'Thường Tín' };
  await vinh.goto('/kiem-tra/moi');
  await vinh.getByLabel('Tên cuộc kiểm tra').fill(asked.title);
  await vinh.getByLabel('Tên đoàn').fill(asked.team_name);
  await vinh.getByLabel('Quy trình').selectOption({ index: 1 });
  await vinh.getByLabel('Đơn vị được kiểm tra').fill(asked.unit);
  await vinh.getByRole('button', { name: /^Huyện Thường Tín/ }).click();
  await vinh.getByLabel(/01-CTr\/TU/).check();
  await vinh.getByRole('button', { name: 'Đưa vào kế hoạch' }).click();
  await vinh.locator('[role="alert"], [aria-invalid="true"]').first().waitFor();
  assert.equal(await vinh.getByLabel('Tên cuộc kiểm tra').inputValue(), asked.title);
  await vinh.getByLabel(/^Lý do/).fill('Thành ủy giao thêm chuyên đề.');
  await vinh.getByRole('button', { name: 'Đưa vào kế hoạch' }).click();
  await vinh.getByRole('heading', { level: 1, name: asked.title }).waitFor();
  await vinh.goto('/kiem-tra?xem=ke-hoach&nam=2022');
  await vinh.getByText('Huyện Thường Tín: 2 đoàn cùng đến trong quý 2.').waitFor();
  await assertAccessible(vinh, 'the yearly plan');
  const clerk = await enter(browser, 'lan');
  assert.equal(await clerk.getByRole('link', { name: 'Kiểm tra', exact: true }).count(), 0);
  await clerk.goto(at(''));
  await clerk.getByRole('alert').waitFor();
  await clerk.context().close();
});

test('asked again a year later: what is known is there and not typed twice, and the year before stands beside', async () => {
  const { ha } = people;
  const settled = (await april(ha)).reports.filter((one) => one.state === 'accepted').at(-3);
  const before = (await ask(ha, 'GET', `/rollup?unit=${settled.unit.id}&period=2021-04&indicators=F05`)).units[0].cells.find((one) => one.indicator === 'F05').value;
  const now = (await ask(ha, 'GET', `/reports/${settled.id}`)).cells.find((one) => one.indicator.code === 'F05').value;
  const district = (await ask(ha, 'GET', '/session')).posts[0].unit.id;
  const asked = { unit: district, title: 'Phấn đấu năm sau tốt hơn', period: '2022-04', due_on: '2022-05-20', indicators: ['F05'], units: [settled.unit.id], is_illustrative: true };
  const { id } = await ask(ha, 'POST', '/requests', asked);
  const report = (await ask(ha, 'GET', `/requests/${id}`)).reports[0].id;
  const clerk = await enter(browser, `xa${settled.unit.code}`);
  await clerk.goto(`/bao-cao/${report}`);
  const row = clerk.getByRole('row').filter({ hasText: 'Số hồ sơ thủ tục hành chính đã giải quyết' });
  await row.getByText(/Đã có từ: Báo cáo thực hiện/).waitFor();
  const shown = (value) => value.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
  const words = await row.textContent();
  assert.ok(words.includes(shown(now)) && words.includes(shown(before)), `${words}: ${now} beside ${before}`);
  assert.equal(await cell(clerk, 'F05').count(), 0, 'what is known is not typed again');
  await assertAccessible(clerk, 'a report asked again');
  await shot(clerk, 'inspection-asked-again', { fullPage: true });
  await clerk.context().close();
});
