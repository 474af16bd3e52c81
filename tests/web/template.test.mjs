// A unit's own template: taken, spoilt and refused with every fault, mended and kept, and the program's again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ask, assertAccessible, assertFits, enter, launch, PHONE, shot } from './stage.mjs';

let browser;
let page;
let unit;
let folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(path.join(tmpdir(), 'template-'));
  page = await enter(browser, 'son');
  unit = (await ask(page, 'GET', '/session')).posts[0].unit.id;
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The same .docx with one text of its body changed, as an editor would leave it. */
function edited(from, to, before, now) {
  const program = [
    'import sys, zipfile',
    'source, target, before, now = sys.argv[1:]',
    'with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:',
    '    for one in old.infolist():',
    '        content = old.read(one)',
    '        if one.filename == "word/document.xml":',
    '            text = content.decode()',
    '            assert before in text, text[:2000]',
    '            content = text.replace(before, now).encode()',
    '        new.writestr(one.filename, content)'
  ].join('\n');
  execFileSync('/usr/bin/python3', ['-c', program, from, to, before, now]);
}

test('a spoilt template is refused with its faults, a mended one serves, and the program’s comes back', async () => {
  await page.goto(`/don-vi/${unit}`);
  await page.getByRole('link', { name: 'Mẫu văn bản' }).click();
  const state = page.getByRole('region', { name: /^Nhà nước, NĐ 30/ });
  const [file] = await Promise.all([page.waitForEvent('download'), state.getByRole('link', { name: /^Tải mẫu/ }).click()]);
  const ours = path.join(folder, 'mau.docx');
  await file.saveAs(ours);
  const spoilt = path.join(folder, 'hong.docx');
  edited(ours, spoilt, '{{trich_yeu}}', '{{khong_co_truong_nay}}');
  await state.locator('input[type=file]').setInputFiles(spoilt);
  await state.getByRole('alert').waitFor();
  assert.match(await state.getByRole('alert').textContent(), /khong_co_truong_nay/);
  await assertAccessible(page, 'a refused template');
  await shot(page, 'template-refused', { fullPage: true });

  const good = path.join(folder, 'mau-huyen.docx');
  edited(ours, good, '{{trich_yeu}}', '{{trich_yeu}} (mẫu của huyện)');
  await state.locator('input[type=file]').setInputFiles(good);
  await page.getByText('Đã nhận mẫu: Nhà nước, NĐ 30 (2020).').waitFor();
  await state.getByText('mẫu của đơn vị').waitFor();
  await state.getByText('Các bản đã gửi (1)').click();
  await state.getByRole('link', { name: 'mau-huyen.docx' }).waitFor();

  await state.getByRole('button', { name: /^Dùng lại mẫu có sẵn/ }).click();
  await page.getByText(/^Dùng lại mẫu có sẵn: /).waitFor();
  await state.getByText('mẫu có sẵn', { exact: true }).first().waitFor();
  assert.equal((await ask(page, 'GET', `/units/${unit}/templates/BC`)).profiles.find((one) => one.profile === 'state-nd30-2020').is_own, false);
});

test('what is no document is refused in words; who may not keep templates only takes them', async () => {
  await page.goto(`/don-vi/${unit}?xem=mau`);
  const front = page.getByRole('region', { name: /^Mặt trận/ });
  await front.locator('input[type=file]').setInputFiles({ name: 'anh.docx', mimeType: 'image/png', buffer: Buffer.from('\x89PNG không phải văn bản') });
  await front.getByRole('alert').waitFor();
  const compiler = await enter(browser, 'ha', { viewport: PHONE, colorScheme: 'dark' });
  await compiler.goto(`/don-vi/${unit}?xem=mau`);
  await compiler.getByRole('link', { name: /^Tải mẫu: Mặt trận/ }).waitFor();
  assert.equal(await compiler.locator('input[type=file]').count(), 0);
  await assertFits(compiler, 'templates on a phone');
  await assertAccessible(compiler, 'templates on a phone, dark');
  await compiler.context().close();
});
