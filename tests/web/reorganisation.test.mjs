// Plans of reorganisations: drafted by hand and from files, mended, applied and taken back by `quan`; read by `lan`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, assertAccessible, enter, launch, shot, until } from './stage.mjs';

const DAY = '2026-03-01';
let browser;
let page;
before(async () => {
  browser = await launch();
  page = await enter(browser, 'quan');
});
after(() => browser.close());

const plan = async (id) => ask(page, 'GET', `/reorganisations/${id}`);
const treeOn = async (day) => (await ask(page, 'GET', `/tree?on=${day}`)).units.map(([, , code, name]) => `${code} ${name}`);
const saved = () => page.getByText(/^Đã lưu \d\d:/).waitFor();
const row = (name) => page.getByRole('row', { name });

/** An empty plan of a name, open in the browser; gives its id. */
async function drafted(title) {
  await page.goto('/sap-xep');
  await page.getByRole('button', { name: 'Lập phương án' }).click();
  await page.getByLabel('phương án trống, ghi từng thay đổi').check();
  await page.getByLabel('Tên phương án').fill(title);
  await page.getByLabel('Văn bản').fill('Số thử');
  await page.getByLabel('Từ ngày').fill(DAY);
  await page.getByRole('button', { name: 'Lập bản trống' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  return Number(page.url().split('/').pop());
}

test('a plan made by hand is told in words, mended where it is wrong, applied and taken back', async () => {
  const earlier = await treeOn(DAY);
  const id = await drafted('Sắp xếp thử bằng tay');

  // A merge into a new unit that takes over the code of one of them.
  await page.getByRole('button', { name: 'Thêm một thay đổi' }).click();
  await page.getByLabel(/^Mã các đơn vị trước/).fill('10231, 10237');
  await page.getByText('Xã Thượng Phúc, Xã Chương Dương').waitFor();
  await page.getByLabel('Mã đơn vị sau').fill('10231');
  await page.getByLabel('Là đơn vị mới').check();
  await page.getByRole('button', { name: 'Thêm vào phương án' }).click();
  await page.getByRole('alert').getByText('Ghi tên của đơn vị mới 10231.').waitFor();
  const unit = page.getByRole('group', { name: '10231' });
  await unit.getByLabel('Tên').fill('Xã Thử');
  await unit.getByLabel('Loại').fill('Xã');
  await unit.getByLabel('Mã cấp trên').fill('01');
  await unit.getByLabel('Cấp', { exact: true }).fill('2');
  await shot(page, 'plan-by-hand', { fullPage: true });
  await page.getByRole('button', { name: 'Thêm vào phương án' }).click();
  await row(/Xã Thượng Phúc, Xã Chương Dương → nhập thành Xã Thử/).waitFor();

  // A split whose shares do not add up: the preview says so and leads there.
  await page.getByRole('button', { name: 'Thêm một thay đổi' }).click();
  await page.getByLabel('Loại', { exact: true }).selectOption({ label: 'Chia' });
  await page.getByLabel('Mã đơn vị trước').fill('10210');
  await page.getByLabel(/^Mã các đơn vị sau/).fill('10183, 10273');
  await page.getByLabel('Mẫu số chung').fill('100');
  await page.getByRole('group', { name: /^10183/ }).getByLabel('Phần nhận').fill('62');
  await page.getByRole('group', { name: /^10273/ }).getByLabel('Phần nhận').fill('30');
  await page.getByText('Cộng lại là 92/100; phải đúng bằng 100/100.').waitFor();
  await page.getByRole('button', { name: 'Thêm vào phương án' }).click();
  await row(/Xã Hồng Vân → chia cho Xã Thường Tín \(62 %\), Xã Phú Xuyên \(30 %\)/).waitFor();
  const problem = page.getByRole('region', { name: 'Xem trước' }).getByRole('link', { name: /10210/ });
  await problem.first().waitFor();
  await shot(page, 'plan-problems', { fullPage: true });
  await problem.first().click();
  await until(() => page.evaluate(() => document.activeElement?.id === 'event-1'), 'the row of the fault in focus');
  await page.getByRole('button', { name: /^Sửa phần chia: Xã Hồng Vân/ }).click();
  await page.getByRole('group', { name: /^10273/ }).getByLabel('Phần nhận').fill('38');
  await page.getByRole('button', { name: 'Ghi thay đổi' }).click();
  await page.getByText('Không có gì ngăn việc áp dụng.').waitFor();
  await page.getByText(/2 đơn vị gộp, 1 đơn vị chia, 1 đơn vị lập mới, 3 đơn vị kết thúc/).waitFor();
  const kept = await plan(id);
  assert.deepEqual(kept.plan.events.map((one) => [one.kind, one.basis ?? '']), [['merge', ''], ['split', 'population']]);
  await assertAccessible(page, 'a plan');

  await page.getByRole('button', { name: 'Áp dụng', exact: true }).click();
  await page.getByRole('button', { name: 'Áp dụng ngay' }).click();
  await page.getByText(/đã áp dụng lúc/).waitFor();
  const now = await treeOn(DAY);
  assert.ok(now.includes('10231 Xã Thử') && !now.some((one) => one.startsWith('10210')), now.join('\n'));
  assert.equal(await page.getByRole('checkbox').count(), 0, 'an applied plan can still be edited');
  await shot(page, 'plan-applied', { fullPage: true });

  await page.getByRole('button', { name: 'Hoàn tác', exact: true }).click();
  await page.getByRole('button', { name: 'Hoàn tác ngay' }).click();
  await page.getByText(/đã hoàn tác lúc/).waitFor();
  assert.deepEqual(await treeOn(DAY), earlier);
});

test('what is edited is saved by itself, and a reload in between loses nothing', async () => {
  const id = await drafted('Phương án thử để sửa');
  await page.getByLabel('Tên phương án').press('End');
  await page.getByLabel('Tên phương án').pressSequentially(' lần hai');
  await page.reload(); // at once: the pause after typing is not over
  await page.getByRole('heading', { level: 1, name: 'Phương án thử để sửa lần hai' }).waitFor();
  await until(async () => (await plan(id)).title === 'Phương án thử để sửa lần hai', 'the title saved');

  // Without the network the edit waits on this machine and goes when it is back.
  await page.context().setOffline(true);
  await page.getByLabel('Văn bản').fill('Số thử 2');
  await page.getByText(/Chưa lưu được; thay đổi vẫn còn ở đây/).waitFor();
  await page.context().setOffline(false);
  await saved();
  assert.equal((await plan(id)).document, 'Số thử 2');
});

test('two people at one plan: nobody is written over unasked', async () => {
  const id = await drafted('Phương án thử hai người');
  const held = await plan(id);
  await ask(page, 'PUT', `/reorganisations/${id}`, { ...held.plan, document: 'Số của người kia' }, { 'If-Match': `"${held.revision}"` });
  await page.getByLabel('Tên phương án').fill('Phương án thử của tôi');
  await page.getByRole('button', { name: 'Lấy bản mới' }).waitFor();
  assert.equal(await page.getByLabel('Tên phương án').inputValue(), 'Phương án thử của tôi');
  assert.equal((await plan(id)).document, 'Số của người kia');
  await page.getByRole('button', { name: 'Lấy bản mới' }).click();
  await until(async () => (await page.getByLabel('Văn bản').inputValue()) === 'Số của người kia', 'their plan');
});

test('a catalogue and a mapping propose the changes, doubtful ones first', async () => {
  const rows = (await ask(page, 'GET', `/tree?on=${DAY}`)).units;
  const codeOf = new Map(rows.map(([id, , code]) => [id, code]));
  const lines = rows
    .filter(([, , code]) => code !== '10237')
    .map(([, parent, code, name, kind, level]) => [code, code === '10183' ? 'Xã Thử Tên' : code === '10231' ? 'Xã Thử Nhập' : name, kind, codeOf.get(parent) ?? '', level].join(','));
  const catalogue = ['code,name,type,parent_code,level', ...lines].join('\n');
  const mapping = 'from,to\n10231,10231\n10237,10231\n';

  await page.goto('/sap-xep');
  await page.getByRole('button', { name: 'Lập phương án' }).click();
  await page.getByLabel('Tên phương án').fill('Đề nghị thử từ tệp');
  await page.getByLabel('Văn bản').fill('Số thử');
  await page.getByLabel('Từ ngày').fill(DAY);

  // A workbook is no text: said at its field, and nothing typed is lost.
  await page.getByLabel('Danh mục đơn vị của ngày ấy').setInputFiles({ name: 'bang.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]) });
  await page.getByRole('button', { name: 'So sánh và đề nghị' }).click();
  await page.getByText(/bang\.xlsx không phải văn bản UTF-8/).waitFor();
  assert.equal(await page.getByLabel('Tên phương án').inputValue(), 'Đề nghị thử từ tệp');
  await shot(page, 'plan-new-refused', { fullPage: true });

  await page.getByLabel('Danh mục đơn vị của ngày ấy').setInputFiles({ name: 'danh-muc.csv', mimeType: 'text/csv', buffer: Buffer.from(catalogue) });
  await page.getByLabel(/^Bảng chuyển đổi/).setInputFiles({ name: 'chuyen-doi.csv', mimeType: 'text/csv', buffer: Buffer.from(mapping) });
  await page.getByRole('button', { name: 'So sánh và đề nghị' }).click();
  await page.getByRole('heading', { level: 1, name: 'Đề nghị thử từ tệp' }).waitFor();
  await row(/Xã Thượng Phúc, Xã Chương Dương → nhập thành Xã Thử Nhập/).waitFor();
  const doubtful = page.getByRole('rowgroup').filter({ hasText: 'Cần xem kỹ' });
  await doubtful.getByRole('row', { name: /Xã Thường Tín → đổi tên thành Xã Thử Tên/ }).waitFor();
  await shot(page, 'plan-proposed', { fullPage: true });

  // A proposal that a person leaves out stays in sight, unticked.
  const id = Number(page.url().split('/').pop());
  await page.getByRole('checkbox', { name: /^Chọn: Xã Thường Tín/ }).uncheck();
  await until(async () => (await plan(id)).plan.events.some((one) => one.taken === false), 'the proposal left out');
  await page.getByLabel('Loại thay đổi').selectOption({ label: 'Nhập (chọn 1/1)' });
  assert.equal(await page.getByRole('checkbox', { name: /^Chọn: / }).count(), 1);
});

test('what others build on is not taken back, and why is told', async () => {
  await page.goto('/sap-xep');
  await page.getByRole('link', { name: /1\/1\/2025/ }).click();
  await page.getByRole('button', { name: 'Hoàn tác', exact: true }).click();
  await page.getByRole('button', { name: 'Hoàn tác ngay' }).click();
  const told = page.getByRole('alert');
  await told.getByText('Chưa hoàn tác được:').waitFor();
  assert.match(await told.textContent(), /Bỏ cấp huyện/);
  await until(() => told.evaluate((one) => one.parentElement === document.activeElement), 'the reasons in focus');
  await page.getByText(/đã áp dụng lúc/).waitFor();
  await shot(page, 'plan-not-undone');
});

test('a plan that is refused is told why at once, wherever the page stands, and leads to the change', async () => {
  const city = (await ask(page, 'GET', '/session')).posts[0].unit.id;
  const events = Array.from({ length: 120 }, (_, i) => ({ kind: 'rename', from: [`T${i}`], to: [`T${i}`], name_before: `Xã Thử ${i}`, name_after: `Xã Mới ${i}`, taken: i > 100 }));
  const { id } = await ask(page, 'POST', '/reorganisations', { unit: city, plan: { title: 'Phương án thử nhiều trang', document: 'Số thử', on: DAY, events } });
  await page.goto(`/sap-xep/${id}`);
  await page.getByText('1–100 trong 120').waitFor();
  await page.getByText('Có 19 điều ngăn việc áp dụng').waitFor();
  await page.getByRole('row').last().scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Áp dụng', exact: true }).click();
  await page.getByRole('button', { name: 'Áp dụng ngay' }).click();
  const told = page.getByRole('alert').filter({ hasText: 'Chưa áp dụng được:' });
  await told.waitFor();
  await until(() => told.evaluate((one) => one.getBoundingClientRect().top >= 0), 'the reasons in sight');
  await told.getByRole('link', { name: /T110/ }).click();
  await page.getByText('101–120 trong 120').waitFor();
  await until(() => page.evaluate(() => document.activeElement?.id === 'event-110'), 'the row on the second page in focus');
});

test('a failing server is told with its code, and what was edited stays', async () => {
  await drafted('Phương án thử lúc máy chủ hỏng');
  const broken = (route) => (route.request().method() === 'PUT' ? route.fulfill({ status: 500, headers: { 'X-Request-Id': 'TS-7F3A' }, contentType: 'application/problem+json', body: '{}' }) : route.fallback());
  await page.route('**/api/v1/reorganisations/*', broken);
  await page.getByLabel('Văn bản').fill('Số thử 3');
  await page.getByText('Chưa lưu được; thay đổi vẫn còn ở đây').waitFor();
  assert.equal(await page.getByLabel('Văn bản').inputValue(), 'Số thử 3');
  await page.unroute('**/api/v1/reorganisations/*', broken);
  await page.getByRole('button', { name: 'Thử lại' }).click();
  await saved();

  await page.route('**/api/v1/reorganisations', (route) => route.fulfill({ status: 503, headers: { 'X-Request-Id': 'TS-7F3B' }, contentType: 'application/problem+json', body: '{}' }));
  await page.goto('/sap-xep');
  await page.getByRole('alert').getByText(/TS-7F3B/).waitFor();
  await page.unroute('**/api/v1/reorganisations');
  await page.getByRole('button', { name: 'Thử lại' }).click();
  await page.getByRole('link', { name: /1\/7\/2025/ }).waitFor();
});

test('a clerk reads the applied plans, changes none, and sees no draft', async () => {
  const hidden = await drafted('Phương án thử không cho xem');
  const other = await enter(browser, 'lan');
  await other.goto('/sap-xep');
  await other.getByRole('link', { name: /1\/7\/2025/ }).waitFor();
  assert.equal(await other.getByRole('button', { name: 'Lập phương án' }).count(), 0);
  assert.equal(await other.getByText('không cho xem').count(), 0, 'a draft is in the list');
  await other.getByRole('link', { name: /1\/7\/2025/ }).click();
  await other.getByRole('row', { name: /→ nhập thành Xã Thường Tín/ }).waitFor();
  assert.equal(await other.getByRole('checkbox').count(), 0);
  assert.equal(await other.getByRole('button', { name: /Áp dụng|Hoàn tác|Thêm/ }).count(), 0);
  await other.goto(`/sap-xep/${hidden}`);
  await other.getByText(/Không có nội dung này, hoặc bạn chưa được giao xem/).waitFor();
  await other.context().close();
});
