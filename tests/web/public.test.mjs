// What a stranger finds: every address reachable from the public pages, and none that nobody opened; valid, readable by all, without scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { ask, assertAccessible, assertFits, enter, launch, open, ORIGIN, PHONE, shot } from './stage.mjs';

const ROOT = '/cong-khai';
const SECRET = 'Việc thử chưa ai được biết';
const validate = new HtmlValidate({ extends: ['html-validate:standard', 'html-validate:document'], rules: { 'require-sri': ['error', { target: 'crossorigin' }], 'long-title': 'off', 'void-style': ['error', { style: 'selfclose' }] } });
let browser;
let people;
let hidden; // a bulletin nobody opened, with its picture
let closed; // a publication nobody opened
let petition; // answered, and told to everybody
let quiet; // answered, and not told
let mapped; // open figures of units whose boundaries are known
let nothing; // how an address answers where there is nothing
const pages = new Map(); // path → what a stranger is given there
before(async () => {
  browser = await launch();
  people = { ha: await enter(browser, 'ha'), minh: await enter(browser, 'minh'), vinh: await enter(browser, 'vinh') };
  await prepare();
  nothing = await asked(`${ROOT}/ban-tin/khong-co-gi-o-day`);
});
after(() => browser.close());

const match = (revision) => ({ 'If-Match': `"${revision}"` });

/** As somebody without an account asks: no cookie, no redirect followed. */
async function asked(path, headers = {}) {
  const answer = await fetch(ORIGIN + path, { redirect: 'manual', headers, signal: AbortSignal.timeout(10_000) });
  return { status: answer.status, type: answer.headers.get('Content-Type') ?? '', text: await answer.text(), headers: answer.headers };
}
const told = (of) => ({ status: of.status, type: of.type, text: of.text });

async function prepare() {
  const { ha, minh, vinh } = people;
  const district = (await ask(ha, 'GET', '/session')).posts[0].unit.id;
  const commune = (await ask(minh, 'GET', '/session')).posts[0].unit.id;
  hidden = await ask(ha, 'POST', '/bulletins', { unit: district, title: SECRET, lead: SECRET, dated_on: '2022-04-14', category: 'dien-hinh', body: [{ text: SECRET }] });
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';
  hidden = await ask(ha, 'POST', `/bulletins/${hidden.id}/pictures`, { base64: dot, caption: 'Chú thích', alternative: 'Một chấm' }, match(hidden.revision));
  closed = (await ask(ha, 'POST', '/publications', { unit: district, period: '2021-11', indicators: ['F05'], title: SECRET, is_illustrative: true })).id;
  const city = (await ask(vinh, 'GET', '/session')).posts[0].unit.id;
  mapped = (await ask(vinh, 'POST', '/publications', { unit: city, period: '2021-11', on: '2025-07-01', below: 2, indicators: ['F05', 'D02'], title: 'Hồ sơ một cửa, theo địa giới mới', is_illustrative: true })).id;
  await ask(vinh, 'PUT', `/publications/${mapped}/opening`, {});
  const one = async (title) => {
    const made = await ask(minh, 'POST', '/petitions', { unit: commune, kind: 'obstacle', subject: 'khac', title, text: SECRET, addressees: [{ unit: district }], is_illustrative: true });
    return ask(ha, 'PUT', `/petitions/${made.id}/parts/${made.parts[0].id}/answer`, { outcome: 'explained', text: SECRET }, match(made.revision));
  };
  quiet = await one(SECRET);
  petition = await one('Máy tính ở bộ phận một cửa');
  await ask(ha, 'PUT', `/petitions/${petition.id}/public-version`, { title: 'Máy tính ở bộ phận một cửa hỏng thì thay thế nào', question: 'Máy đã hỏng hai tuần.', answer: 'Huyện thay trong tháng này.' }, match(petition.revision));
}

