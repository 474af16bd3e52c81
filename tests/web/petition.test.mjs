// A wish that travels up and its answer that comes back: seen while typed, joined, asked about, forwarded, answered to all, made public.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { april, ask, assertAccessible, assertFits, enter, launch, PHONE, shot } from './stage.mjs';

const POST = 'Bố trí cán bộ chuyên trách văn phòng cấp ủy ở xã';
let browser;
let post;
const joined = []; // pages of the ten that join later
const people = {};
before(async () => {
  browser = await launch();
  for (const login of ['lan', 'minh', 'ha', 'dung', 'xa10186', 'xa10216']) people[login] = await enter(browser, login, login === 'minh' ? { viewport: PHONE, colorScheme: 'dark' } : {});
  post = (await ask(people.ha, 'GET', '/petitions?subject=to-chuc')).items[0].id;
});
after(() => browser.close());
const see = (login, id = post) => ask(people[login], 'GET', `/petitions/${id}`);
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
/** An act of a part: opens its form, types, sends. */
async function act(page, name, typed) {
  await press(page, name);
  const form = page.getByRole('form', { name, exact: true });
  for (const [label, value] of Object.entries(typed)) await form.getByLabel(label).fill(value);
  await form.getByRole('button', { name, exact: true }).click();
}
const done = (page, name) => page.getByText(`Đã xong: ${name}.`).waitFor();

test('while a clerk types, the like of others is shown, and joining takes the typed words along', async () => {
  const { lan } = people;
  await lan.goto('/');
  await lan.getByRole('link', { name: 'Kiến nghị', exact: true }).click();
  await lan.getByText('Chưa có kiến nghị nào', { exact: false }).waitFor();
  await lan.getByRole('link', { name: 'Gửi kiến nghị' }).click();
  await lan.getByRole('heading', { level: 1, name: 'Gửi kiến nghị' }).waitFor();
  await lan.getByLabel('Lĩnh vực').selectOption('to-chuc');
  await lan.getByLabel('Nội dung chính').fill('Bố trí cán bộ chuyên trách văn phòng ở thị trấn');
  await lan.getByLabel('Nội dung', { exact: true }).fill('Thị trấn đông dân, một người kiêm ba việc.');
  const alike = lan.getByRole('listitem').filter({ hasText: POST });
  await alike.getByText('2 đơn vị kiến nghị').waitFor();
  assert.equal(await alike.getByRole('link').count(), 0); // whose it is stays theirs until one joins
  await assertAccessible(lan, 'a new petition with the like of others');
  await shot(lan, 'petition-new', { fullPage: true });
  await lan.goto('/');
  await lan.goto('/kien-nghi/moi');
  assert.equal(await lan.getByLabel('Nội dung', { exact: true }).inputValue(), 'Thị trấn đông dân, một người kiêm ba việc.');
  await lan.getByRole('button', { name: `Cùng kiến nghị: ${POST}` }).click();
  await lan.getByRole('heading', { level: 1, name: POST }).waitFor();
  await lan.getByText('Thị trấn đông dân, một người kiêm ba việc.').first().waitFor();
  assert.equal((await see('lan')).raisers, 3);
});

