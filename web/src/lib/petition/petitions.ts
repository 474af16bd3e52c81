import type { Schemas } from '$lib/api/client';

export type Petition = Schemas['Petition'];
export type PetitionHead = Schemas['PetitionHead'];
export type Part = Petition['parts'][number];
export type Step = Petition['steps'][number];
export type Body = Schemas['CompetentBody'];
export type Subject = Schemas['PetitionSubject'];

/** A body as one choice of a list: a unit, or a body outside of the tree that is reached through it. */
export const keyOf = (one: { unit: { id: number }; body: string }): string => `${one.unit.id}:${one.body}`;
/** What the choice stands for; null for none. */
export function bodyOf(key: string): { unit: number; body?: string } | null {
  const [, unit = '', body = ''] = /^(\d+):(.*)$/s.exec(key) ?? [];
  return unit === '' ? null : { unit: Number(unit), ...(body ? { body } : {}) };
}
/** How a body is called: the one outside of the tree with the unit it is reached through. */
export const calledAs = (one: { unit: { name: string }; body: string }): string => (one.body ? `${one.body} (${one.unit.name})` : one.unit.name);

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** What a part waits for: its holder, who raised it, nobody. */
export function waitsFor(part: Pick<Part, 'state'>): 'holder' | 'raiser' | 'nobody' {
  if (part.state === 'held') return 'holder';
  return part.state === 'asked' || part.state === 'returned' ? 'raiser' : 'nobody';
}

/** The thread with the steps that several parts were given at one act told as one: "sent to A, B". */
export interface Told {
  key: number;
  kind: string;
  unit: string;
  to: string[];
  text: string;
  on: string;
  by: string;
}
export function thread(steps: readonly Step[]): Told[] {
  const told: Told[] = [];
  for (const one of steps) {
    const to = one.to ? [calledAs({ unit: one.to, body: one.body })] : one.body ? [one.body] : [];
    const last = told.at(-1);
    if (one.kind === 'raised' && last?.kind === 'raised') last.to.push(...to);
    else told.push({ key: one.id, kind: one.kind, unit: one.unit.name, to, text: one.text, on: one.on, by: one.by });
  }
  return told;
}

/** The query of a list, without what was not asked. */
export function asked(filters: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return given.map(([key, value]) => `&${key}=${encodeURIComponent(String(value))}`).join('');
}
