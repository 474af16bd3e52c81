// Every page: no rule of axe broken, light and dark, on a desk and on a phone, no sideways scroll; and hands off the mouse.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  april, ask, assertAccessible, assertFits, cell, DESKTOP, enter, launch, NARROW, notBegun, open, PASSWORD, PHONE, shot, until
} from './stage.mjs';
import { direction } from './direction.mjs';

let browser;
let clerks;
let request;
let accepted;
let district; // 279, as it stood
let plan; // the reorganisation of 1/7/2025
let direct; // the district's first programme, its targets and tasks
let paper; // the paper of that programme
let regime; // of the district, not asked yet
let bulletin; // one that everybody can read
let draft; // a plan of quan's with a fault and a doubt
const signedIn = {};
before(async () => {
  browser = await launch();
  clerks = await notBegun(browser);
  direct = await direction(browser);
  paper = direct.programme.document;
  const page = await enter(browser, 'son');
  const asked = await april(page);
  request = asked.id;
  accepted = asked.reports.find((one) => one.state === 'accepted');
  const admin = await enter(browser, 'quan');
  draft = await drafted(admin);
  plan = (await ask(admin, 'GET', '/reorganisations')).items.find((one) => one.on === '2025-07-01' && one.state === 'applied').id;
  signedIn.quan = await keptSession(admin);
  const [found] = (await ask(page, 'GET', '/units?query=279')).items;
  district = found.id;
  signedIn.son = await keptSession(page);
  const compiler = await enter(browser, 'ha');
  regime = await settled(compiler);
  bulletin = (await ask(compiler, 'GET', '/bulletins')).items.find((one) => one.is_public).id;
  signedIn.ha = await keptSession(compiler);
  signedIn.vinh = await keptSession(await enter(browser, 'vinh'));
  signedIn.clerk = await keptSession(await enter(browser, clerks[0].login));
});
after(() => browser.close());

/** A draft with what a plan can show: a proposal left out, a doubt, shares that do not add up, a unit nobody knows. */
async function drafted(page) {
  const city = (await ask(page, 'GET', '/session')).posts[0].unit.id;
  const parts = [{ to: '10183', numerator: 62, denominator: 100 }, { to: '10273', numerator: 30, denominator: 100 }];
  const events = [
    { kind: 'rename', from: ['10231'], to: ['10231'], name_before: 'Xã Thượng Phúc', name_after: 'Xã Thử', doubts: [{ code: 'catalogue.doubt_marks', args: ['Xã Thượng Phúc', 'Xã Thử'] }] },
    { kind: 'split', from: ['10210'], to: ['10183', '10273'], shares: parts, basis: 'population' },
    { kind: 'end', from: ['99999'], to: [], taken: true },
    { kind: 'rename', from: ['10237'], to: ['10237'], name_after: 'Xã Không Chọn', taken: false }
  ];
  const plan = { title: 'Phương án thử để xem', document: 'Số thử', on: '2026-05-01', line: 'government', hand_over: true, units: [], events };
  return (await ask(page, 'POST', '/reorganisations', { unit: city, plan })).id;
}

/** A regime with all that one can show, and a check. Asked of nobody. */
async function settled(page) {
  const { id } = (await ask(page, 'GET', '/session')).posts[0].unit;
  const check = { code: 'KT-XEM', formula: '[F07] <= [F05]', words_vi: 'Số trực tuyến lớn hơn tổng số', words_en: 'More online than in all', severity: 'note', from: '2022-01-01', to: null };
  await ask(page, 'POST', '/checks', check);
  const cells = [{ indicator: 'F05', heading: 'I. Kết quả' }, { indicator: 'F06', heading: 'I. Kết quả' }, { indicator: 'F05', kind: 'estimate', whole_year: true, heading: 'II. Ước' }];
  const sections = [{ code: '1', title: 'Kết quả nổi bật', guidance: 'Không quá một trang' }, { code: '2', title: 'Kiến nghị', is_required: false }];
  const window = { kind: 'own', from_day: 20, from_months: -1, to_day: 19 };
  const text = { name: 'Báo cáo thử để xem', content: 'Nội dung minh hoạ', method: 'Gửi trên hệ thống', frequency: 'month', window, guidance: 'Tính cả hồ sơ trực tuyến', basis: 'Văn bản thử', from: '2022-01-01', is_illustrative: true };
  const made = await ask(page, 'POST', '/regimes', { unit: id, code: 'BC-XEM', ...text, addressee_level: 3, deadlines: [{ level: 3, working_days: 2 }], cells, sections });
  return made.id;
}

