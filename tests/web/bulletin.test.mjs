// A bulletin from its first words to its withdrawal: written, refused, reviewed by somebody else, read by a stranger, closed again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import { ask, assertAccessible, assertFits, enter, launch, open, ORIGIN, PHONE, shot } from './stage.mjs';

const TITLE = 'Bản tin thử: hồ sơ đúng hạn của huyện';
const EVIL = '<script>document.title = "bị chạy"</script> & "Đảng bộ"';
let browser;
let id;
let path; // its public address
let picture;
const people = {};
before(async () => {
  browser = await launch();
  for (const login of ['ha', 'son']) people[login] = await enter(browser, login);
  people.stranger = await open(browser);
});
after(() => browser.close());

const see = () => ask(people.ha, 'GET', `/bulletins/${id}`);
const match = (revision) => ({ 'If-Match': `"${revision}"` });
const deed = (page, name) => page.locator('form').getByRole('button', { name, exact: true });

/** Neither axe nor a screenshot comes to an end beside a frame in which no script may run: the page without its preview, which is a page of its own. */
async function assertAccessibleBeside(page, what, name) {
  await page.evaluate(() => document.querySelector('iframe')?.remove());
  await shot(page, name, { fullPage: true });
  await assertAccessible(page, what);
}

/** A picture of one colour. */
function png(width = 640, height = 400) {
  const crc = (bytes) => {
    const end = Buffer.alloc(4);
    end.writeUInt32BE(zlib.crc32(bytes));
    return end;
  };
  const chunk = (name, content) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(content.length);
    const body = Buffer.concat([Buffer.from(name), content]);
    return Buffer.concat([size, body, crc(body)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3), 120);
  for (let y = 0; y < height; y += 1) rows[y * (1 + width * 3)] = 0;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', zlib.deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

test('a bulletin is begun; what is missing is told at its field, nothing typed is lost', { timeout: 60_000 }, async () => {
  const { ha } = people;
  await ha.goto('/');
  await ha.getByRole('link', { name: 'Bản tin', exact: true }).click();
  await ha.getByRole('link', { name: 'Cải cách hành chính năm 2021 của huyện qua số liệu' }).waitFor();
  await assertAccessible(ha, 'the list of bulletins');
  await shot(ha, 'bulletin-list', { fullPage: true });
  await ha.getByRole('link', { name: 'Viết bản tin' }).click();
  await ha.getByLabel('Mở đầu').fill('Số liệu minh hoạ.');
  await ha.getByRole('button', { name: 'Bắt đầu viết' }).click();
  await ha.locator('#title[aria-invalid="true"]').waitFor();
  await ha.locator('#category[aria-invalid="true"]').waitFor();
  await ha.reload();
  assert.equal(await ha.getByLabel('Mở đầu').inputValue(), 'Số liệu minh hoạ.');
  await ha.getByLabel('Tên bản tin').fill(TITLE);
  await ha.getByLabel('Chuyên mục').selectOption({ label: 'Kiểm tra, giám sát' });
  await assertAccessible(ha, 'a bulletin begun');
  await ha.getByRole('button', { name: 'Bắt đầu viết' }).click();
  await ha.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  id = Number(new URL(ha.url()).pathname.split('/').at(-1));
  assert.equal((await see()).state, 'draft');
});

test('words are kept over a reload, shown letter by letter, and saved', { timeout: 60_000 }, async () => {
  const { ha } = people;
  await ha.getByLabel('Bài viết').fill(`## Kết quả\n\n${EVIL}\n\nĐoạn thứ hai.`);
  const preview = ha.frameLocator('iframe');
  await preview.getByText(EVIL).waitFor();
  await preview.getByRole('heading', { name: 'Kết quả' }).waitFor();
  await ha.getByText('Có phần chưa lưu').waitFor();
  await ha.reload();
  assert.match(await ha.getByLabel('Bài viết').inputValue(), /Đoạn thứ hai/);
  await preview.getByText(EVIL).waitFor();
  await ha.getByLabel('Lấy từ bản công bố').selectOption({ label: 'Kết quả năm 2021 của huyện · Huyện Thường Tín · năm 2021 · bản 1' });
  await ha.getByLabel('Chỉ tiêu').selectOption('D02');
  await ha.getByLabel('Đơn vị', { exact: true }).selectOption({ label: 'Huyện Thường Tín' });
  await ha.getByRole('button', { name: 'Đưa vào bản tin' }).click();
  await preview.getByRole('table', { name: /Số liệu trong bản tin/ }).waitFor();
  await ha.getByLabel('Loại nguồn').selectOption({ label: 'số liệu đã công bố' });
  await ha.getByRole('button', { name: 'Lưu nội dung' }).click();
  await ha.locator('#source-text[aria-invalid="true"]').waitFor(); // a kind without words
  await ha.getByLabel('Nguồn cụ thể').selectOption({ index: 1 });
  assert.match(await ha.getByLabel('Lời dẫn nguồn').inputValue(), /Kết quả năm 2021 của huyện/);
  await ha.getByRole('button', { name: 'Lưu nội dung' }).click();
  await ha.getByText('Đã lưu nội dung.').waitFor();
  const saved = await see();
  assert.deepEqual(saved.body.map((one) => one.kind), ['heading', 'paragraph', 'paragraph']);
  assert.equal(saved.body[1].text, EVIL);
  assert.equal(saved.figures[0].indicator, 'D02');
  assert.equal(await ha.title(), `${TITLE} · Thông Suốt`);
});

test('a figure that was not published is refused, whoever sends it', { timeout: 60_000 }, async () => {
  const saved = await see();
  const body = { title: TITLE, dated_on: saved.dated_on, category: saved.category, figures: [{ ...saved.figures[0] }, { publication: 999, indicator: 'D02', unit: saved.unit.id }] };
  const plain = body.figures.map(({ publication, indicator, unit }) => ({ publication, indicator, unit }));
  for (const [figures, code] of [[plain, 'bulletin.figure_unpublished'], [[{ ...plain[0], value: '100' }], 'json.unknown_field']]) {
    const answer = await people.ha.request.fetch(`/api/v1/bulletins/${id}`, { method: 'PUT', headers: { Origin: ORIGIN, ...match(saved.revision) }, data: { ...body, figures } });
    assert.equal(answer.status(), 422);
    assert.ok((await answer.json()).problems.some((one) => one.code === code), `${code} is not told`);
  }
  assert.equal((await see()).revision, saved.revision);
});

test('what is no picture, a drawing with scripts and a picture without words are refused at their fields', { timeout: 60_000 }, async () => {
  const { ha } = people;
  const file = (name, mimeType, buffer) => ha.getByLabel('Tệp ảnh').setInputFiles({ name, mimeType, buffer });
  const add = () => ha.locator('form').getByRole('button', { name: 'Thêm ảnh' }).click();
  await add();
  await ha.locator('#picture-fault').waitFor();
  await file('a.jpg', 'image/jpeg', Buffer.from('không phải ảnh'));
  await add();
  await ha.locator('#caption[aria-invalid="true"]').waitFor();
  await ha.locator('#alternative[aria-invalid="true"]').waitFor();
  await ha.locator('#picture[aria-invalid="true"]').waitFor();
  await ha.getByLabel('Chú thích').fill('Bộ phận một cửa, 12/4/2022 (minh hoạ)');
  await file('a.png', 'image/png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'));
  await add();
  await ha.getByText(/SVG/).first().waitFor();
  await ha.getByLabel('Lời thay thế').fill('Bộ phận một cửa, 12/4/2022 (minh hoạ)');
  await file('a.png', 'image/png', png());
  await add();
  await ha.locator('#alternative[aria-invalid="true"]').waitFor(); // the caption once more
  assert.equal((await see()).pictures.length, 0);
  await ha.getByLabel('Lời thay thế').fill('Một mảng màu xám');
  await add();
  await ha.getByText('Đã thêm ảnh.').waitFor();
  picture = (await see()).pictures[0].full.hash;
  await ha.frameLocator('iframe').getByRole('img', { name: 'Một mảng màu xám' }).waitFor();
  await ha.getByRole('button', { name: 'Sửa lời của ảnh 1' }).click();
  await ha.locator('#deed-pictures-' + (await see()).pictures[0].id + '-alternative').fill('Một mảng xám, chưa có ai trong ảnh');
  await deed(ha, 'Sửa lời của ảnh 1').click();
  await ha.getByText('Lời thay thế: Một mảng xám, chưa có ai trong ảnh').waitFor();
  await assertFits(ha, 'a bulletin being written');
  await assertAccessibleBeside(ha, 'a bulletin being written', 'bulletin-write');
});