/** Every address a page, a feed or a site map names, within the site. */
function linksIn({ type, text }) {
  const found = [];
  if (type.includes('html')) {
    for (const [, link] of text.matchAll(/(?:href|src)="([^"]*)"/g)) found.push(link);
    for (const [, list] of text.matchAll(/srcset="([^"]*)"/g)) for (const one of list.split(',')) found.push(one.trim().split(' ')[0]);
    for (const [, link] of text.matchAll(/property="og:(?:url|image)" content="([^"]*)"/g)) found.push(link);
  } else if (type.includes('xml')) {
    for (const [, link] of text.matchAll(/(?:href="|<loc>|<id>)([^"<]*)/g)) found.push(link);
  }
  return found.map((one) => one.replaceAll('&amp;', '&').replace(/#.*/, '')).filter((one) => one.startsWith('/') || URL.canParse(one))
    .map((one) => new URL(one, ORIGIN)).filter((one) => one.pathname.startsWith(ROOT)).map((one) => one.pathname + one.search);
}

/** What was opened, as the house holds it: the only source of what may be found. */
async function openedByActs() {
  const { ha, vinh } = people;
  const made = new Set();
  for (const { id, is_public } of (await ask(ha, 'GET', '/bulletins?limit=200')).items) {
    const one = await ask(ha, 'GET', `/bulletins/${id}`);
    if (!is_public) continue;
    made.add(one.path);
    for (const of of one.pictures) for (const copy of [of.full, of.thumbnail]) made.add(`${ROOT}/anh/${copy.hash}.jpg`);
    made.add(`${ROOT}/muc/${one.category}`);
  }
  for (const { id } of (await ask(vinh, 'GET', '/publications?limit=100')).items) {
    const one = await ask(vinh, 'GET', `/publications/${id}/opening`);
    if (one.is_open) for (const end of ['', '/csv', '/json']) made.add(one.path + end);
  }
  assert.ok(made.has(`${ROOT}/so-lieu/${mapped}`));
  for (const one of (await ask(ha, 'GET', '/petitions?limit=200')).items) if (one.is_public) made.add(`${ROOT}/kien-nghi/${one.id}`);
  assert.ok(made.has(`${ROOT}/kien-nghi/${petition.id}`));
  return made;
}

test('a stranger who follows every link finds all that was opened, and nothing else', { timeout: 120_000 }, async () => {
  const left = [ROOT, `${ROOT}/sitemap.xml`, `${ROOT}/feed.xml`];
  while (left.length) {
    const path = left.pop();
    if (pages.has(path)) continue;
    const answer = await asked(path);
    pages.set(path, answer);
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers.get('Set-Cookie'), null, path);
    assert.ok(!answer.text.includes(SECRET), `${path} tells what nobody opened`);
    left.push(...linksIn(answer));
  }
  const frame = new RegExp(`^${ROOT}(/don-vi|/kien-nghi|/feed\\.xml|/sitemap\\.xml|/kieu/[0-9a-f]{16}\\.css)?$`);
  const opened = await openedByActs();
  for (const path of pages.keys()) assert.ok(frame.test(path) || opened.has(path), `${path} was opened by no act`);
  assert.deepEqual([...opened].filter((one) => !pages.has(one)), [], 'opened, and not to be found');
  assert.ok(pages.size > 12, `only ${pages.size} addresses`);
});

test('guessing finds nothing: an address of what is not public answers like one of nothing, byte for byte', { timeout: 60_000 }, async () => {
  const slug = 'viec-thu-chua-ai-duoc-biet';
  const guesses = [`ban-tin/${slug}`, `ban-tin/${hidden.id}`, `so-lieu/${closed}`, `so-lieu/${closed}/csv`, `so-lieu/${closed}/json`, `kien-nghi/${quiet.id}`, 'muc/dien-hinh', 'index.html',
    ...hidden.pictures.flatMap((one) => [one.full, one.thumbnail]).map((one) => `anh/${one.hash}.jpg`)];
  for (let id = 1; id <= 30; id += 1) guesses.push(`so-lieu/${id}`, `kien-nghi/${id}`);
  for (const guess of guesses.map((one) => `${ROOT}/${one}`)) {
    if (pages.has(guess)) continue;
    assert.deepEqual(told(await asked(guess)), told(nothing), guess);
  }
  for (const door of [`bulletins/${hidden.id}`, `bulletins/${hidden.id}/preview`, `bulletins/${hidden.id}/pictures/${hidden.pictures[0].id}/full`, `publications/${closed}`]) {
    assert.equal((await asked(`/api/v1/${door}`)).status, 401, door);
  }
  for (const [slashed, plain] of [[`${ROOT}/`, ROOT], [`${ROOT}/don-vi/`, `${ROOT}/don-vi`]]) {
    const answer = await asked(slashed);
    assert.deepEqual([answer.status, answer.headers.get('Location')], [301, plain]);
  }
});