/** The cookies of a page that is closed, so that a person signs in once for all pages. */
async function keptSession(page) {
  const { cookies } = await page.context().storageState();
  await page.context().close();
  return { cookies, origins: [] };
}

const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

const PAGES = [
  { name: 'sign-in', path: '/dang-nhap', ready: (page) => heading(page, 'Đăng nhập') },
  { name: 'set-up', path: '/thiet-lap', ready: (page) => heading(page, 'Thiết lập lần đầu') },
  { name: 'work', login: 'son', path: '/', ready: (page) => page.getByRole('link', { name: /^Duyệt báo cáo/ }).first().waitFor() },
  {
    name: 'entry',
    login: 'clerk',
    path: () => `/bao-cao/${clerks[0].report}`,
    ready: (page) => cell(page, 'F03').waitFor()
  },
  {
    name: 'entry-refused',
    login: 'clerk',
    path: () => `/bao-cao/${clerks[0].report}`,
    ready: async (page) => {
      await cell(page, 'F05').fill('1.234');
      await cell(page, 'F05').press('Enter');
      await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
      await page.getByRole('alert').waitFor();
    }
  },
  { name: 'report-locked', login: 'son', path: () => `/bao-cao/${accepted.id}`, ready: (page) => heading(page, /tháng 4\/2022/) },
  { name: 'requests', login: 'son', path: '/tong-hop', ready: (page) => page.getByRole('table').waitFor() },
  {
    name: 'compile',
    login: 'son',
    path: () => `/tong-hop/${request}`,
    ready: async (page) => {
      await page.getByRole('button', { name: accepted.unit.name, exact: true }).click();
      await page.getByRole('button', { name: /^Trả ô này…/ }).first().click();
      await page.getByLabel(/ít nhất 10 ký tự/).waitFor();
    }
  },
  {
    name: 'figures',
    login: 'son',
    path: '/so-lieu?ky=2022-04',
    ready: (page) => page.getByRole('img', { name: /Biểu đồ/ }).locator('canvas, svg').first().waitFor()
  },
  {
    name: 'figures-source',
    login: 'son',
    path: '/so-lieu?ky=2022-04&ct=F05',
    ready: async (page) => {
      await page.getByRole('button', { name: /^Huyện Thường Tín: / }).click();
      await page.getByRole('button', { name: /Lịch sử/ }).first().click();
      await page.getByRole('table', { name: 'Lịch sử' }).waitFor();
    }
  },
  {
    name: 'figures-restated',
    login: 'quan',
    path: '/so-lieu?ky=2021&ct=F01&ngay=2025-07-01',
    ready: async (page) => {
      await page.getByText(/Phần ước tính và phần chưa tính/).click();
      await page.getByRole('button', { name: /^Thành phố Hà Nội: / }).click();
      await page.getByText(/tính cho Xã Hồng Vân/).first().waitFor();
    }
  },
  { name: 'published', login: 'son', path: '/so-lieu/cong-bo', ready: (page) => page.getByRole('link', { name: 'Kết quả năm 2021 của huyện', exact: true }).waitFor() },
  {
    name: 'publication',
    login: 'son',
    path: '/so-lieu/cong-bo/1?ct=F05',
    ready: async (page) => {
      await page.getByRole('row', { name: /^Xã Ninh Sở/ }).getByRole('button').click();
      await page.getByRole('button', { name: 'Đính chính' }).click();
      await page.getByLabel('Lý do đính chính').waitFor();
    }
  },
  { name: 'inspections', login: 'vinh', path: '/kiem-tra', ready: (page) => page.getByRole('link', { name: /^Kiểm tra việc thực hiện/ }).waitFor() },
  { name: 'inspection-plan', login: 'vinh', path: '/kiem-tra?xem=ke-hoach&nam=2022', ready: (page) => page.getByRole('link', { name: /^Kiểm tra việc thực hiện/ }).waitFor() },
  { name: 'inspection-conclusions', login: 'vinh', path: '/kiem-tra?xem=ket-luan', ready: (page) => heading(page, 'Kết luận và khắc phục') },
  {
    name: 'inspection-new',
    login: 'vinh',
    path: '/kiem-tra/moi',
    ready: async (page) => {
      await page.getByLabel(/01-CTr\/TU/).waitFor();
      await page.getByRole('button', { name: 'Đưa vào kế hoạch' }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    }
  },
  {
    name: 'inspection',
    login: 'vinh',
    path: '/kiem-tra/1',
    ready: async (page) => {
      await heading(page, /^Kiểm tra việc thực hiện/);
      const edit = page.getByRole('button', { name: 'Sửa thành phần đoàn' });
      if (await edit.count()) await edit.click();
    }
  },
  { name: 'inspection-brief', login: 'vinh', path: '/kiem-tra/1?xem=tom-tat', ready: (page) => page.getByRole('heading', { name: /^Báo cáo chưa gửi/ }).waitFor() },
  { name: 'inspection-reports', login: 'vinh', path: '/kiem-tra/1?xem=tu-kiem-tra', ready: (page) => heading(page, /^Kiểm tra việc thực hiện/) },
  { name: 'inspection-findings', login: 'vinh', path: '/kiem-tra/1?xem=nhan-dinh', ready: (page) => page.getByRole('heading', { name: 'Nhận định', exact: true }).waitFor() },
  { name: 'inspection-board', login: 'vinh', path: '/kiem-tra/1?xem=khac-phuc', ready: (page) => heading(page, /^Kiểm tra việc thực hiện/) },
  { name: 'movements', login: 'son', path: '/phong-trao', ready: (page) => page.getByRole('link', { name: /Dân vận khéo/ }).waitFor() },
  { name: 'movement', login: 'son', path: '/phong-trao/2', ready: (page) => heading(page, /Dân vận khéo/) },
  { name: 'movement-plan', login: 'son', path: '/phong-trao/2?xem=ke-hoach', ready: (page) => page.getByRole('heading', { name: 'Ủy ban Mặt trận Tổ quốc huyện' }).waitFor() },
  {
    name: 'movement-new',
    login: 'son',
    path: '/phong-trao/moi',
    ready: async (page) => {
      await page.getByLabel('Phong trào thi đua').check();
      await page.getByRole('button', { name: 'Mở', exact: true }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    }
  },
  { name: 'models', login: 'son', path: '/phong-trao/mo-hinh', ready: (page) => page.getByRole('link', { name: 'Thứ sáu không hẹn' }).waitFor() },
  { name: 'model', login: 'son', path: '/phong-trao/mo-hinh/1', ready: (page) => heading(page, 'Thứ sáu không hẹn') },
  { name: 'commendations', login: 'son', path: '/phong-trao/khen-thuong', ready: (page) => page.getByRole('table').waitFor() },
  { name: 'year-of-body', login: 'son', path: '/phong-trao/nam', ready: (page) => page.getByRole('heading', { name: /năm 2022$/ }).waitFor() },
  { name: 'administrative-reform', login: 'son', path: '/phong-trao/cai-cach?tu=2021-10&den=2021-12', ready: (page) => page.getByRole('table').waitFor() },
  { name: 'forms', login: 'vinh', path: '/tong-hop/bieu', ready: (page) => page.getByLabel('Kỳ số liệu').waitFor() },
  { name: 'exchange', login: 'vinh', path: '/tong-hop/trao-doi', ready: (page) => page.getByLabel('Hệ thống', { exact: true }).waitFor() },
  { name: 'petitions', login: 'vinh', path: '/kien-nghi', ready: (page) => page.getByRole('link', { name: 'Hai biểu hỏi cùng một số liệu một cửa' }).waitFor() },
  { name: 'petition-subjects', login: 'vinh', path: '/kien-nghi?xem=linh-vuc', ready: (page) => page.getByRole('table').waitFor() },
  {
    name: 'petition-competences',
    login: 'vinh',
    path: '/kien-nghi?xem=tham-quyen',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Thêm thẩm quyền' }).click();
      await page.getByRole('button', { name: /^Kết thúc: Đào tạo/ }).first().click();
    }
  },
  {
    name: 'petition-new',
    login: 'clerk',
    path: '/kien-nghi/moi',
    ready: async (page) => {
      await page.getByLabel('Lĩnh vực').selectOption('to-chuc');
      await page.getByText('trả lời trong 15 ngày làm việc').waitFor();
      await page.getByRole('button', { name: 'Gửi đi' }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    }
  },
  { name: 'petition', login: 'vinh', path: '/kien-nghi/2', ready: (page) => heading(page, 'Hai biểu hỏi cùng một số liệu một cửa') },
  {
    name: 'tree',
    login: 'quan',
    path: () => `/cay-don-vi?dv=${district}`,
    ready: (page) => page.getByRole('table', { name: 'Đơn vị trước và sau' }).waitFor()
  },
  {
    name: 'tree-map',
    login: 'quan',
    path: '/cay-don-vi?ngay=2025-07-01&xem=bando',
    ready: (page) => page.getByText(/^Có ranh giới của/).waitFor()
  },
  {
    name: 'tree-search',
    login: 'clerk',
    path: '/cay-don-vi?ngay=2025-07-01',
    ready: async (page) => {
      await page.getByLabel('Tìm theo tên, kể cả tên cũ').fill('hoa binh');
      await page.getByRole('button', { name: /^Xã Hòa Bình/ }).waitFor();
    }
  },
  {
    name: 'unit',
    login: 'quan',
    path: () => `/don-vi/${district}`,
    ready: async (page) => {
      await page.getByRole('button', { name: /^Bàn giao/ }).first().click();
      await page.getByLabel('Bàn giao từ ngày').waitFor();
    }
  },
  { name: 'unit-templates', login: 'son', path: () => `/don-vi/${district}?xem=mau`, ready: (page) => page.getByText(/^Các trường dùng được/).click() },
  { name: 'plans', login: 'quan', path: '/sap-xep', ready: (page) => page.getByRole('table').first().waitFor() },
  {
    name: 'plans-new',
    login: 'quan',
    path: '/sap-xep',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Lập phương án' }).click();
      await page.getByRole('button', { name: 'So sánh và đề nghị' }).click();
      await page.getByText('Chọn tệp danh mục.').waitFor();
    }
  },
  { name: 'plan', login: 'clerk', path: () => `/sap-xep/${plan}`, ready: (page) => page.getByRole('row', { name: /→ chia cho/ }).first().waitFor() },
  {
    name: 'duties',
    login: 'clerk',
    path: '/chi-dao',
    ready: async (page) => {
      await page.getByRole('checkbox', { name: /^Chọn: 02-CTr/ }).check();
      await page.getByRole('button', { name: /^Không nhận 1 mục/ }).click();
      await page.getByRole('button', { name: /^Gửi trả lời không nhận/ }).click();
      await page.getByText('Không nhận thì ghi lý do để cấp trên biết.').waitFor();
    }
  },
  { name: 'programmes', login: 'ha', path: '/chi-dao/chuong-trinh', ready: (page) => page.getByRole('table').first().waitFor() },
  {
    name: 'programmes-new',
    login: 'ha',
    path: '/chi-dao/chuong-trinh',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Lập từ bảng tính' }).click();
      await page.getByRole('button', { name: 'Lập chương trình' }).click();
      await page.getByText('Chọn tệp bảng tính.').waitFor();
    }
  },
  { name: 'programme', login: 'ha', path: () => `/chi-dao/chuong-trinh/${direct.programme.id}`, ready: (page) => page.getByText(/chỉ tiêu giao xuống chưa khớp/).waitFor() },
  { name: 'programme-coverage-draft', login: 'ha', path: () => `/chi-dao/chuong-trinh/${direct.programme.id}?xem=do-phu`, ready: (page) => page.getByRole('row', { name: /^Xã Nhị Khê.*không nhận/ }).waitFor() },
  { name: 'programme-heat-draft', login: 'ha', path: () => `/chi-dao/chuong-trinh/${direct.programme.id}?xem=bang-nhiet`, ready: (page) => page.getByRole('row', { name: /^Xã Hồng Vân/ }).waitFor() },
  {
    name: 'programme-tasks-draft',
    login: 'ha',
    path: () => `/chi-dao/chuong-trinh/${direct.programme.id}?xem=nhiem-vu`,
    ready: async (page) => {
      await page.getByRole('table').waitFor();
      await page.getByRole('button', { name: 'Giao nhiệm vụ mới' }).click();
      await page.getByLabel('Sản phẩm phải có').waitFor();
    }
  },
  { name: 'target', login: 'ha', path: () => `/chi-dao/chi-tieu/${direct.targets[0].id}`, ready: (page) => page.getByRole('img', { name: /^Diễn biến/ }).waitFor() },
  { name: 'target-units', login: 'ha', path: () => `/chi-dao/chi-tieu/${direct.targets[0].id}?xem=tung-don-vi`, ready: (page) => page.getByRole('heading', { name: 'Diễn biến của 29 đơn vị' }).waitFor() },
  { name: 'target-map', login: 'ha', path: () => `/chi-dao/chi-tieu/${direct.targets[0].id}?xem=ban-do`, ready: (page) => page.getByText(/ranh giới/).first().waitFor() },
  { name: 'target-share-draft', login: 'ha', path: () => `/chi-dao/chi-tieu/${direct.targets[0].id}?xem=giao`, ready: (page) => page.getByLabel('Giao cho Xã Ninh Sở').waitFor() },
  { name: 'tasks', login: 'ha', path: '/chi-dao/nhiem-vu', ready: (page) => page.getByRole('table').waitFor() },
  { name: 'tasks-month-draft', login: 'ha', path: '/chi-dao/nhiem-vu?xem=lich&thang=2022-04', ready: (page) => page.getByRole('link', { name: /^Số hóa hồ sơ đảng viên/ }).waitFor() },
  {
    name: 'task',
    login: 'ha',
    path: () => `/chi-dao/nhiem-vu/${direct.taskOf('10183').id}`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Huỷ nhiệm vụ' }).click();
      await page.getByLabel('Lý do').waitFor();
    }
  },
  { name: 'papers', login: 'ha', path: '/chi-dao/van-ban', ready: (page) => page.getByRole('table').waitFor() },
  {
    name: 'papers-new',
    login: 'ha',
    path: '/chi-dao/van-ban',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Ghi sổ hoặc ban hành văn bản' }).click();
      await page.getByRole('button', { name: 'Lấy số và ban hành' }).waitFor();
    }
  },
  { name: 'paper', login: 'ha', path: () => `/chi-dao/van-ban/${paper}`, ready: (page) => page.getByRole('table', { name: 'Bảng dẫn chiếu' }).waitFor() },
  { name: 'bulletins', login: 'ha', path: '/ban-tin', ready: (page) => page.getByRole('table').waitFor() },
  {
    name: 'bulletin',
    login: 'ha',
    path: () => `/ban-tin/${bulletin}`,
    ready: async (page) => {
      await page.locator('iframe').waitFor();
      await page.evaluate(() => document.querySelector('iframe').remove()); // a page of its own: public.test.mjs; axe hangs beside a frame without scripts
    }
  },
  { name: 'bulletin-new', login: 'ha', path: '/ban-tin/moi', ready: (page) => page.getByRole('button', { name: 'Bắt đầu viết' }).waitFor() },
  { name: 'regimes', login: 'ha', path: '/che-do', ready: (page) => page.getByRole('link', { name: 'Báo cáo thử để xem' }).waitFor() },
  { name: 'regime', login: 'clerk', path: () => `/che-do/${regime}`, ready: (page) => page.getByRole('row', { name: /F05.*ước cả năm/ }).waitFor() },
  {
    name: 'regime-change-draft',
    login: 'ha',
    path: () => `/che-do/${regime}`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Sửa chế độ' }).click();
      await page.getByLabel('Tên báo cáo').fill('');
      await page.getByLabel(/^đến ngày, tháng cuối kỳ/).fill('0');
      await page.getByLabel('Thêm chỉ tiêu vào biểu').fill('F05');
      await page.getByRole('button', { name: /F05/ }).last().click();
      await page.getByRole('button', { name: 'Lưu chế độ' }).click();
      await page.getByText(/chỗ phải sửa/).waitFor();
    }
  },
  { name: 'regime-new', login: 'ha', path: '/che-do/moi', ready: (page) => page.getByText(/nộp chậm nhất/).waitFor() },
  {
    name: 'regime-issue-draft',
    login: 'ha',
    path: () => `/che-do/${regime}`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Yêu cầu một kỳ…' }).click();
      await page.getByLabel('Kỳ', { exact: true }).selectOption('09');
      await page.locator('.burden summary').click();
      await page.getByRole('row', { name: /Xã Văn Bình/ }).waitFor();
    }
  },
  { name: 'checks', login: 'clerk', path: '/che-do/quy-tac', ready: (page) => page.getByRole('row', { name: /KT-XEM/ }).waitFor() },
  {
    name: 'checks-new',
    login: 'ha',
    path: '/che-do/quy-tac',
    ready: async (page) => {
      await page.getByRole('button', { name: 'Thêm quy tắc', exact: true }).click();
      await page.getByLabel('Điều kiện phải đúng').fill('[F05');
      await page.getByRole('button', { name: 'Thêm quy tắc này' }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    }
  },
  {
    name: 'adhoc-new',
    login: 'ha',
    path: '/tong-hop/yeu-cau-moi',
    ready: async (page) => {
      await page.getByText('29 đơn vị').waitFor();
      await page.getByRole('button', { name: 'Xem tốn bao nhiêu công' }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
    }
  },
  {
    name: 'unit-burden-draft',
    login: 'quan',
    path: () => `/don-vi/${district}?xem=ganh-nang&nam=2022`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Đặt quỹ năm…' }).click();
      await page.getByLabel(/^Quỹ phút/).waitFor();
    }
  },
  {
    name: 'remind-draft',
    login: 'son',
    path: () => `/tong-hop/${request}`,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Nhắc đơn vị chưa gửi…' }).click();
      await page.getByLabel(/^Lời nhắn/).waitFor();
    }
  },
  {
    name: 'cell-card-draft',
    login: 'clerk',
    path: () => `/bao-cao/${clerks[0].report}`,
    ready: async (page) => {
      await page.getByRole('button', { name: /^Chi tiết/ }).first().click();
      await page.getByRole('dialog').getByRole('heading', { name: 'Tệp minh chứng' }).waitFor();
    }
  },
  {
    name: 'plan-draft',
    login: 'quan',
    path: () => `/sap-xep/${draft}`,
    ready: async (page) => {
      await page.getByText(/điều ngăn việc áp dụng/).waitFor();
      await page.getByRole('button', { name: /^Sửa phần chia/ }).click();
      await page.getByLabel('Mẫu số chung').waitFor();
    }
  }
];

