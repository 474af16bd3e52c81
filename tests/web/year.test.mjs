// Step 4 in the browser: every total of 2021 that the figures' page shows, of the district and each commune, against the 4,890 answers
// that were computed apart from the program.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { enter, launch, shot, until } from './stage.mjs';

const SHARED = process.env.THONGSUOT_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const ANSWERS = path.join(SHARED, 'scenario/expected_2021.csv');
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** "1234.5" as a page in Vietnamese says it; "–" for no value. */
function said(value) {
  if (value === '') return '–';
  const [whole, fraction] = value.replace('-', '').split('.');
  return (value.startsWith('-') ? '−' : '') + whole.replace(/\B(?=(\d{3})+(?!\d))/g, '.') + (fraction === undefined ? '' : `,${fraction}`);
}

test('every total of the year is the answer computed apart, on the page', { skip: existsSync(ANSWERS) ? false : `NOT RUN: ${ANSWERS} is not here` }, async () => {
  const expected = new Map(); // period → indicator → unit → [value, counted]
  let answers = 0;
  for (const line of readFileSync(ANSWERS, 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [unit, indicator, period, value, counted, of] = line.split(',');
    const units = expected.get(period)?.get(indicator) ?? new Map();
    units.set(unit === 'DISTRICT' ? '279' : unit, `${said(value)} ${counted}/${of}`);
    expected.set(period, (expected.get(period) ?? new Map()).set(indicator, units));
    answers += 1;
  }
  assert.equal(answers, 4890);
  const page = await enter(browser, 'son');
  const codes = new Map((await page.request.get('/api/v1/units?on=2021-06-01&limit=100').then((answer) => answer.json())).items.map((one) => [one.name, one.code]));
  let seen = 0;
  for (const [period, indicators] of expected) {
    await page.goto(`/so-lieu?ky=${period}`);
    await page.getByRole('table', { name: 'Bảng số liệu' }).or(page.locator('section table')).first().waitFor();
    for (const [indicator, units] of indicators) {
      await page.locator('#indicator').selectOption(indicator);
      await until(() => page.url().includes(`ct=${indicator}`), `the page of ${indicator}`);
      const shown = await until(async () => {
        const rows = await page.locator('section').first().locator('tbody tr').evaluateAll((all) =>
          all.map((row) => [row.querySelector('th').textContent.trim(), row.querySelector('td button').textContent.trim(), row.querySelectorAll('td')[1].textContent.trim()])
        );
        const chosen = await page.locator('#indicator').inputValue();
        return chosen === indicator && rows.length === 30 ? rows : null;
      }, `the table of ${indicator} in ${period}`);
      for (const [name, value, counted] of shown) {
        assert.equal(`${value} ${counted}`, units.get(codes.get(name)), `${name}, ${indicator}, ${period}`);
        seen += 1;
      }
    }
  }
  assert.equal(seen, answers);
  await shot(page, 'year-figures', { fullPage: true });
});
