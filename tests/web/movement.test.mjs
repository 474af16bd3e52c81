// Step 9 in the browser: six bodies at one fund; a gift told twice is asked about and counted once; two bodies at one plan; models, praise, a year.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, assertAccessible, assertFits, enter, launch, PHONE, shot } from './stage.mjs';

const FUND = 'Quỹ “Vì người nghèo” năm 2022';
const EMULATION = 'Phong trào thi đua “Dân vận khéo” năm 2022';
let browser;
let fund;
const people = {};
before(async () => {
  browser = await launch();
  for (const login of ['mai', 'phuong', 'son', 'lan', 'minh']) people[login] = await enter(browser, login, login === 'minh' ? { viewport: PHONE, colorScheme: 'dark' } : {});
  fund = (await ask(people.mai, 'GET', '/movements')).items.find((one) => one.name === FUND).id;
});
after(() => browser.close());
const totals = async (line = 'front') => (await ask(people.mai, 'GET', `/movements/${fund}/totals?line=${line}`)).units[0].figures.find((one) => one.kind === 'money');
const match = (revision) => ({ 'If-Match': `"${revision}"` });

test('pledged beside received, each figure opens to exactly its contributions', async () => {
  const { mai } = people;
  await mai.goto('/');
  await mai.getByRole('link', { name: 'Phong trào', exact: true }).click();
  await mai.getByRole('link', { name: FUND }).click();
  const table = mai.getByRole('table', { name: /^Đăng ký và đã nhận theo đơn vị/ });
  await table.waitFor();
  const before = await totals();
  const shown = (value) => value.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
  const whole = table.getByRole('row').nth(2);
  assert.ok((await whole.textContent()).includes(shown(before.pledged)) && (await whole.textContent()).includes(shown(before.received)));
  await assertAccessible(mai, 'a movement');
  await shot(mai, 'movement', { fullPage: true });
  await whole.getByRole('link', { name: shown(before.pledged) }).click();
  await mai.getByText('Chỉ những đóng góp của con số vừa mở.').waitFor();
  const rows = mai.getByRole('table').getByRole('row');
  await mai.getByRole('button', { name: /Công ty May Sông Nhuệ/ }).waitFor();
  assert.equal(await rows.count(), 1 + before.pledges);
  for (const text of await rows.allTextContents()) assert.ok(!text.includes('đã nhận') || text.includes('Đăng ký hay'), text);
});

test('a gift that another body tells again is asked about, found the same, and counted once', async () => {
  const { phuong } = people;
  const before = await totals();
  await phuong.goto(`/phong-trao/${fund}?xem=dong-gop`);
  await phuong.getByRole('button', { name: 'Báo cáo đóng góp' }).click();
  const form = phuong.getByRole('form', { name: 'Báo cáo đóng góp' });
  await form.getByRole('button', { name: 'Báo cáo đóng góp' }).click();
  await phuong.locator('[aria-invalid="true"]').first().waitFor();
  await form.getByLabel('Loại', { exact: true }).selectOption('money');
  await form.getByLabel('Số lượng').fill('20.000.000');
  await form.getByLabel('Ngày', { exact: true }).fill('2022-03-04');
  await form.getByLabel('Bên đóng góp').fill('CÔNG TY may Sông Nhuệ');
  await form.getByRole('searchbox', { name: 'Tính ở đơn vị' }).fill('Thường Tín');
  await phuong.getByRole('button', { name: /^Thị trấn Thường Tín/ }).click();
  await phuong.reload();
  await phuong.getByRole('button', { name: 'Báo cáo đóng góp' }).click();
  assert.equal(await form.getByLabel('Số lượng').inputValue(), '20.000.000'); // nothing typed is lost
  await form.getByRole('button', { name: 'Báo cáo đóng góp' }).click();
  await phuong.getByText('Có thể khoản này đã được báo cáo').waitFor();
  await assertAccessible(phuong, 'the question whether it is the same');
  await shot(phuong, 'movement-same', { fullPage: true });
  await phuong.getByRole('button', { name: /^Là một: / }).first().click();
  await phuong.getByText('tổng chỉ tính một lần').waitFor();
  assert.deepEqual(await totals(), before); // told twice, counted once
  await phuong.goto(`/phong-trao/${fund}`);
  await phuong.getByText('nhiều hơn tổng 1 lần báo trùng').waitFor();
});