for (const colorScheme of ['light', 'dark']) {
  for (const [device, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
    for (const { name, login, path, ready } of PAGES) {
      test(`${name} is accessible and fits: ${device}, ${colorScheme}`, async () => {
        const page = await open(browser, { viewport, colorScheme, storageState: signedIn[login] });
        try {
          await page.goto(typeof path === 'function' ? path() : path);
          await ready(page);
          await page.waitForTimeout(300); // colours and chart at rest
          await shot(page, `${name}-${device}-${colorScheme}`);
          await assertFits(page, name);
          await assertAccessible(page, name);
        } finally {
          await page.context().close();
        }
      });
    }
  }
}

for (const { name, login, path, ready } of PAGES) {
  test(`${name} fits the narrowest phone`, async () => {
    const page = await open(browser, { viewport: NARROW, storageState: signedIn[login] });
    try {
      await page.goto(typeof path === 'function' ? path() : path);
      await ready(page);
      await page.waitForTimeout(300);
      await shot(page, `${name}-narrow`);
      await assertFits(page, name);
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, 'one title');
    } finally {
      await page.context().close();
    }
  });
}

test('every page has a title of its own', async () => {
  const titles = new Set();
  for (const { name, login, path, ready } of PAGES.filter((one) => !/refused|source|restated|-map|-search|-new|-draft/.test(one.name))) {
    const page = await open(browser, { storageState: signedIn[login] });
    await page.goto(typeof path === 'function' ? path() : path);
    await ready(page);
    const title = await page.title();
    assert.match(title, /.+ · Thông Suốt$/, name);
    titles.add(`${title} ${name.replace(/^(entry|report-locked|compile)$/, 'of April')}`);
    await page.context().close();
  }
  assert.equal(titles.size, 49, [...titles].join('\n'));
});