test('two windows at one bulletin: the second is told, and keeps what it typed', { timeout: 60_000 }, async () => {
  const { ha } = people;
  const other = await enter(browser, 'ha');
  await other.goto(`/ban-tin/${id}`);
  await other.getByLabel('Mở đầu').waitFor();
  await ha.getByLabel('Mở đầu').fill('Lời của cửa sổ thứ nhất.');
  await ha.getByRole('button', { name: 'Lưu nội dung' }).click();
  await ha.getByText('Đã lưu nội dung.').waitFor();
  await other.getByLabel('Mở đầu').fill('Lời của cửa sổ thứ hai.');
  await other.getByRole('button', { name: 'Lưu nội dung' }).click();
  await other.getByText('Có người vừa lưu một bản khác').waitFor();
  assert.equal(await other.getByLabel('Mở đầu').inputValue(), 'Lời của cửa sổ thứ hai.');
  await assertAccessibleBeside(other, 'a bulletin somebody else saved', 'bulletin-met');
  await other.getByRole('button', { name: 'lấy bản của họ' }).click();
  assert.equal(await other.getByLabel('Mở đầu').inputValue(), 'Lời của cửa sổ thứ nhất.');
  await other.getByLabel('Mở đầu').fill('Lời sau cùng, số liệu minh hoạ.');
  await other.getByRole('button', { name: 'Lưu nội dung' }).click();
  await other.getByText('Đã lưu nội dung.').waitFor();
  await other.context().close();
  assert.equal((await see()).lead, 'Lời sau cùng, số liệu minh hoạ.');
});