test('another gift of the same giver is told with its reason; a correction keeps what was said; one is taken back', async () => {
  const { mai } = people;
  const before = await totals();
  await mai.goto(`/phong-trao/${fund}?xem=dong-gop`);
  await mai.getByRole('button', { name: 'Báo cáo đóng góp' }).click();
  const form = mai.getByRole('form', { name: 'Báo cáo đóng góp' });
  await form.getByLabel('Loại', { exact: true }).selectOption('money');
  await form.getByLabel('Số lượng').fill('6000000');
  await form.getByLabel('Ngày', { exact: true }).fill('2022-03-10');
  await form.getByLabel('Bên đóng góp').fill('Hợp tác xã Hòa Bình');
  await form.getByRole('searchbox', { name: 'Tính ở đơn vị' }).fill('Hòa Bình');
  await form.getByRole('button', { name: /^Xã Hòa Bình/ }).click();
  await form.getByRole('button', { name: 'Báo cáo đóng góp' }).click();
  await mai.getByLabel('Vì sao là khoản khác').fill('Đợt hai, của tổ sản xuất');
  await mai.getByRole('button', { name: 'Là khoản khác' }).click();
  await mai.getByText('Đã báo cáo.').waitFor();
  assert.equal(BigInt((await totals()).received) - BigInt(before.received), 6000000n);
  await mai.getByRole('button', { name: 'Đính chính' }).click();
  const mend = mai.getByRole('form', { name: 'Đính chính' });
  await mend.getByLabel('Số lượng').fill('6.500.000');
  await mend.getByRole('button', { name: 'Đính chính' }).click();
  await mai.locator('[aria-invalid="true"]').first().waitFor(); // why?
  await mend.getByLabel('Lý do đính chính').fill('Ghi thiếu');
  await mend.getByRole('button', { name: 'Đính chính' }).click();
  const other = mai.getByLabel('Vì sao là khoản khác');
  const corrected = mai.getByText('Đã đính chính; lời cũ còn giữ.');
  await other.or(corrected).first().waitFor();
  if (await other.count()) {
    await other.fill('Đợt hai');
    await mai.getByRole('button', { name: 'Là khoản khác' }).click();
    await corrected.waitFor();
  }
  await mai.getByRole('heading', { name: 'Đã nói trước đây' }).waitFor();
  await mai.getByText('Ghi thiếu').waitFor();
  assert.equal(BigInt((await totals()).received) - BigInt(before.received), 6500000n);
  await mai.getByRole('button', { name: 'Rút', exact: true }).click();
  const back = mai.getByRole('form', { name: 'Rút' });
  await back.getByLabel('Lý do').fill('Hợp tác xã hoãn');
  await back.getByRole('button', { name: 'Rút', exact: true }).click();
  await mai.getByText('Đã xong: Rút.').waitFor();
  assert.deepEqual(await totals(), before);
  await mai.getByLabel('Cả khoản đã rút').check();
  await mai.getByText('đã rút', { exact: true }).first().waitFor();
});

test('two bodies at one plan: the second is told, sees what changed and keeps what it typed', async () => {
  const { mai, phuong } = people;
  await phuong.goto(`/phong-trao/${fund}?xem=ke-hoach`);
  assert.equal(await phuong.getByRole('button', { name: /^Sửa phần việc: Hội Nông dân/ }).count(), 0); // only its own
  await phuong.getByRole('button', { name: 'Sửa phần việc: Hội Liên hiệp Phụ nữ huyện' }).click();
  const form = phuong.getByRole('form', { name: 'Phần của Hội Liên hiệp Phụ nữ huyện' });
  await form.getByRole('button', { name: 'Thêm phần việc' }).click();
  await form.getByLabel('Phần việc', { exact: true }).last().fill('Gây quỹ tiết kiệm');
  await form.getByLabel('Hạn').last().fill('2024-01-01');
  await form.getByRole('button', { name: 'Ghi phần việc' }).click();
  await phuong.getByText('Hạn phải trong thời gian của phong trào', { exact: false }).waitFor();
  await form.getByLabel('Hạn').last().fill('2022-11-30');
  const now = await ask(mai, 'GET', `/movements/${fund}`);
  const lines = now.plan.map((one) => ({ carrier: one.carrier.id, lead: one.lead.id, text: one.carrier.code === '279-ND' ? 'Giúp 200 ngày công' : one.text, due_on: one.due_on }));
  await ask(mai, 'PUT', `/movements/${fund}/plan`, { lines }, match(now.revision));
  await form.getByRole('button', { name: 'Ghi phần việc' }).click();
  await phuong.getByText('Giúp 200 ngày công').waitFor();
  await phuong.getByText('phần bạn gõ còn nguyên', { exact: false }).waitFor();
  assert.equal(await form.getByLabel('Phần việc', { exact: true }).last().inputValue(), 'Gây quỹ tiết kiệm');
  await form.getByRole('button', { name: 'Ghi phần việc' }).click();
  await phuong.getByText('Đã ghi kế hoạch.').waitFor();
  await assertAccessible(phuong, 'a joint plan');
  await shot(phuong, 'movement-plan', { fullPage: true });
  assert.equal((await ask(mai, 'GET', `/movements/${fund}`)).plan.length, lines.length + 1);
});

