import type { Indicator, Unit } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import { folded } from '$lib/report/regimes';

/** One question to everything this person may see. The program answers each list within their sight; nothing is added to it here. */
export type Kind = 'pages' | 'reports' | 'units' | 'indicators' | 'programmes' | 'tasks' | 'documents' | 'inspections' | 'petitions' | 'requests';
export interface Hit {
  label: string;
  note: string;
  href: string;
}
export interface Found {
  kind: Kind;
  hits: Hit[];
  /** Only the first of a long list were looked through. */
  isCut: boolean;
}
export type Ask = <T>(path: string) => Promise<T>;
interface Page<T> {
  items: T[];
  next?: string | null;
}
type Schemas = components['schemas'];

export const MOST = 6;
export const SHORTEST = 2;
const words = (text: string) => folded(text).split(/\s+/).filter(Boolean);

/** Every word of the question begins some word of the text, in any spelling of it. */
export function fits(text: string, query: string): boolean {
  const there = words(text.replaceAll(/[-/.,()]/g, ' ')).concat(words(text));
  return words(query).every((one) => there.some((word) => word.startsWith(one) || (/[-/.]/.test(one) && word.includes(one)))); // numbers of papers are asked by a part
}

/** Those that fit, the ones that begin with what was asked first. */
export function chosen(hits: readonly Hit[], query: string): Hit[] {
  const begins = (hit: Hit) => (folded(hit.label).startsWith(folded(query.trim())) ? 0 : 1);
  return hits.filter((hit) => fits(`${hit.label} ${hit.note}`, query)).sort((one, other) => begins(one) - begins(other)).slice(0, MOST);
}

/** Lists that the program does not search are asked for once, and looked through here. */
function listed<T>(ask: Ask, path: string, hitOf: (one: T) => Hit): (query: string) => Promise<{ hits: Hit[]; isCut: boolean }> {
  let all: Promise<{ hits: Hit[]; isCut: boolean }> | null = null;
  return async (query) => {
    all ??= ask<Page<T>>(path).then(({ items, next }) => ({ hits: items.map(hitOf), isCut: Boolean(next) }));
    all.catch(() => (all = null)); // asked again at the next key
    const { hits, isCut } = await all;
    return { hits: chosen(hits, query), isCut };
  };
}

function searched<T>(ask: Ask, path: (query: string) => string, hitOf: (one: T) => Hit): (query: string) => Promise<{ hits: Hit[]; isCut: boolean }> {
  return async (query) => {
    const { items } = await ask<Page<T>>(path(encodeURIComponent(query.trim())));
    return { hits: items.slice(0, MOST).map(hitOf), isCut: false };
  };
}

export type Sources = [Kind, (query: string) => Promise<{ hits: Hit[]; isCut: boolean }>][];

/** `period` writes a period as people say it. */
export function sourcesOf(ask: Ask, pages: readonly Hit[], period: (text: string) => string): Sources {
  return [
    ['pages', async (query) => ({ hits: chosen(pages, query), isCut: false })],
    ['reports', listed<Schemas['WorkItem']>(ask, '/work', (one) => ({
      label: `${one.title}, ${period(one.period)}`, note: one.unit.name, href: one.report === null ? `/tong-hop/${one.request}` : `/bao-cao/${one.report}`
    }))],
    ['requests', listed<Schemas['Request']>(ask, '/requests?limit=200', (one) => ({ label: `${one.title}, ${period(one.period)}`, note: one.unit.name, href: `/tong-hop/${one.id}` }))],
    ['units', searched<Unit>(ask, (query) => `/units?query=${query}&limit=${MOST}`, (one) => ({ label: one.name, note: [one.code, one.parent?.name].filter(Boolean).join(', '), href: `/don-vi/${one.id}` }))],
    ['indicators', searched<Indicator>(ask, (query) => `/indicators?query=${query}`, (one) => ({ label: one.name, note: `${one.code}, ${one.measure_unit}`, href: `/so-lieu?ct=${encodeURIComponent(one.code)}` }))],
    ['programmes', listed<Schemas['ProgrammeSummary']>(ask, '/programmes?limit=500', (one) => ({ label: one.title, note: `${one.number}, ${one.unit.name}`, href: `/chi-dao/chuong-trinh/${one.id}` }))],
    ['tasks', listed<Schemas['Task']>(ask, '/tasks?limit=500', (one) => ({ label: one.title, note: one.lead.name, href: `/chi-dao/nhiem-vu/${one.id}` }))],
    ['documents', searched<Schemas['DocumentRow']>(ask, (query) => `/documents?query=${query}&limit=${MOST}`, (one) => ({ label: `${one.number} ${one.subject}`, note: one.issuer, href: `/chi-dao/van-ban/${one.id}` }))],
    ['inspections', listed<Schemas['InspectionHead']>(ask, '/inspections?limit=200', (one) => ({ label: one.title, note: one.unit.name, href: `/kiem-tra/${one.id}` }))],
    ['petitions', searched<Schemas['PetitionHead']>(ask, (query) => `/petitions?q=${query}&limit=${MOST}`, (one) => ({ label: one.title, note: one.unit.name, href: `/kien-nghi/${one.id}` }))]
  ];
}

/** Asks every source; one that cannot answer hides none of the others. */
export async function find(sources: Sources, query: string): Promise<{ found: Found[]; failed: number }> {
  if (query.trim().length < SHORTEST) return { found: [], failed: 0 };
  const answers = await Promise.allSettled(sources.map(([, ask]) => ask(query)));
  const found = answers.flatMap((answer, i): Found[] => {
    const kind = sources[i]?.[0];
    return answer.status === 'fulfilled' && kind && (answer.value.hits.length > 0 || answer.value.isCut) ? [{ kind, ...answer.value }] : [];
  });
  return { found, failed: answers.filter((answer) => answer.status === 'rejected').length };
}