test('the figures are printed without what is only for the screen', async () => {
  const page = await open(browser, { storageState: signedIn.son, colorScheme: 'dark' });
  await page.goto('/so-lieu?ky=2022-04&ct=F05');
  await page.getByRole('img', { name: /Biểu đồ/ }).locator('svg').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  await shot(page, 'figures-print', { fullPage: true });
  const written = await page.locator('svg text').first().evaluate((one) => getComputedStyle(one).fill);
  assert.equal(written, 'rgb(0, 0, 0)', 'the chart is written in ink');
  assert.equal(await page.getByRole('navigation').count(), 0);
  assert.equal(await page.getByLabel('Tìm đơn vị').isVisible(), false);
  assert.ok(await page.getByRole('row', { name: /Xã Văn Bình/ }).isVisible());
  const { paper, ink } = await page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return { paper: style.backgroundColor, ink: style.color };
  });
  assert.deepEqual({ paper, ink }, { paper: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)' });
  await page.context().close();
});

test('the tree and a plan are printed as sheets: no slider, no buttons, ink on paper', async () => {
  const page = await open(browser, { storageState: signedIn.quan, colorScheme: 'dark' });
  for (const [name, path, shown, hidden] of [
    ['tree', `/cay-don-vi?dv=${district}`, page.getByRole('treeitem', { name: /^Huyện Thường Tín/ }), page.getByRole('slider')],
    ['plan', `/sap-xep/${draft}`, page.getByRole('row', { name: /→ chia cho/ }), page.getByRole('button')]
  ]) {
    await page.emulateMedia({ media: null });
    await page.goto(path);
    await shown.waitFor();
    await page.emulateMedia({ media: 'print' });
    await shot(page, `${name}-print`, { fullPage: true });
    assert.ok(await shown.isVisible());
    assert.equal(await hidden.count(), 0, `${name} prints what is only for the screen`);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  }
  await page.context().close();
});

