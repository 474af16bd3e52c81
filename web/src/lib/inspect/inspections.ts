import type { Schemas } from '$lib/api/client';

export type Inspection = Schemas['Inspection'];
export type InspectionHead = Schemas['InspectionHead'];
export type FollowUp = Inspection['follow_ups'][number];
export type Step = Inspection['steps'][number];
export type Line = Schemas['WorkingSession']['lines'][number];

export const STAGES = ['preparing', 'carrying_out', 'ending'] as const;
export const FINDINGS = ['strength', 'shortcoming', 'cause', 'responsibility'] as const;

/** How a step stands on a day: done, late, next, or still to come. */
export function standingOf(step: Step, today: string): 'done' | 'late' | 'due' | 'coming' {
  if (step.done_on) return 'done';
  if (!step.due_on) return 'coming';
  return step.due_on < today ? 'late' : 'due';
}

/** Follow-ups as a board: what is overdue first, then what waits to be verified, open, closed. */
export function board(all: readonly FollowUp[]): { state: FollowUp['state']; items: FollowUp[] }[] {
  return (['overdue', 'done', 'open', 'closed'] as const)
    .map((state) => ({ state, items: all.filter((one) => one.state === state) }))
    .filter((column) => column.items.length > 0);
}

/** Quarters of a year's plan with what stands in each. */
export function byQuarter(items: readonly InspectionHead[]): { quarter: number; items: InspectionHead[] }[] {
  return [1, 2, 3, 4].map((quarter) => ({ quarter, items: items.filter((one) => one.quarter === quarter) }));
}

/** Lines of a session without those that say nothing. */
export function spoken(lines: readonly Line[]): Line[] {
  return lines
    .map((line) => ({ ...line, speaker: line.speaker.trim(), title: line.title.trim(), text: line.text.trim() }))
    .filter((line) => line.speaker !== '' || line.text !== '');
}

type BriefLine = Schemas['Brief']['items'][number];

/** Lines of a brief by kind, in the order they came: the gravest first. */
export function byKind(items: readonly BriefLine[]): { kind: BriefLine['kind']; items: BriefLine[] }[] {
  const groups = new Map<BriefLine['kind'], BriefLine[]>();
  for (const one of items) groups.set(one.kind, [...(groups.get(one.kind) ?? []), one]);
  return [...groups].map(([kind, of]) => ({ kind, items: of }));
}

/** Where a line opens; a figure opens among its unit’s figures of the period. */
export function briefLink(one: BriefLine): string {
  switch (one.source.kind) {
    case 'report':
      return `/bao-cao/${one.source.id}`;
    case 'programme':
      return `/chi-dao/chuong-trinh/${one.source.id}`;
    case 'petition':
      return `/kien-nghi/${one.source.id}`;
    case 'inspection':
      return `/kiem-tra/${one.source.id}?xem=khac-phuc`;
    default:
      return `/so-lieu?dv=${one.unit.id}&ky=${one.period}`;
  }
}
