// The demo's direction: the district's first programme, whose targets do not all add up, and who has answered it.
import { ask, enter } from './stage.mjs';

/** What the tests of direction look at, as `ha` of the district sees it. */
export async function direction(browser) {
  const page = await enter(browser, 'ha');
  const district = (await ask(page, 'GET', '/session')).posts[0].unit;
  const { items } = await ask(page, 'GET', `/programmes?unit=${district.id}&limit=100`);
  const named = (number) => items.find((one) => one.number === number);
  const programme = await ask(page, 'GET', `/programmes/${named('01-CTr/HU').id}`);
  const { items: tasks } = await ask(page, 'GET', `/tasks?unit=${district.id}&limit=100`);
  await page.context().close();
  return {
    district,
    programme,
    second: named('02-CTr/HU'),
    third: named('03-CTr/HU'),
    targets: programme.targets.filter((one) => one.unit.id === district.id),
    tasks,
    /** The open task that the unit of this code leads. */
    taskOf: (code) => tasks.find((one) => one.lead.code === code && one.state === 'open')
  };
}