test('every page is valid HTML, says what it is, and runs nothing', { timeout: 60_000 }, async () => {
  assert.ok(pages.size, 'the crawl comes first');
  const html = [...pages].filter(([, one]) => one.type.includes('html'));
  const titles = new Set();
  for (const [path, one] of [...html, ['nothing', nothing]]) {
    const report = await validate.validateString(one.text);
    const faults = report.results.flatMap((of) => of.messages.map((fault) => `${path}:${fault.line}:${fault.column} ${fault.ruleId} ${fault.message}`));
    assert.deepEqual(faults, [], path);
    assert.doesNotMatch(one.text, /<script|<style|<iframe| on[a-z]+="| style="/, path);
    if (path === 'nothing') continue;
    titles.add(/<title>([^<]*)/.exec(one.text)[1]);
    assert.match(one.text, new RegExp(`<link rel="canonical" href="[^"]*${path}"`), path);
    for (const name of ['og:title', 'og:description', 'og:url', 'og:type']) assert.match(one.text, new RegExp(`property="${name}" content="[^"]+"`), `${path} has no ${name}`);
  }
  assert.equal(titles.size, html.length, 'two pages have one title');
  const [path] = [...pages.keys()].filter((one) => one.includes('/ban-tin/thuong-tin-ra-lai'));
  const article = pages.get(path).text;
  assert.match(article, /property="og:image" content="[^"]*\/cong-khai\/anh\/[0-9a-f]{40}\.jpg"/);
  assert.match(article, /property="og:image:alt" content="Tranh vẽ năm người/);
  assert.match(article, /Tin cùng chuyên mục/);
});

test('every page can be read by all: axe, a phone, the dark, without scripts', { timeout: 240_000 }, async () => {
  const html = [...pages].filter(([, one]) => one.type.includes('html')).map(([path]) => path);
  for (const [device, how] of [['desk', {}], ['phone', { viewport: PHONE, colorScheme: 'dark' }]]) {
    const page = await open(browser, how);
    for (const path of html) {
      await page.goto(path);
      await assertFits(page, `${path} on a ${device}`);
      await assertAccessible(page, `${path} on a ${device}`);
      await shot(page, `public${path.replaceAll('/', '-').slice(0, 60)}-${device}`, { fullPage: true });
    }
    await page.context().close();
  }
  const context = await browser.newContext({ baseURL: ORIGIN, javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(ROOT);
  await plain.getByRole('link', { name: /^Thường Tín rà lại/ }).click();
  await plain.getByRole('heading', { level: 1, name: /^Thường Tín rà lại/ }).waitFor();
  await plain.getByRole('link', { name: 'Hỏi và trả lời' }).click();
  await plain.getByRole('link', { name: /^Máy tính ở bộ phận một cửa/ }).click();
  await plain.getByText('Huyện thay trong tháng này.').waitFor();
  await plain.getByRole('heading', { name: 'Câu hỏi của Xã Hòa Bình' }).waitFor();
  await plain.goto(`${ROOT}/so-lieu/${mapped}`);
  const map = plain.getByRole('img', { name: /^Bản đồ: Số hồ sơ/ });
  assert.equal(await map.locator('use').count(), 7);
  assert.match(await map.textContent(), /Xã Phú Xuyên: 1\.335/);
  await context.close();
});

test('a printed bulletin has its words, its figures and its address, in ink', { timeout: 60_000 }, async () => {
  const page = await open(browser, { colorScheme: 'dark' });
  await page.goto([...pages.keys()].find((one) => one.includes('/ban-tin/thuong-tin-ra-lai')));
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  assert.equal(await page.getByRole('navigation', { name: 'Mục chính' }).count(), 0);
  assert.equal(await page.getByRole('heading', { name: 'Tin cùng chuyên mục' }).count(), 0);
  assert.ok(await page.getByRole('table').isVisible());
  assert.ok(await page.locator('.address').isVisible());
  await shot(page, 'public-print', { fullPage: true });
  await page.context().close();
});