/** Presses Tab until `wanted` has the focus, which can then be seen. */
async function tabTo(page, wanted, what) {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    if (await wanted.evaluate((one) => one === document.activeElement)) {
      const { outline, shadow } = await wanted.evaluate((one) => {
        const style = getComputedStyle(one);
        return { outline: style.outlineStyle, shadow: style.boxShadow };
      });
      assert.ok(outline !== 'none' || shadow !== 'none', `the focus on ${what} cannot be seen`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reaches ${what}`);
}

test('a whole report is entered and submitted without the mouse', async () => {
  const { login, report } = clerks[1];
  const page = await open(browser);
  const keys = page.keyboard;
  await page.goto('/dang-nhap');
  await page.getByLabel('Tên đăng nhập').waitFor();
  await tabTo(page, page.getByLabel('Tên đăng nhập'), 'the log-in');
  await keys.type(login);
  await tabTo(page, page.getByLabel('Mật khẩu', { exact: true }), 'the password');
  await keys.type(PASSWORD);
  await keys.press('Enter');
  const work = page.getByRole('link', { name: /^Nhập số liệu/ });
  await work.waitFor();
  await tabTo(page, work, 'the report owed');
  await keys.press('Enter');
  await cell(page, 'F03').waitFor();
  await tabTo(page, cell(page, 'F03'), 'the first cell');
  for (const figure of ['1', '640', '633', 'kad']) {
    await keys.type(figure);
    await keys.press('Enter');
  }
  await until(async () => {
    const { cells } = await ask(page, 'GET', `/reports/${report}`);
    return cells.map((one) => one.value ?? one.state).join() === '1,640,633,not_applicable';
  }, 'the four cells saved');
  await tabTo(page, page.getByRole('button', { name: 'Gửi báo cáo' }), 'the button that submits');
  await keys.press('Enter');
  await page.getByText(/Đã gửi lúc/).waitFor();
  assert.equal((await ask(page, 'GET', `/reports/${report}`)).state, 'submitted');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the arrows move along the column, and Escape gives the saved figure back', async () => {
  const page = await enter(browser, clerks[0].login);
  await page.goto(`/bao-cao/${clerks[0].report}`);
  await cell(page, 'F05').waitFor();
  const saved = await cell(page, 'F06').inputValue();
  await cell(page, 'F05').focus();
  await page.keyboard.press('ArrowDown');
  assert.ok(await cell(page, 'F06').evaluate((one) => one === document.activeElement), 'F06 is not in focus');
  await page.keyboard.type('99');
  await page.keyboard.press('Escape');
  assert.equal(await cell(page, 'F06').inputValue(), saved);
  // F2 puts the caret behind the figure, which the next key then no longer replaces.
  await page.keyboard.type('1');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('F2');
  await page.keyboard.type('2');
  assert.equal(await cell(page, 'F06').inputValue(), '12');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  assert.ok(await cell(page, 'F05').evaluate((one) => one === document.activeElement), 'F05 is not in focus');
  await page.context().close();
});
