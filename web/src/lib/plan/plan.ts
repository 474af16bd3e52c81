import type { components } from '$lib/api/schema';

/** Work on a plan of changes: what is shown of it and each way it is edited. Pure; a plan is never changed in place. */
type Schemas = components['schemas'];
export type Plan = Schemas['ReorganisationPlan'];
export type Event = Schemas['PlannedEvent'];
export type NewUnit = Schemas['PlannedUnit'];
export type Kind = Event['kind'];
export type Basis = Schemas['Basis'];
export type PlacedProblem = Schemas['PlacedProblem'];

export const KINDS: Kind[] = ['merge', 'split', 'rename', 'rekind', 'recode', 'reparent', 'create', 'end'];
export const BASES: Basis[] = ['population', 'area', 'people', 'stated', 'equal'];
export const PAGE = 100;

export const eventsOf = (plan: Pick<Plan, 'events'>): Event[] => plan.events ?? [];
export const isTaken = (event: Event): boolean => event.taken ?? true;
export const isDoubtful = (event: Event): boolean => (event.doubts?.length ?? 0) > 0 || Boolean(event.doubt);

/** One event as it stands in the list, with its number in the plan. */
export interface Listed {
  at: number;
  event: Event;
}

/** The events of a kind (all when empty): doubtful ones first, each group in the plan's order. */
export function listed(plan: Plan, kind: Kind | ''): Listed[] {
  const all = eventsOf(plan).map((event, at) => ({ at, event })).filter((one) => kind === '' || one.event.kind === kind);
  return [...all.filter((one) => isDoubtful(one.event)), ...all.filter((one) => !isDoubtful(one.event))];
}

/** The page of the list that shows event `at`; -1 when the kind hides it. */
export function pageOf(list: readonly Listed[], at: number): number {
  const index = list.findIndex((one) => one.at === at);
  return index < 0 ? -1 : Math.floor(index / PAGE);
}

/** How many events there are of each kind, and how many of them are taken. */
export function counts(plan: Plan): { kind: Kind; all: number; taken: number }[] {
  return KINDS.map((kind) => {
    const all = eventsOf(plan).filter((one) => one.kind === kind);
    return { kind, all: all.length, taken: all.filter(isTaken).length };
  }).filter((one) => one.all > 0);
}

export function changed(plan: Plan, at: number, change: Partial<Event>): Plan {
  return { ...plan, events: eventsOf(plan).map((event, i) => (i === at ? { ...event, ...change } : event)) };
}

/** Ticks or unticks every event of a list. */
export function taken(plan: Plan, which: readonly number[], is: boolean): Plan {
  const these = new Set(which);
  return { ...plan, events: eventsOf(plan).map((event, i) => (these.has(i) ? { ...event, taken: is } : event)) };
}

/** Without an event, and without the new units that nothing names any more. */
export function without(plan: Plan, at: number): Plan {
  const gone = eventsOf(plan)[at];
  const events = eventsOf(plan).filter((_, i) => i !== at);
  const named = new Set(events.flatMap((event) => event.to));
  const units = (plan.units ?? []).filter((unit) => !gone?.to.includes(unit.code) || named.has(unit.code));
  return { ...plan, events, units };
}

/**
 * With an event at its place, or at the end, and the new units it names as they are told now; what nothing names any
 * more goes.
 */
export function put(plan: Plan, at: number | null, event: Event, units: readonly NewUnit[]): Plan {
  const before = at === null ? undefined : eventsOf(plan)[at];
  const others = eventsOf(plan).filter((one) => one !== before);
  const events = before ? eventsOf(plan).map((one) => (one === before ? event : one)) : [...others, event];
  const named = new Set(others.flatMap((one) => one.to));
  const kept = (plan.units ?? []).filter((unit) => !event.to.includes(unit.code) && (!before?.to.includes(unit.code) || named.has(unit.code)));
  return { ...plan, events, units: [...kept, ...units.filter((unit) => event.to.includes(unit.code))] };
}

/** What is sent: the words of doubts are the server's own. */
export function sendable(plan: Plan): Plan {
  return { ...plan, events: eventsOf(plan).map(({ doubt: _, ...event }) => event) };
}

/** Shares as they are typed: one denominator, a numerator for each receiving unit. */
export interface TypedShares {
  denominator: string;
  numerators: Record<string, string>;
}

export function typedShares(event: Event): TypedShares {
  const denominator = event.shares?.[0]?.denominator ?? event.to.length;
  return {
    denominator: String(denominator),
    numerators: Object.fromEntries(event.to.map((code) => [code, String(event.shares?.find((one) => one.to === code)?.numerator ?? 1)]))
  };
}

/** The typed shares as whole numbers; null while one of them is none. */
export function readShares(to: readonly string[], typed: TypedShares): NonNullable<Event['shares']> | null {
  const whole = (text: string | undefined) => (/^\d{1,12}$/.test((text ?? '').trim()) ? Number(text) : null);
  const denominator = whole(typed.denominator);
  const made = to.map((code) => ({ to: code, numerator: whole(typed.numerators[code]), denominator }));
  if (denominator === null || denominator === 0 || made.some((one) => one.numerator === null)) return null;
  return made as NonNullable<Event['shares']>;
}

export const sumOf = (shares: NonNullable<Event['shares']>): number => shares.reduce((sum, one) => sum + one.numerator, 0);

/** "/events/3/to/0" → 3; null for a fault of something else. */
export function eventAt(field: string): number | null {
  const [, at] = /^(?:\/plan)?\/events\/(\d+)(\/|$)/.exec(field) ?? [];
  return at === undefined ? null : Number(at);
}

/** The faults of each event, by its number. */
export function faultsByEvent(problems: readonly PlacedProblem[]): Map<number, PlacedProblem[]> {
  const made = new Map<number, PlacedProblem[]>();
  for (const problem of problems) {
    const at = eventAt(problem.field);
    if (at !== null) made.set(at, [...(made.get(at) ?? []), problem]);
  }
  return made;
}

/** Codes as a person lists them: "10183, 10198". */
export const codesTyped = (text: string): string[] => text.split(/[\s,;]+/).filter((code) => code !== '');