test('whoever wrote does not review; somebody else sends it back, then publishes', { timeout: 60_000 }, async () => {
  const { ha, son, stranger } = people;
  await ha.reload();
  await ha.getByRole('button', { name: 'Gửi duyệt' }).click();
  await deed(ha, 'Gửi duyệt').click();
  await ha.getByText(/chờ một người khác/).waitFor();
  assert.equal(await ha.getByRole('button', { name: 'Duyệt đăng' }).count(), 0);
  await son.goto('/ban-tin?buoc=in_review');
  await son.getByRole('link', { name: TITLE }).click();
  await son.getByRole('button', { name: 'Trả lại để sửa' }).click();
  await son.getByLabel('Cần sửa gì').fill('sửa');
  await deed(son, 'Trả lại để sửa').click();
  await son.locator('[aria-invalid="true"]').waitFor();
  await son.getByLabel('Cần sửa gì').fill('Ghi rõ hơn nguồn của số liệu.');
  await deed(son, 'Trả lại để sửa').click();
  await son.getByText('Người duyệt trả lại: Ghi rõ hơn nguồn của số liệu.').waitFor();
  await ha.reload();
  await ha.getByText('Người duyệt trả lại: Ghi rõ hơn nguồn của số liệu.').waitFor();
  await ha.getByRole('button', { name: 'Gửi duyệt' }).click();
  await deed(ha, 'Gửi duyệt').click();
  await ha.getByText(/chờ một người khác/).waitFor();
  await son.reload();
  await son.frameLocator('iframe').getByText(EVIL).waitFor();
  await son.getByRole('button', { name: 'Duyệt đăng' }).click();
  await son.getByLabel(/^Từ ngày/).fill('2021-01-01');
  await son.getByLabel(/^Giờ/).fill('8h');
  await deed(son, 'Duyệt đăng').click();
  await son.locator('#deed-publishing-time[aria-invalid="true"]').waitFor();
  await assertAccessibleBeside(son, 'a bulletin being published', 'bulletin-review');
  await son.getByLabel(/^Giờ/).fill('08:00');
  await deed(son, 'Duyệt đăng').click();
  await son.getByText(/Thời điểm đăng đã qua/).waitFor();
  assert.equal((await stranger.request.get(`/cong-khai/anh/${picture}.jpg`)).status(), 404);
  await son.getByLabel(/^Từ ngày/).fill('');
  await son.getByLabel(/^Giờ/).fill('');
  await deed(son, 'Duyệt đăng').click();
  await son.getByRole('link', { name: 'Đọc ở trang công khai' }).waitFor();
  path = (await see()).path;
});