test('a model from its story to its recognition; praise of a collective; a year on one page', async () => {
  const { lan, son } = people;
  await lan.goto('/phong-trao/mo-hinh');
  await lan.getByRole('button', { name: 'Đăng ký mô hình' }).click();
  const form = lan.getByRole('form', { name: 'Đăng ký mô hình' });
  await form.getByRole('button', { name: 'Đăng ký', exact: true }).click();
  await lan.locator('[aria-invalid="true"]').first().waitFor();
  await form.getByLabel('Phong trào, cuộc vận động').selectOption({ label: EMULATION });
  await form.getByLabel('Lĩnh vực').selectOption('culture_society');
  await form.getByLabel('Mô hình').fill('Cưới văn minh');
  await form.getByLabel('Câu chuyện').fill('Lễ cưới gọn, tiền mừng góp quỹ khuyến học.');
  await form.getByRole('button', { name: 'Đăng ký', exact: true }).click();
  await lan.getByRole('heading', { level: 1, name: 'Cưới văn minh' }).waitFor();
  const model = lan.url();
  await son.goto(model);
  await son.getByRole('button', { name: 'Công nhận' }).click();
  await son.getByRole('form', { name: 'Công nhận' }).getByRole('button', { name: 'Công nhận' }).click();
  await son.getByText('được công nhận', { exact: true }).waitFor();
  await assertAccessible(son, 'a recognised model');
  await son.goto('/phong-trao/khen-thuong');
  await son.getByRole('button', { name: 'Ghi khen thưởng' }).click();
  const praise = son.getByRole('form', { name: 'Ghi khen thưởng' });
  await praise.getByRole('searchbox', { name: 'Tập thể' }).fill('Hòa Bình');
  await son.getByRole('button', { name: /^Xã Hòa Bình/ }).click();
  await praise.getByLabel('Hình thức').fill('Giấy khen');
  await praise.getByLabel('Số quyết định').fill('113/QĐ-UBND');
  await praise.getByLabel('Ngày', { exact: true }).fill('2030-01-01');
  await praise.getByRole('button', { name: 'Ghi khen thưởng' }).click();
  await son.locator('[aria-invalid="true"]').first().waitFor(); // not yet
  await praise.getByLabel('Ngày', { exact: true }).fill('2022-04-10');
  await praise.getByRole('button', { name: 'Ghi khen thưởng' }).click();
  await son.getByRole('row', { name: /Xã Hòa Bình.*113\/QĐ-UBND/ }).waitFor();
  await assertAccessible(son, 'commendations');
  const { mai } = people;
  await mai.goto('/phong-trao/nam');
  await mai.getByRole('heading', { level: 1, name: 'Ủy ban Mặt trận Tổ quốc huyện, năm 2022' }).waitFor();
  await mai.getByText('trong đó 20.000.000 nơi khác cũng báo').waitFor();
  await assertAccessible(mai, 'a year of a body');
  await mai.emulateMedia({ media: 'print' });
  await shot(mai, 'movement-year-print', { fullPage: true });
  await mai.emulateMedia({ media: null });
});

test('administrative reform: who is behind, with the reason it gave', async () => {
  const { son } = people;
  await son.goto('/phong-trao/cai-cach?tu=2021-10&den=2021-12&truoc=2021-H1&sau=2021-H2&nguong=97');
  await son.getByRole('table').waitFor();
  const answer = await ask(son, 'GET', `/units/${(await ask(son, 'GET', '/session')).posts[0].unit.id}/administrative-reform?handled=F05&on_time=F06&online=F07&satisfaction=F09&from=2021-10&to=2021-12&before=2021-H1&after=2021-H2&least=97`);
  await son.getByRole('heading', { name: `Chậm hoặc chưa có số (${answer.behind.length})` }).waitFor();
  assert.equal(await son.getByRole('table').locator('tbody tr').count(), answer.units.length);
  await son.getByText('Số liệu minh hoạ', { exact: true }).waitFor();
  await assertAccessible(son, 'administrative reform');
  await shot(son, 'movement-reform', { fullPage: true });
});

test('on a phone in the dark a clerk reads what concerns the own unit; a new movement is begun by who may', async () => {
  const { minh, son } = people;
  await minh.goto('/phong-trao');
  await minh.getByRole('link', { name: FUND }).click();
  await minh.getByRole('link', { name: 'Các đóng góp' }).click();
  await minh.getByRole('button', { name: /Hợp tác xã Hòa Bình/ }).waitFor();
  assert.equal(await minh.getByRole('button', { name: /Sông Nhuệ/ }).count(), 0); // another commune's
  await assertAccessible(minh, 'contributions on a phone');
  await assertFits(minh, 'contributions on a phone');
  await shot(minh, 'movement-phone', { fullPage: true });
  await minh.goto('/phong-trao/moi');
  await minh.getByText('Người đứng đầu hoặc người tổng hợp', { exact: false }).waitFor();
  await son.goto('/phong-trao/moi');
  await son.getByLabel('Tên', { exact: true }).fill('Cuộc vận động thử');
  await son.getByLabel('Đến hết ngày').fill('2021-01-01');
  await son.getByRole('button', { name: 'Mở', exact: true }).click();
  await son.locator('[role="alert"], [aria-invalid="true"]').first().waitFor();
  await son.getByLabel('Đến hết ngày').fill('2022-12-31');
  await son.getByRole('button', { name: 'Mở', exact: true }).click();
  await son.getByRole('heading', { level: 1, name: 'Cuộc vận động thử' }).waitFor();
  await son.getByRole('button', { name: 'Phát động' }).click();
  await son.getByRole('form', { name: 'Phát động' }).getByRole('button', { name: 'Phát động' }).click();
  await son.getByText('Chưa có tổ chức nào cùng thực hiện', { exact: false }).waitFor();
});