test('a new one goes to who may answer; wrong things are said at their places and nothing typed goes', async () => {
  const page = people.xa10216;
  await page.goto('/kien-nghi/moi');
  await page.getByRole('button', { name: 'Gửi đi' }).click();
  await page.locator('[aria-invalid="true"]').first().waitFor();
  await page.getByLabel('Lĩnh vực').selectOption('dao-tao');
  await page.getByText('trả lời trong 15 ngày làm việc').waitFor();
  await page.getByText('Ban Tuyên giáo Trung ương').waitFor();
  await page.getByLabel('Nội dung chính').fill('Mở lớp tập huấn nghiệp vụ tuyên truyền');
  await page.getByLabel('Nội dung', { exact: true }).fill('Cộng tác viên ở xã chưa được tập huấn. <b>Gấp</b>');
  await page.getByRole('button', { name: 'Gửi đi' }).click();
  await page.getByText('Chưa chọn nơi nhận', { exact: false }).waitFor();
  assert.equal(await page.getByLabel('Nội dung chính').inputValue(), 'Mở lớp tập huấn nghiệp vụ tuyên truyền');
  for (const box of await page.getByRole('group', { name: 'Gửi đến' }).getByRole('checkbox').all()) await box.check();
  await page.getByLabel('Phần gửi Thành phố Hà Nội').fill('Lớp cho xã');
  await page.getByRole('button', { name: 'Gửi đi' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mở lớp tập huấn' }).waitFor();
  await page.getByText('<b>Gấp</b>').first().waitFor(); // words stay words
  assert.equal(await page.getByRole('heading', { level: 3 }).filter({ hasText: 'Hà Nội' }).count(), 2);
  await act(page, 'Rút kiến nghị', { 'Lý do': 'Đã có kế hoạch' });
  await page.getByText('đã rút', { exact: true }).waitFor();
});

test('ten more join: thirteen units wait for one answer', async () => {
  const { ha } = people;
  const communes = (await april(ha)).reports.map((one) => one.unit);
  const others = communes.filter((one) => !['10183', '10186', '10189', '10198', '10216'].includes(one.code)).slice(0, 10);
  for (const one of others) {
    const page = await enter(browser, `xa${one.code}`);
    await page.goto('/kien-nghi/moi');
    await page.getByLabel('Nội dung chính').fill(POST);
    await page.getByRole('button', { name: `Cùng kiến nghị: ${POST}` }).click();
    await page.getByRole('heading', { level: 1, name: POST }).waitFor();
    joined.push(page);
  }
  assert.equal((await see('ha')).raisers, 13, others.map((one) => one.code).join());
});

test('the holder asks for more, is told the longest term, forwards to who is competent', async () => {
  const { ha, lan } = people;
  await ha.goto('/kien-nghi?xem=giu');
  await ha.getByRole('link', { name: POST }).click();
  await act(ha, 'Hỏi thêm', { 'Cần bổ sung gì': 'Mỗi nơi có mấy người kiêm nhiệm?' });
  await ha.getByText('Chờ đơn vị kiến nghị bổ sung').waitFor();
  await lan.reload();
  await act(lan, 'Bổ sung', { Lời: 'Thị trấn có hai người.' });
  await done(lan, 'Bổ sung');
  await act(ha, 'Ghi ý kiến', { Lời: 'Huyện đã nhận.' });
  await done(ha, 'Ghi ý kiến');
  await ha.reload();
  await act(ha, 'Gia hạn', { 'Thêm số ngày làm việc': '40', 'Lý do': 'Chờ thành phố' });
  await ha.getByText('Gia hạn nhiều nhất 10 ngày làm việc', { exact: false }).waitFor();
  assert.equal(await ha.getByLabel('Lý do').inputValue(), 'Chờ thành phố');
  await ha.getByLabel('Thêm số ngày làm việc').fill('5');
  await ha.getByRole('form', { name: 'Gia hạn' }).getByRole('button', { name: 'Gia hạn' }).click();
  await done(ha, 'Gia hạn');
  await press(ha, 'Chuyển tiếp');
  const form = ha.getByRole('form', { name: 'Chuyển tiếp' });
  await form.getByRole('button', { name: 'Chuyển tiếp' }).click();
  await ha.locator('[aria-invalid="true"]').first().waitFor();
  await form.getByLabel('Gửi đến').selectOption({ label: 'Thành phố Hà Nội, trả lời trong 15 ngày làm việc' });
  await shot(ha, 'petition-forward', { fullPage: true });
  await form.getByRole('button', { name: 'Chuyển tiếp' }).click();
  await done(ha, 'Chuyển tiếp');
  await assertAccessible(ha, 'a petition that was forwarded');
  assert.deepEqual((await see('ha')).holders.map((one) => one.unit.code), ['01']);
});

test('the city answers once; a second answer is told why not; everyone who raised it reads it', async () => {
  const { dung, lan } = people;
  await dung.goto(`/kien-nghi/${post}`);
  await press(dung, 'Trả lời');
  const form = dung.getByRole('form', { name: 'Trả lời' });
  await form.getByLabel('Câu trả lời').fill('Mỗi xã một cán bộ chuyên trách từ quý sau.');
  await form.getByRole('button', { name: 'Trả lời' }).click();
  await dung.locator('[aria-invalid="true"]').first().waitFor();
  await dung.reload();
  assert.equal(await dung.getByLabel('Câu trả lời').inputValue(), 'Mỗi xã một cán bộ chuyên trách từ quý sau.');
  await form.getByLabel('Kết quả').selectOption('accepted');
  // Somebody else answers first: what is newer is read, what was typed stays.
  const now = await see('dung');
  await ask(dung, 'PUT', `/petitions/${post}/parts/${now.parts[0].id}/answer`, { outcome: 'accepted', text: 'Đã giao Ban Tổ chức làm.' }, { 'If-Match': `"${now.revision}"` });
  await form.getByRole('button', { name: 'Trả lời' }).click();
  await dung.getByText('Đã giao Ban Tổ chức làm.').first().waitFor();
  for (const login of ['lan', 'xa10186']) {
    await people[login].goto('/kien-nghi?xem=cua-toi');
    await people[login].getByRole('link', { name: POST }).click();
    await people[login].getByText('Đã giao Ban Tổ chức làm.').first().waitFor();
    await people[login].getByText('Tiếp thu, sẽ làm').waitFor();
  }
  for (const page of joined) {
    await page.reload();
    await page.getByText('Đã giao Ban Tổ chức làm.').first().waitFor();
    await page.context().close();
  }
  await people.xa10216.goto(`/kien-nghi/${post}`);
  await people.xa10216.getByText('Không có nội dung này', { exact: false }).waitFor();
  await shot(lan, 'petition-answered', { fullPage: true });
});

test('the answer becomes a task, is numbered and made public, and private again', async () => {
  const { dung } = people;
  await dung.goto(`/kien-nghi/${post}`);
  await press(dung, 'Giao thành nhiệm vụ');
  const form = dung.getByRole('form', { name: 'Giao thành nhiệm vụ' });
  await form.getByLabel('Chương trình').selectOption({ index: 1 });
  await form.getByRole('searchbox', { name: 'Đơn vị chủ trì' }).fill('Thường Tín');
  await dung.getByRole('button', { name: /^Huyện Thường Tín/ }).click();
  await form.getByRole('button', { name: 'Giao thành nhiệm vụ' }).click();
  await dung.locator('[aria-invalid="true"]').first().waitFor(); // no day
  await form.getByLabel('Sản phẩm').fill('Quyết định điều động');
  await form.getByLabel('Hạn').fill('2022-06-30');
  await form.getByRole('button', { name: 'Giao thành nhiệm vụ' }).click();
  await done(dung, 'Giao thành nhiệm vụ');
  await dung.getByRole('link', { name: 'Nhiệm vụ từ câu trả lời này' }).click();
  await dung.waitForURL(/nhiem-vu/);
  await dung.getByRole('heading', { level: 1, name: POST }).waitFor();
  await dung.goBack();
  await dung.getByRole('button', { name: /^Lấy số, ban hành: Công văn trả lời/ }).waitFor();
  await act(dung, 'Công khai', { 'Câu hỏi cho người dân đọc': 'Xã đề nghị có cán bộ văn phòng.', 'Câu trả lời cho người dân đọc': 'Sẽ bố trí.' });
  await dung.getByRole('heading', { name: 'Bản công khai' }).waitFor();
  await dung.emulateMedia({ media: 'print' });
  await shot(dung, 'petition-print', { fullPage: true });
  await dung.emulateMedia({ media: null });
  await press(dung, 'Thôi công khai');
  await dung.getByRole('form', { name: 'Thôi công khai' }).getByRole('button', { name: 'Thôi công khai' }).click();
  await done(dung, 'Thôi công khai');
});

test('two of a kind become one; subjects and competences are read and kept', async () => {
  const { ha, dung } = people;
  const unit = (await ask(people.xa10186, 'GET', '/session')).posts[0].unit.id;
  const district = (await ask(ha, 'GET', '/session')).posts[0].unit.id;
  const made = [];
  for (const title of ['Đề nghị bỏ biểu số 5', 'Bỏ biểu số 5 vì trùng']) {
    made.push((await ask(people.xa10186, 'POST', '/petitions', { unit, kind: 'obstacle', subject: 'bao-cao', title, text: 'Trùng.', addressees: [{ unit: district }] })).id);
  }
  await ha.goto(`/kien-nghi/${made[1]}`);
  await press(ha, 'Gộp vào kiến nghị khác');
  await ha.getByRole('button', { name: /^Gộp vào đây: Đề nghị bỏ biểu số 5/ }).click();
  await ha.getByText('Đã gộp vào “Đề nghị bỏ biểu số 5”.').waitFor();
  await ha.getByRole('link', { name: 'Mở kiến nghị chung' }).click();
  await ha.getByRole('heading', { level: 1, name: 'Đề nghị bỏ biểu số 5' }).waitFor();
  await ha.getByRole('link', { name: 'Theo lĩnh vực' }).click();
  await ha.getByRole('link', { name: 'Chế độ báo cáo, biểu mẫu, số liệu' }).waitFor();
  await assertAccessible(ha, 'petitions by subject');
  await shot(ha, 'petition-subjects');
  await dung.goto('/kien-nghi?xem=tham-quyen');
  await press(dung, 'Thêm thẩm quyền');
  const form = dung.getByRole('form', { name: 'Thêm thẩm quyền' });
  await form.getByLabel('Lĩnh vực').selectOption('y-te');
  await form.getByLabel('Cấp').selectOption('district');
  await form.getByRole('searchbox', { name: 'Đơn vị trả lời' }).fill('Thường Tín');
  await dung.getByRole('button', { name: /^Huyện Thường Tín/ }).click();
  await form.getByLabel('Số ngày làm việc').fill('0');
  await form.getByRole('button', { name: 'Thêm thẩm quyền' }).click();
  await dung.locator('[aria-invalid="true"]').first().waitFor();
  await form.getByLabel('Số ngày làm việc').fill('12');
  await form.getByRole('button', { name: 'Thêm thẩm quyền' }).click();
  await done(dung, 'Thêm thẩm quyền');
  await assertAccessible(dung, 'who may answer');
  await shot(dung, 'petition-competences', { fullPage: true });
  await dung.getByRole('button', { name: 'Kết thúc: Y tế, dân số, Huyện Thường Tín' }).click();
  await dung.getByLabel('Kết thúc từ ngày').fill('2022-05-01');
  await dung.getByRole('form').or(dung.locator('form')).getByRole('button', { name: 'Kết thúc', exact: true }).click();
  await done(dung, 'Kết thúc');
});

test('on a phone in the dark: the list, a petition with its thread, and the answered one', async () => {
  const { minh } = people;
  await minh.goto('/kien-nghi');
  await minh.getByRole('link', { name: 'Hai biểu hỏi cùng một số liệu một cửa' }).waitFor();
  await assertAccessible(minh, 'petitions on a phone');
  await assertFits(minh, 'petitions on a phone');
  await shot(minh, 'petition-phone-list', { fullPage: true });
  await minh.getByRole('link', { name: 'Hai biểu hỏi cùng một số liệu một cửa' }).click();
  await minh.getByRole('heading', { name: 'Bản công khai' }).waitFor();
  await assertAccessible(minh, 'a petition on a phone');
  await assertFits(minh, 'a petition on a phone');
  await shot(minh, 'petition-phone', { fullPage: true });
  await minh.goto('/kien-nghi?tim=khong-co-gi');
  await minh.getByText('Không có kiến nghị nào như vậy', { exact: false }).waitFor();
});