test('a stranger reads it, without any script run; then it is withdrawn, and its old link says why', { timeout: 60_000 }, async () => {
  const { ha, stranger } = people;
  await stranger.goto('/cong-khai');
  await stranger.getByRole('link', { name: TITLE }).click();
  assert.equal(new URL(stranger.url()).pathname, path);
  await stranger.getByText(EVIL).waitFor();
  assert.match(await stranger.title(), new RegExp(TITLE));
  await stranger.getByRole('img', { name: 'Một mảng xám, chưa có ai trong ảnh' }).waitFor();
  await stranger.getByRole('link', { name: /Tỷ lệ hồ sơ đúng và trước hạn/ }).waitFor();
  await assertAccessible(stranger, 'a public bulletin');
  await shot(stranger, 'bulletin-public', { fullPage: true });
  assert.equal((await stranger.request.get(`/cong-khai/anh/${picture}.jpg`)).status(), 200);
  await ha.goto(`/ban-tin/${id}`);
  await ha.getByRole('button', { name: 'Rút bản tin' }).click();
  await ha.getByLabel('Vì sao rút').fill('sai');
  await deed(ha, 'Rút bản tin').click();
  await ha.locator('[aria-invalid="true"]').waitFor();
  await ha.getByLabel('Vì sao rút').fill('Ảnh chưa được người trong ảnh đồng ý.');
  await deed(ha, 'Rút bản tin').click();
  await ha.getByText(/đã rút lúc .*Ảnh chưa được người trong ảnh đồng ý/).waitFor();
  const later = await open(browser); // a browser that read it may show it for half a minute more
  const gone = await later.goto(path);
  assert.equal(gone.status(), 410);
  await later.getByText('Ảnh chưa được người trong ảnh đồng ý.').waitFor();
  assert.equal(await later.getByText('Đoạn thứ hai.').count(), 0);
  assert.equal((await stranger.request.get(`/cong-khai/anh/${picture}.jpg`)).status(), 404);
  await later.goto('/cong-khai');
  assert.equal(await later.getByRole('link', { name: TITLE }).count(), 0);
  await later.context().close();
});

test('figures are opened to everybody and closed again from their publication', { timeout: 60_000 }, async () => {
  const { son, stranger } = people;
  const year = (await ask(son, 'GET', '/publications?limit=100')).items.find((one) => one.title === 'Kết quả năm 2021 của huyện');
  await son.goto(`/so-lieu/cong-bo/${year.id}`);
  await son.getByRole('button', { name: 'Rút số liệu' }).click();
  await deed(son, 'Rút số liệu').click();
  await son.locator('[aria-invalid="true"]').waitFor();
  await son.getByLabel('Vì sao rút').fill('Đang đối chiếu lại với sổ.');
  await deed(son, 'Rút số liệu').click();
  await son.getByText(/đã rút lúc .*Đang đối chiếu lại với sổ/).waitFor();
  assert.equal((await stranger.request.get(`/cong-khai/so-lieu/${year.id}`)).status(), 410);
  assert.equal((await stranger.request.get(`/cong-khai/so-lieu/${year.id}/csv`)).status(), 410);
  await son.getByRole('button', { name: 'Mở số liệu' }).click();
  await shot(son, 'publication-opening', { fullPage: true });
  await assertAccessible(son, 'a publication being opened');
  await deed(son, 'Mở số liệu').click();
  await son.getByRole('link', { name: 'Xem ở trang công khai' }).click();
  await son.getByRole('heading', { level: 1, name: 'Kết quả năm 2021 của huyện' }).waitFor();
  assert.equal((await stranger.request.get(`/cong-khai/so-lieu/${year.id}`)).status(), 200);
});

test('on a phone, in the dark, and for who only reads', { timeout: 60_000 }, async () => {
  const phone = await enter(browser, 'ha', { viewport: PHONE, colorScheme: 'dark' });
  for (const [name, address] of [['list', '/ban-tin'], ['one', `/ban-tin/${id}`], ['new', '/ban-tin/moi']]) {
    await phone.goto(address);
    await phone.getByRole('heading', { level: 1 }).waitFor();
    await assertFits(phone, `the bulletins on a phone, ${name}`);
    await phone.waitForTimeout(300);
    await assertAccessibleBeside(phone, `the bulletins on a phone, ${name}`, `bulletin-${name}-phone-dark`);
  }
  await phone.getByRole('link', { name: 'Bản tin', exact: true }).first().waitFor();
  await phone.context().close();
  const reader = await enter(browser, 'quan'); // an administrator: sees, does not write
  await reader.goto('/ban-tin');
  await reader.getByRole('link', { name: TITLE }).waitFor();
  assert.equal(await reader.getByRole('link', { name: 'Viết bản tin' }).count(), 0);
  await reader.getByRole('link', { name: TITLE }).click();
  await reader.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  assert.equal(await reader.getByRole('button', { name: 'Rút bản tin' }).count(), 0);
  await reader.goto('/ban-tin/moi');
  await reader.getByText(/Chỉ người có vị trí công tác/).waitFor();
  await reader.goto('/ban-tin/999999');
  await reader.getByRole('alert').waitFor();
  await reader.context().close();
});
