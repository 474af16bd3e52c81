/** The first minute: three real steps for each role, ticked by what the person does. Pure. */
export type Part = 'clerk' | 'compiler' | 'head' | 'administrator' | 'inspector';

/** A step is done when a call like this was answered well. */
interface Step { key: string; href: string; method: string; path: RegExp }

const REPORT = String.raw`/reports/\d+`;
const step = (key: string, href: string, method: string, path: string): Step => ({ key, href, method, path: new RegExp(`^${path}(\\?|$)`) });

export const STEPS: Record<Part, readonly Step[]> = {
  clerk: [step('enter', '/', 'PUT', `${REPORT}/cells`), step('submit', '/', 'PUT', `${REPORT}/submission`), step('trace', '/so-lieu', 'GET', '/rollup/contributions')],
  compiler: [
    step('request', '/tong-hop', 'GET', String.raw`/requests/\d+`),
    step('judge', '/tong-hop', 'PUT', `${REPORT}/(acceptance|return)`),
    step('trace', '/so-lieu', 'GET', '/rollup/contributions')
  ],
  head: [
    step('targets', '/chi-dao', 'GET', String.raw`/targets/\d+`),
    step('trace', '/so-lieu', 'GET', '/rollup/contributions'),
    step('petition', '/kien-nghi', 'GET', String.raw`/petitions/\d+`)
  ],
  administrator: [
    step('tree', '/cay-don-vi', 'GET', '/tree'),
    step('unit', '/cay-don-vi', 'GET', String.raw`/units/\d+`),
    step('plan', '/sap-xep', 'GET', '/reorganisations')
  ],
  inspector: [
    step('inspection', '/kiem-tra', 'GET', String.raw`/inspections/\d+`),
    step('brief', '/kiem-tra', 'GET', String.raw`/inspections/\d+/brief`),
    step('note', '/kiem-tra', 'POST', String.raw`/inspections/\d+/notes`)
  ]
};

/** The part of who holds these roles; the one who writes figures first, since most people do. Null for who only looks on. */
export function partOf(roles: readonly string[]): Part | null {
  for (const part of ['compiler', 'head', 'administrator', 'clerk'] as const) if (roles.includes(part)) return part;
  return roles.length === 0 ? 'inspector' : null;
}

/** Which steps of the part a call does; their keys. */
export const doneBy = (part: Part, method: string, path: string): string[] =>
  STEPS[part].filter((one) => one.method === method && one.path.test(path)).map((one) => one.key);
